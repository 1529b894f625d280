import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// An idle connection whose other end is gone.
  package static let keepalive = Scenario(
    "keepalive",
    Declaration(
      [
        .schedule,
        .probes,
        .probe,
        .connection,
        .firstProbe,
        .life,
        .lastSegment,
      ],
      under: [
        [.option("SO_KEEPALIVE")], [.option("SO_KEEPALIVE"), .option("TCP_KEEPIDLE")],
        [
          .option("SO_KEEPALIVE"), .option("TCP_KEEPIDLE"), .option("TCP_KEEPINTVL"), fewProbes,
        ],
      ], wait: 3, long: [.init([.option("SO_KEEPALIVE")], wait: 7875)], needs: [.wire])
  ) { try $0.runKeepalive(under: $1) }

  fileprivate static let fewProbes = Condition("TCP_KEEPCNT", "2")
}

extension Figure {
  fileprivate static let schedule = Figure(
    "keepalive schedule", .operators,
    settings: ["tcp_keepalive_time", "tcp_keepalive_intvl", "tcp_keepalive_probes"])
  fileprivate static let probes = Figure(
    "keepalive probes without an answer",
    alsoCalled: ["keepalive probes", "number of keepalive probes", "unanswered keepalive probes"], .operators,
    settings: ["tcp_keepalive_probes"])
  fileprivate static let probe = Figure(
    "keepalive probe", .packets, in: .underAny([.option("TCP_KEEPIDLE"), .waitedOut]),
    formerWords: Scenario.formerNumber)
  fileprivate static let connection = Figure(
    "read after unanswered keepalive probes", formerly: ["connection that keepalive finds dead"], .programs,
    in: .underAny([Scenario.fewProbes, .waitedOut]))
  fileprivate static let firstProbe = Figure(
    "time until the first keepalive probe", .operators, in: .underAny([.waitedOut]),
    settings: ["tcp_keepalive_time"])
  fileprivate static let life = Figure(
    "time until keepalive gives up", formerly: ["time until keepalive finds a connection dead"], .programs,
    in: .underAny([.waitedOut]),
    settings: ["tcp_keepalive_time", "tcp_keepalive_intvl", "tcp_keepalive_probes"])
  fileprivate static let lastSegment = Figure(
    "segment sent when keepalive gives up", formerly: ["segment that keepalive ends with"], .packets,
    in: .underAny([Scenario.fewProbes, .waitedOut]))
}

extension Connection {
  /// A connection is idle, and the other end is gone without a word: keepalive finds out.
  ///
  /// Waits of hours, as by default, are read off the timers, unless every timer is waited out; short ones are waited for.
  fileprivate func runKeepalive(under conditions: [Condition]) throws {
    func option(_ name: String) -> Int? { conditions.first { $0.name == name }.flatMap { Int($0.value) } }
    let count = option("TCP_KEEPCNT")
    // As far as it takes seconds: to the end, or to the first probe, or not at all.
    let isWaitedOut = conditions.contains(.waitedOut)
    let areShort = ["TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT"].map {
      option($0).map { $0 <= 10 } ?? false
    }
    let isWhole = isWaitedOut || areShort == [true, true, true]
    let rounds = isWhole ? Schedule.rounds(under: conditions) : areShort[0] ? 1 : 0
    // From the handshake on: keepalive counts from the last that was heard.
    log.record(.rung(index: 0))
    try openForTimers()
    let last = log.lastSegment(of: opener)
    silence(opener)
    var since = now
    try setOption(of: opener) { socket in
      if let idle = option("TCP_KEEPIDLE") { try socket.set(.keepIdle, to: idle) }
      if let interval = option("TCP_KEEPINTVL") { try socket.set(.keepInterval, to: interval) }
      if let count { try socket.set(.keepCount, to: count) }
      since = now
      // Last: it arms the timer.
      try socket.set(.keepAlive, to: true)
    }
    let schedule = try follow(opener, since: since, rounds: rounds, named: "a keepalive probe") {
      !$0.flags.contains(.rst)
    }
    let isOver = schedule.waits.count <= rounds
    measure(
      .schedule, schedule.value,
      "the timer that sock_diag shows after each probe" + (isOver ? "" : "; the last is not waited for"),
      proof: schedule.proof)
    try measureProbes(.probes, schedule, isOver: isOver)
    if rounds > 0 { measureProbe(.probe, schedule.sent.first, after: last) }
    guard rounds > 1 else { return }
    measure(.connection, try ending(of: opener), "what recv() returned", proof: [log.lastCall()])
    measureSegment(.lastSegment, log.lastReset(of: opener))
    guard isWaitedOut else { return }
    if let wait = schedule.waits.first, let probe = schedule.sent.first {
      try measureTimer(
        .firstProbe, ran: log.events[probe].time - since, setTo: wait, "from SO_KEEPALIVE to the segment",
        proof: [probe])
    }
    try measureLength(
      .life, of: schedule, since: since, "from SO_KEEPALIVE to the end of the connection")
  }

  private func measureProbes(_ figure: Figure, _ schedule: Schedule, isOver: Bool) throws {
    if isOver {
      return measure(figure, .count(schedule.sent.count), "the segments that left", proof: schedule.sent)
    }
    var count = 0
    try setOption(of: opener) { socket in count = try socket.get(.keepCount) }
    measure(figure, .count(count), "TCP_KEEPCNT as the socket has it; not waited for", proof: schedule.looks)
  }
}
