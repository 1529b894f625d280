import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A SYN without an answer.
  package static let synRetries = Scenario(
    "SYN retries",
    Declaration(
      [
        .schedule,
        .syns,
        .connect,
        .life,
        .limit,
      ],
      under: [
        [], [Condition("TCP_SYNCNT", "2")],
        [.setting("tcp_syn_linear_timeouts", "0"), .setting("tcp_syn_retries", "2")],
      ], wait: 7, long: [.init(wait: 131)], needs: [.wire(in: .conditional)])
  ) { try $0.runSynRetries(under: $1) }
}

extension Figure {
  fileprivate static let schedule = Figure(
    "SYN schedule", .programs, in: .conditional,
    settings: ["tcp_syn_linear_timeouts", "tcp_rto_max_ms", "tcp_syn_retries"],
    known:
      Known(
        "tcp_syn_linear_timeouts came between Linux 6.1 and 6.12; before, each wait was twice the last.",
        .between("6.1", "6.12")))
  fileprivate static let syns = Figure(
    "SYNs without an answer", .programs, in: .conditional,
    settings: ["tcp_syn_retries", "tcp_syn_linear_timeouts", "tcp_rto_max_ms"],
    known: Known(
      "tcp_syn_linear_timeouts, between Linux 6.1 and 6.12, adds its own to them.",
      .between("6.1", "6.12")))
  fileprivate static let connect = Figure(
    "connect() without an answer",
    alsoCalled: [
      "connect() to a host that does not answer", "connect() that gets no answer",
      "connect() without a reply",
    ], saidAs: .errno, .programs, in: .conditional)
  fileprivate static let life = Figure(
    "time until connect() gives up", .programs, in: .underAny([.waitedOut]),
    settings: ["tcp_syn_retries", "tcp_syn_linear_timeouts", "tcp_rto_max_ms"]
  )
  fileprivate static let limit = Figure(
    "SYN retries by default", .programs, in: .byDefault,
    settings: ["tcp_syn_retries", "tcp_syn_linear_timeouts"])
}

extension Connection {
  /// A connection is asked for, and nobody answers.
  fileprivate func runSynRetries(under conditions: [Condition]) throws {
    let limit = Figure.limit
    if conditions.isEmpty {
      return try measureLimit(limit, at: opener, ["tcp_syn_retries", "tcp_syn_linear_timeouts"])
    }
    try withSettings(of: conditions, at: opener) {
      if let count = conditions.first(where: { $0.name == "TCP_SYNCNT" }).flatMap({ Int($0.value) }) {
        beforeConnect.append { socket in try socket.set(.synRetries, to: count) }
      }
      silence(opener)
      // A SYN that leaves late changes nothing; a look that comes late is seen.
      waiting.isPatient = true
      try listen()
      log.record(.rung(index: 0))
      let since = now
      try call(.connect, by: opener)
      let connecting = log.lastCall()
      let syn = try expect(opener, SegmentPattern(flags: .syn))
      if log.isDisturbed() { return }
      let schedule = try follow(
        opener, since: since, rounds: Schedule.rounds(under: conditions), named: "the next SYN"
      ) { $0.flags.contains(.syn) }
      measure(
        .schedule, schedule.value, "the timer that sock_diag shows after each SYN",
        proof: [syn] + schedule.proof)
      measure(
        .syns, .count(schedule.sent.count + (syn == nil ? 0 : 1)), "the segments that left",
        proof: [syn] + schedule.sent)
      measure(
        .connect, try failure(of: opener).map(Value.errno) ?? "still waits", "what connect() ends with",
        proof: [connecting] + schedule.sent)
      if conditions.contains(.waitedOut) {
        try measureLength(.life, of: schedule, since: since, "from connect() to its end")
      }
    }
  }
}
