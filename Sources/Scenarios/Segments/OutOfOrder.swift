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
      [.blocks, .stream],
      settings: ["tcp_sack", "tcp_dsack", "tcp_timestamps", "tcp_rmem"],
      given: [.init("tcp_comp_sack_nr", "0")], needs: [.wire])
  ) { connection, _ in
    try connection.runOutOfOrder()
  }
}

extension Figure {
  fileprivate static let blocks = Figure("SACK blocks of segments that overlap", .packets)
  fileprivate static let stream = Figure("data of segments that overlap", .programs)
}

extension Connection {
  fileprivate func runOutOfOrder() throws {
    log.record(.rung(index: 0))
    // Each segment is to have an ACK of its own.
    try withSettings([("net.ipv4.tcp_comp_sack_nr", "0")], at: [opener]) {
      try measureApart([.blocks, .stream]) { try $0.measureOverlaps() }
    }
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
      "the octets that were read", proof: [log.lastCall()])
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
