import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A timeout turns out to be spurious; after a pause that is longer than TCP_USER_TIMEOUT, new data gets no answer.
  package static let retransmissionClock = Scenario(
    "clock of retransmissions",
    Declaration(
      [.first, .second], under: [[], [.setting("tcp_sack", "0")]],
      settings: ["tcp_timestamps", "tcp_rto_min_us", "tcp_frto", "tcp_rmem", "tcp_wmem"], wait: 3,
      given: SegmentSender.given + [
        .init("tcp_early_retrans", "0"), .init("TCP_USER_TIMEOUT", "2000"),
      ], needs: [.wire])
  ) { try $0.runRetransmissionClock(under: $1) }
}

extension Figure {
  fileprivate static let first = Figure("counters of a spurious timeout of two segments", .operators)
  fileprivate static let second = Figure(
    "second timeout of data that was sent after a pause longer than TCP_USER_TIMEOUT", .programs)
}

extension Connection {
  private static let clockCounters = ["TCPTimeouts", "TCPLossUndo", "TCPFullUndo"]

  fileprivate func runRetransmissionClock(under conditions: [Condition]) throws {
    let settings = [Condition.setting("tcp_early_retrans", "0")] + conditions
    try withSettings(of: settings, at: opener) {
      log.record(.rung(index: 0))
      try measureApart([.first, .second], heedsTimers: false) { try $0.measureClock() }
    }
  }

  private func measureClock() throws {
    let sender = try SegmentSender(on: self)
    try setOption(of: opener) { socket in try socket.set(.userTimeout, to: 2000) }
    let before = try counters(of: opener)
    let sent = try sender.write(2)
    let echo = log.segment(at: sent.first)?.clock
    guard sender.numbers([try sender.awaitNext(named: "data again")]) == "0" else {
      throw NotMeasurable(reason: "the first segment was not sent again")
    }
    try sender.acknowledge(2, echoing: echo)
    try look()
    let place = log.lastLook(at: opener)
    try sender.giveUpAtTimeout(since: before, expecting: 1)
    measure(
      .first, change(Self.clockCounters, from: before, to: try counters(of: opener)),
      "TcpExt in /proc/net/netstat", proof: [place])
    try waiting.pause(.milliseconds(2000))
    let new = try sender.write(1)
    // Two timeouts, the second twice as long as the first, must fit into the time of the option.
    guard let timeout = try info(of: opener)?[.rto] else { throw NotMeasurable(reason: .needs("TCP_INFO")) }
    if timeout > 800_000 { try waiting.disturbed(because: .slowRoundTrip(.microseconds(Int64(timeout)))) }
    let first = try sender.awaitNext(named: "data again")
    guard sender.numbers([first]) == "2" else { throw NotMeasurable(reason: "new data was not sent again") }
    let second = try sender.awaitNext(named: "data again")
    measure(
      .second, second == nil ? try ending(of: opener) : "the data is sent again",
      "the segment, or what recv() returned", proof: new + [first, second])
  }
}
