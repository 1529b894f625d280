import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Several segments are lost, and ACKs tell of one after the other.
  package static let severalLosses = Scenario(
    "a recovery of several segments",
    Declaration(
      [.sent, .end, .joined, .joinedCounters],
      settings: SegmentSender.settings, given: SegmentSender.farGiven, needs: [.wire],
      timed: SegmentSender.farTimed)
  ) { connection, _ in
    try connection.runSeveralLosses()
  }
}

extension Figure {
  fileprivate static let sent = Figure("segments at each ACK while 0, 2 and 5 of ten are missing", .packets)
  fileprivate static let end = Figure(
    "state of congestion avoidance after a recovery of several segments", .packets)
  fileprivate static let joined = Figure(
    "segments at each ACK while 0, 1 and 2 of ten are missing", .packets, settings: ["tcp_autocorking"])
  fileprivate static let joinedCounters = Figure(
    "counters of segments that are joined when they are told of as received", .operators,
    settings: ["tcp_autocorking"])
}

extension Connection {
  fileprivate func runSeveralLosses() throws {
    log.record(.rung(index: 0))
    try measureApart([.sent, .end], heedsTimers: false) { connection in
      let sender = try SegmentSender(on: connection, far: true)
      let before = try connection.counters(of: connection.opener)
      let (_, since) = try sender.writeEarly(10)
      let start = connection.log.nextPlace
      // 0 is sent again at the third. The place where the sender would go on is that of 1, which the fourth ACK takes away.
      let acks: [(count: Int, blocks: [Range<Int>])] = [
        (0, [1..<2]), (0, [3..<4, 1..<2]), (0, [3..<5, 1..<2]), (2, [6..<7, 3..<5]),
      ]
      var sent: [Int] = []
      var texts: [String] = []
      for ack in acks {
        let places = try sender.acknowledge(ack.count, blocks: ack.blocks)
        sent += places
        texts.append(sender.numbers(places))
      }
      try sender.giveUpAtReordering(since: since)
      try sender.acknowledge(10)
      let state = try sender.state()
      try sender.giveUpAtTimeoutOrProbe(since: before)
      connection.measure(
        .sent, .words(texts.joined(separator: "; ")),
        "the ACKs: 0 and SACK of 1, of 3, of 4; then 2 and SACK of 6", proof: [start] + sent)
      connection.measure(
        .end, .words(state), "TCP_INFO", proof: [connection.log.lastLook(at: connection.opener)])
    }
    try measureApart([.joined, .joinedCounters], heedsTimers: false) { try $0.measureJoined() }
  }

  /// Measures neighbouring segments that SACK reports as received: the kernel joins them, to process later ACKs faster.
  private func measureJoined() throws {
    let sender = try SegmentSender(on: self, far: true)
    let before = try counters(of: opener)
    let (places, since) = try sender.writeEarly(10, apart: false)
    guard places.count == 10 else {
      throw NotMeasurable(reason: .other("\(places.count) segments left, expected 10"))
    }
    let start = log.nextPlace
    var sent: [Int] = []
    var texts: [String] = []
    for end in 4...10 {
      let places = try sender.acknowledge(0, blocks: [3..<end])
      sent += places
      texts.append(sender.numbers(places))
      if end == 6 { try sender.giveUpAtReordering(since: since) }
    }
    try sender.acknowledge(10)
    try sender.giveUpAtTimeoutOrProbe(since: before)
    measure(
      .joined, .words(texts.joined(separator: "; ")), "the ACKs: SACK of 3, of 3 and 4, and so on to 9",
      proof: [start] + sent)
    measure(
      .joinedCounters,
      change(
        ["TCPSackShifted", "TCPSackMerged", "TCPSackShiftFallback"], from: before,
        to: try counters(of: opener)), "TcpExt in /proc/net/netstat", proof: [start] + sent)
  }
}
