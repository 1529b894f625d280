import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Data arrives at an end that has closed, in each state on the way to the end.
  package static let dataAfterClose = Scenario(
    "data after close",
    Declaration(
      ClosedReader.allCases.map(\.figure) + [.counters, .unread, .unreadSent],
      settings: [Influence("tcp_max_tw_buckets")], needs: [.wire])
  ) { connection, _ in
    try connection.runDataAfterClose()
  }
}

/// An end that has ended what it reads, or only what it writes, and the data that arrives at it.
private enum ClosedReader: String, CaseIterable {
  case finWait1 = "in FIN_WAIT_1 after close()"
  case ackOfFin = "that acknowledges the FIN of close()"
  case finWait2 = "in FIN_WAIT_2 after close()"
  case finWait1Open = "in FIN_WAIT_1 after shutdown(WR)"
  case ackOfFinOpen = "that acknowledges the FIN of shutdown(WR)"
  case finWait2Open = "in FIN_WAIT_2 after shutdown(WR)"
  case finWait1Shut = "in FIN_WAIT_1 after shutdown(RDWR)"
  case finWait2Shut = "in FIN_WAIT_2 after shutdown(RDWR)"
  case withFin = "with a FIN in FIN_WAIT_1 after close()"

  var figure: Figure { Figure("answer to data \(rawValue)", .programs) }

  var call: Call {
    switch self {
    case .finWait1, .ackOfFin, .finWait2, .withFin: .close
    case .finWait1Open, .ackOfFinOpen, .finWait2Open: .shutdown(.write)
    case .finWait1Shut, .finWait2Shut: .shutdown(.both)
    }
  }

  /// True if the FIN is acknowledged before the data comes.
  var isInFinWait2: Bool { [.finWait2, .finWait2Open, .finWait2Shut].contains(self) }
}

extension Figure {
  fileprivate static let counters = Figure("counters of data after close()", .operators)
  fileprivate static let unread = Figure(
    "close() with a byte unread and data that waits to be sent",
    formerly: ["close() with an octet unread and data that waits to be sent"], .programs)
  fileprivate static let unreadSent = Figure(
    "data sent by close() with a byte unread", formerly: ["data sent by close() with an octet unread"],
    .programs)
}

extension Connection {
  fileprivate func runDataAfterClose() throws {
    log.record(.rung(index: 0))
    for reader in ClosedReader.allCases {
      try measureApart([reader.figure]) { try $0.measureAnswer(of: reader) }
    }
    try measureApart([.unread, .unreadSent]) { try $0.measureUnread() }
  }

  private func measureAnswer(of reader: ClosedReader) throws {
    let peer = try openWithMadeUpPeer()
    try call(reader.call, by: opener)
    guard try departed(opener, SegmentPattern(flags: .fin)) != nil else {
      throw NotMeasurable(reason: "no FIN left")
    }
    if reader.isInFinWait2 { try peer.acknowledge(1) }
    let before = try counters(of: opener)
    let start = log.nextPlace
    let acknowledges = reader.isInFinWait2 || reader == .ackOfFin || reader == .ackOfFinOpen
    try peer.send(
      0..<100, acknowledging: acknowledges ? 1 : 0, flags: reader == .withFin ? [.psh, .fin] : [.psh])
    // An ACK may be delayed.
    if peer.segments(since: start).isEmpty { try carry(for: .milliseconds(60)) }
    try look()
    let answers = peer.segments(since: start)
    let state = try record(of: opener)?.state ?? .closed
    measure(
      reader.figure, .list([.inShort(answers.compactMap { log.segment(at: $0) }), .state(state)]),
      "the segments that came back, and sock_diag", proof: [start] + answers + [log.lastLook(at: opener)])
    guard reader == .finWait1 else { return }
    let after = try counters(of: opener)
    measure(
      .counters, change(["TCPAbortOnData", "TCPAbortOnClose"], from: before, to: after),
      "TcpExt in /proc/net/netstat", proof: [start])
  }

  private func measureUnread() throws {
    let peer = try openWithMadeUpPeer()
    try peer.acknowledge(0, window: 0)
    try call(.send(3000), by: opener)
    try peer.send(0..<1, flags: [.psh])
    guard let record = try record(of: opener), record.receiveQueue == 1, record.sendQueue == 3000 else {
      throw NotMeasurable(reason: "the queues do not have 1 byte and 3000")
    }
    let start = log.nextPlace
    try closeUnread(opener)
    try carryDeparted()
    try look()
    let sent = peer.segments(since: start)
    let state = try self.record(of: opener)?.state ?? .closed
    measure(
      .unread, .list([.inShort(sent.compactMap { log.segment(at: $0) }), .state(state)]),
      "the segments that left, and sock_diag", proof: [start] + sent)
    let octets = sent.compactMap { log.segment(at: $0)?.length }.reduce(0, +)
    measure(.unreadSent, .words("\(octets) of 3000 bytes"), "the segments that left", proof: [start] + sent)
  }
}
