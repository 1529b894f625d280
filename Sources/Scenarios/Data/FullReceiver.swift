import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// The memory of a receiver is full, of many small segments, or of some behind a gap.
  package static let fullReceiver = Scenario(
    "a full receiver",
    Declaration(
      [.small, .smallCounters, .smallData, .gaps, .gapCounters, .gapData, .withdrawn],
      settings: ["tcp_rmem", "tcp_sack", "tcp_timestamps", "tcp_shrink_window", "tcp_app_win"],
      given: [.init("SO_RCVBUF", "4096"), .init("SO_RCVBUF", "8000")], isDrawn: false, needs: [.wire],
      timed: .init(
        "the memory that a segment takes up, which hangs on what was freed before it", isChance: true))
  ) { connection, _ in
    try connection.runFullReceiver()
  }
}

extension Figure {
  fileprivate static let small = Figure("window of a receiver full of small segments", .packets)
  fileprivate static let smallCounters = Figure("counters of a receiver full of small segments", .operators)
  fileprivate static let smallData = Figure("data of a receiver full of small segments", .programs)
  fileprivate static let gaps = Figure("ranges behind gaps that a full receiver keeps", .packets)
  fileprivate static let gapCounters = Figure("counters of a receiver full of data behind gaps", .operators)
  fileprivate static let gapData = Figure("data of a receiver full of data behind gaps", .programs)
  fileprivate static let withdrawn = Figure("window that a full receiver offers less of", .packets)
}

extension Connection {
  fileprivate func runFullReceiver() throws {
    log.record(.rung(index: 0))
    try measureApart([.small, .smallCounters, .smallData, .withdrawn]) { try $0.measureSmall() }
    try measureApart([.gaps, .gapCounters, .gapData]) { try $0.measureGaps() }
  }

  private static let counters = [
    "PruneCalled", "RcvPruned", "OfoPruned", "TCPRcvCollapsed", "TCPRcvQDrop", "TCPOFODrop",
    "TCPZeroWindowDrop", "TCPFromZeroWindowAdv", "TCPToZeroWindowAdv", "TCPBacklogDrop",
  ]

  /// Segments of 20 octets take up many times as much memory.
  private func measureSmall() throws {
    beforeConnect.append { socket in try socket.set(.receiveBuffer, to: 8000) }
    let peer = try openWithMadeUpPeer()
    let before = try counters(of: opener)
    let start = log.nextPlace
    var edge: SequenceNumber?
    var lost = 0
    for index in 0..<400 {
      try peer.send(20 * index..<20 * index + 20)
      guard let ack = log.segment(at: peer.segments(since: start).last) else { continue }
      let end = ack.acknowledgment + Int(ack.window) << windowShift(of: opener)
      if let edge { lost = max(lost, edge - end) }
      edge = edge.map { $0 < end ? end : $0 } ?? end
    }
    try carry(for: .milliseconds(60))
    let last = peer.segments(since: start).last
    let ack = log.segment(at: last)
    measure(
      .small,
      ack.map { .words($0.window == 0 ? "0" : "above 0") } ?? "no ACK",
      "the last ACK of 400 segments of 20 bytes", proof: [start, last])
    measure(
      .withdrawn, lost == 0 ? "none" : .words("\(lost) bytes"), "how far the window's edge moved back",
      proof: [start, last])
    measureGrown(.smallCounters, since: before, proof: [start])
    try measureStream(.smallData, of: 8000, atLeast: 7000)
  }

  /// Single octets and then more, each behind a gap, and then what fills the gaps.
  private func measureGaps() throws {
    beforeConnect.append { socket in try socket.set(.receiveBuffer, to: 4096) }
    let peer = try openWithMadeUpPeer()
    let before = try counters(of: opener)
    let start = log.nextPlace
    for index in 1...30 { try peer.send(2 * index..<2 * index + 1, flags: []) }
    for index in 0..<12 { try peer.send(200 * index + 300..<200 * index + 400, flags: []) }
    let behind = log.segment(at: peer.segments(since: start).last)
    measure(
      .gaps, behind.map { .words(toldRanges(of: $0)) } ?? "no ACK", "the last ACK of 42 segments behind gaps",
      proof: [start])
    for index in 0..<5 { try peer.send(500 * index..<500 * index + 500) }
    try carry(for: .milliseconds(60))
    measureGrown(.gapCounters, since: before, proof: [start])
    try measureStream(.gapData, of: 2500)
  }

  /// The number of ranges of each length that a SACK option has. The memory that each takes up decides which have room.
  private func toldRanges(of ack: Segment) -> String {
    let lengths = ack.options.flatMap { option -> [Int] in
      if case .sack(let blocks) = option { blocks.map { $0.right - $0.left } } else { [] }
    }
    let counts = Set(lengths).sorted().map { length in
      let count = lengths.count { $0 == length }
      return "\(count) \(count == 1 ? "range" : "ranges") of \(length) \(length == 1 ? "byte" : "bytes")"
    }
    return counts.isEmpty ? "none" : counts.joined(separator: " and ")
  }

  private func measureGrown(_ figure: Figure, since before: [String: UInt64], proof: [Int?]) {
    guard let after = try? counters(of: opener) else {
      return cannotMeasure(figure, because: .needs("the counters of TcpExt"))
    }
    let grown = Self.counters.filter { after[$0, default: 0] > before[$0, default: 0] }
    measure(
      figure, grown.isEmpty ? "none" : .words(grown.joined(separator: " ")), "what grew of TcpExt",
      proof: proof)
  }

  /// Reads what is there, and compares it with what was sent.
  ///
  /// - Parameter least: the count from which on it is not told how much was kept; nil where it always is.
  private func measureStream(_ figure: Figure, of count: Int, atLeast least: Int? = nil) throws {
    let reading = try read(by: opener)
    let received = ends[opener].received
    let isRight = received.indices.allSatisfy { received[$0] == UInt8(truncatingIfNeeded: $0) }
    let kept = least.flatMap { reading.count >= $0 ? "at least \($0)" : nil } ?? "\(reading.count)"
    measure(
      figure, .words(isRight ? "\(kept) of \(count) bytes in order" : "other data"),
      "the bytes that were read", proof: [log.lastCall()])
  }
}

extension Connection {
  /// The shift of the windows that this party offers.
  func windowShift(of party: Party) -> Int {
    let syn = log.segment(at: log.firstSegment(of: party, since: first) { $0.flags.contains(.syn) })
    for case .windowScale(let shift) in syn?.options ?? [] { return Int(shift) }
    return 0
  }
}
