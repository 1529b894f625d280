import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Segments arrive out of order, and one over the other.
  package static let outOfOrder = Scenario(
    "segments out of order",
    Declaration(
      [.blocks, .stream, .window],
      under: [[], [.setting("tcp_sack", "0")]],
      settings: ["tcp_sack", "tcp_dsack", "tcp_timestamps", "tcp_rmem"],
      given: [
        .init("tcp_comp_sack_nr", "0"), .init("TCP_WINDOW_CLAMP", "10000"),
        .init("TCP_WINDOW_CLAMP", "60000"),
      ],
      needs: [.wire])
  ) { try $0.runOutOfOrder(under: $1) }
}

extension Figure {
  fileprivate static let blocks = Figure("SACK blocks of segments that overlap", .packets, in: .byDefault)
  fileprivate static let stream = Figure("data of segments that overlap", .programs, in: .byDefault)
  fileprivate static let window = Figure(
    "windows of the ACKs of segments behind a gap", .packets, settings: ["tcp_adv_win_scale"])
}

extension Connection {
  fileprivate func runOutOfOrder(under conditions: [Condition]) throws {
    log.record(.rung(index: 0))
    // Each segment is to have an ACK of its own.
    try withSettings([("net.ipv4.tcp_comp_sack_nr", "0")] + conditions.settings, at: [opener]) {
      if conditions.isEmpty { try measureApart([.blocks, .stream]) { try $0.measureOverlaps() } }
      try measureApart([.window]) { try $0.measureWindows() }
    }
  }

  /// Segments arrive behind a gap, at a socket that may offer far more than its first window. Without SACK an ACK with
  /// another window would be no duplicate to the sender, who counts these (RFC 5681 section 2).
  private func measureWindows() throws {
    beforeConnect.append { socket in try socket.set(.windowClamp, to: 10_000) }
    let peer = try openWithMadeUpPeer()
    try setOption(of: opener) { socket in try socket.set(.windowClamp, to: 60_000) }
    let start = log.nextPlace
    for index in 1...8 { try peer.send(1000 * index..<1000 * (index + 1), flags: []) }
    let acks = peer.segments(since: start)
    let windows = acks.compactMap { log.segment(at: $0).map { Int($0.window) } }
    guard windows.count == 8 else { throw NotMeasurable(reason: "not every segment has an ACK of its own") }
    let isGrowing = zip(windows, windows.dropFirst()).allSatisfy { $0 <= $1 }
    measure(
      .window, Set(windows).count == 1 ? "the same" : isGrowing ? "grow" : "vary",
      "the ACKs of eight segments of 1,000 bytes", proof: [start] + acks)
  }

  /// Data before a gap, over one, in another, and over several.
  private func measureOverlaps() throws {
    let peer = try openWithMadeUpPeer()
    let arrivals: [Range<Int>] = [
      400..<500, 100..<200, 700..<800, 100..<150, 450..<550, 650..<850, 200..<250, 150..<450, 50..<800,
      0..<50,
    ]
    var told: [String] = []
    var proof: [Int] = []
    for range in arrivals {
      let start = log.nextPlace
      try peer.send(range, flags: [])
      let acks = peer.segments(since: start) { $0.flags.contains(.ack) }
      told.append(log.segment(at: acks.last).map { peer.told($0) } ?? "no ACK")
      proof += acks
    }
    measure(
      .blocks, .words(told.joined(separator: "; ")),
      "the ACK of each segment: \(arrivals.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: " "))",
      proof: proof)
    let reading = try read(by: opener)
    let expected = (0..<850).map { UInt8(truncatingIfNeeded: $0) }
    let received = ends[opener].received
    measure(
      .stream, received == expected ? "once and in order" : .words("\(reading.count) of 850 bytes or others"),
      "the bytes that were read", proof: [log.lastCall()])
  }
}

extension MadeUpPeer {
  /// The octets that an ACK acknowledges, and its blocks: `0 + 400-500`.
  func told(_ ack: Segment) -> String {
    var text = "\(ack.acknowledgment - own)"
    for case .sack(let blocks) in ack.options {
      for block in blocks { text += " + \(block.left - own)-\(block.right - own)" }
    }
    return text
  }
}
