import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Without SACK, a sender has sent a segment again and everything is acknowledged, and then more is.
  package static let recoveryWithoutSack = Scenario(
    "recovery without SACK",
    Declaration(
      [.sent, .end, .window, .counters], under: [[.setting("tcp_sack", "0")]],
      settings: [
        "tcp_timestamps", "tcp_reordering", "tcp_rto_min_us", "tcp_rmem", "tcp_wmem",
      ],
      given: SegmentSender.farGiven, needs: [.wire], timed: SegmentSender.farTimed)
  ) { connection, conditions in
    try connection.withSettings(of: conditions, at: connection.opener) {
      try connection.runRecoveryWithoutSack()
    }
  }
}

extension Figure {
  fileprivate static let sent = Figure("segments sent at the third duplicate ACK", .packets)
  fileprivate static let end = Figure(
    "state of congestion avoidance once the recovery's data is acknowledged", .packets)
  fileprivate static let window = Figure("congestion window after the next data is acknowledged", .packets)
  fileprivate static let counters = Figure("counters after the next data is acknowledged", .operators)
}

extension Connection {
  private static let recoveryCounters = [
    "TCPRenoRecovery", "TCPFastRetrans", "TCPFullUndo", "TCPPartialUndo", "TCPLossUndo", "TCPRenoFailures",
    "TCPTimeouts",
  ]

  fileprivate func runRecoveryWithoutSack() throws {
    log.record(.rung(index: 0))
    try measureApart([.sent, .end, .window, .counters], heedsTimers: false) { connection in
      let sender = try SegmentSender(on: connection, far: true)
      let before = try connection.counters(of: connection.opener)
      // The window of the SYN+ACK is not scaled: an ACK that changes it is no duplicate.
      try sender.acknowledge(0)
      try sender.write(6)
      let start = connection.log.nextPlace
      var again: [Int] = []
      for _ in 0..<3 { again += try sender.acknowledge(0) }
      connection.measure(
        .sent, Value(reading: sender.numbers(again)), "the segments that left", proof: [start] + again)
      guard !again.isEmpty else { throw NotMeasurable(reason: "nothing was sent again") }
      try sender.acknowledge(6)
      connection.measure(
        .end, .words(try sender.state()), "TCP_INFO", proof: [connection.log.lastLook(at: connection.opener)])
      try sender.write(2)
      try sender.acknowledge(8)
      try connection.look()
      guard let window = connection.window() else { throw NotMeasurable(reason: .needs("TCP_INFO")) }
      connection.measure(
        .window, .count(window.segments), "TCP_INFO; 10 segments before", proof: [window.place])
      connection.measure(
        .counters,
        change(Self.recoveryCounters, from: before, to: try connection.counters(of: connection.opener)),
        "TcpExt in /proc/net/netstat", proof: [window.place])
      try sender.giveUpAtTimeoutOrProbe(since: before)
    }
  }
}
