import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Data without an ACK.
  package static let retransmissions = Scenario(
    "retransmissions",
    Declaration(
      [
        .first,
        .schedule,
        .retransmissions,
        .write,
        .life,
        .limit,
        .underUserTimeout,
        .writeUnderUserTimeout,
      ],
      under: [
        [], withoutProbes + [fewRetries[0]],
        withoutProbes + [fewRetries[0], .setting("tcp_rto_min_us", "100000")],
        withoutProbes + [fewRetries[1], .setting("tcp_rto_max_ms", "1500")],
        withoutProbes + [userTimeoutOfOneSecond],
      ], wait: 3, long: [.init(wait: 942)],
      given: [
        .init(.roundTrip(milliseconds: 60), in: .underAny(fewRetries + [userTimeoutOfOneSecond, .waitedOut]))
      ], needs: [.wire(in: .conditional)])
  ) { try $0.runRetransmissions(under: $1) }

  fileprivate static let fewRetries = [Condition.setting("tcp_retries2", "2"), .setting("tcp_retries2", "3")]

  fileprivate static let userTimeoutOfOneSecond = Condition("TCP_USER_TIMEOUT", "1000")
}

extension Figure {
  fileprivate static let first = Figure(
    "first retransmission timeout", .operators, in: .underAny(Scenario.fewRetries),
    settings: ["tcp_rto_min_us", "tcp_rmem"],
    known: Known(
      "tcp_rto_min_us came between Linux 6.1 and 6.12; before, only a route could change the 200 ms.",
      .between("6.1", "6.12"))
  )
  fileprivate static let schedule = Figure(
    "retransmission schedule", .operators, in: .underAny(Scenario.fewRetries + [.waitedOut]),
    settings: ["tcp_rto_min_us", "tcp_rto_max_ms", "tcp_rmem", "tcp_retries2"],
    known: Known("tcp_rto_max_ms came between Linux 6.12 and 6.18.", .between("6.12", "6.18")))
  fileprivate static let retransmissions = Figure(
    "retransmissions without an answer", .operators, in: .underAny(Scenario.fewRetries + [.waitedOut]),
    settings: ["tcp_retries2", "tcp_rto_min_us"])
  fileprivate static let write = Figure(
    "recv() after the last retransmission",
    formerly: ["write without an ACK", "write that nobody acknowledges"], .programs,
    in: .underAny(Scenario.fewRetries + [.waitedOut]),
    settings: ["tcp_retries2"])
  fileprivate static let life = Figure(
    "time until a write without an ACK fails",
    formerly: ["time until a write that nobody acknowledges fails"], .programs, in: .underAny([.waitedOut]),
    settings: ["tcp_retries2", "tcp_rto_max_ms"])
  fileprivate static let limit = Figure(
    "retransmissions by default", .programs, in: .byDefault, settings: ["tcp_retries2"])
  fileprivate static let underUserTimeout = Figure(
    "retransmissions under TCP_USER_TIMEOUT", .operators, in: .underAny([Scenario.userTimeoutOfOneSecond]),
    settings: ["tcp_rto_min_us"])
  fileprivate static let writeUnderUserTimeout = Figure(
    "recv() after TCP_USER_TIMEOUT", formerly: ["write under TCP_USER_TIMEOUT"], .programs,
    in: .underAny([Scenario.userTimeoutOfOneSecond]))
}

extension Connection {
  /// Data is written, and nothing of it arrives any more.
  ///
  /// The count is that of retransmissions by timeout (RFC 9293 section 3.8.3), as in tcp_retries2. A loss probe goes
  /// before them unless tcp_early_retrans is 0, and is not counted.
  fileprivate func runRetransmissions(under conditions: [Condition]) throws {
    if conditions.isEmpty {
      return try measureLimit(.limit, at: opener, ["tcp_retries2"])
    }
    let userTimeout = conditions.first { $0.name == "TCP_USER_TIMEOUT" }.flatMap { Int($0.value) }
    let isWaitedOut = conditions.contains(.waitedOut)
    try withSettings(of: conditions, at: opener) {
      // A floor that is lower than usual is to be told from the variance of a long path.
      try openForTimers(far: !conditions.contains { $0.name == "tcp_rto_min_us" }, primes: true)
      try setOption(of: opener) { socket in
        if let userTimeout { try socket.set(.userTimeout, to: userTimeout) }
      }
      log.record(.rung(index: 0))
      let timeout = try retransmissionTimeout(of: opener)
      silence(opener)
      let since = now
      try call(.send(100), by: opener)
      let write = log.lastCall()
      let data = try expect(opener, SegmentPattern(isData: true))
      if log.isDisturbed() { return }
      let schedule = try follow(
        opener, since: since, timeout: timeout, rounds: Schedule.rounds(under: conditions),
        hasConstants: userTimeout == nil, named: "a retransmission"
      ) {
        $0.length > 0
      }
      let end = try ending(of: opener)
      if userTimeout == nil {
        if isWaitedOut {
          try measureLength(
            .life, of: schedule, since: since, isFar: true, "from send() to the end of the connection")
        } else {
          measureFirst(.first, of: schedule, timeout)
        }
        measure(
          .schedule, schedule.value,
          "the timer that sock_diag shows after each segment, less the RTT" + schedule.noteOfProbes,
          proof: [data] + schedule.proof)
      }
      measure(
        userTimeout == nil ? .retransmissions : .underUserTimeout, .count(schedule.timeouts),
        "the segments that left after a timeout" + schedule.noteOfProbes,
        proof: [data] + schedule.sent)
      measure(
        userTimeout == nil ? .write : .writeUnderUserTimeout, end, "what recv() returned",
        proof: [write, log.lastCall()])
    }
  }

  private func measureFirst(_ figure: Figure, of schedule: Schedule, _ timeout: RetransmissionTimeout?) {
    guard let first = schedule.waits.first else {
      return measure(figure, "no timer", "sock_diag", proof: schedule.proof)
    }
    let isRelative = first == timeout?.floor
    measure(
      figure,
      isRelative ? .words("RTT + \(Value.constant(nanoseconds: first))") : .constant(nanoseconds: first),
      "the timer that sock_diag shows, and the timeout and RTT of TCP_INFO",
      proof: [schedule.looks.first ?? nil])
  }
}
