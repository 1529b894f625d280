import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Nobody acknowledges the FIN of a socket that no program has any more.
  package static let orphanRetries = Scenario(
    "orphan retries",
    Declaration(
      [
        .finSchedule,
        .fins,
        .left,
        .life,
        .retries,
      ], under: [[], withoutProbes + [.setting("tcp_orphan_retries", "2")]], wait: 2,
      long: [.init(wait: 102)], given: [.init(.roundTrip(milliseconds: 60), in: .conditional)],
      needs: [.wire(in: .conditional)])
  ) { try $0.runOrphanRetries(under: $1) }

  /// A socket that no program has any more waits for the other end's FIN.
  package static let orphanTimer = Scenario(
    "the timer of an orphan",
    Declaration(
      [
        .timer,
        .lifeInFinWait,
        .leftOfFinWait,
      ],
      under: [
        [], [.setting("tcp_fin_timeout", "5")], [Condition("TCP_LINGER2", "5")],
        [Condition("TCP_LINGER2", "-1")],
      ], settings: ["tcp_max_tw_buckets"], long: [.init(wait: 60)])
  ) { try $0.runOrphanTimer(under: $1) }
}

extension Figure {
  fileprivate static let finSchedule = Figure(
    "FIN schedule of an orphan", .operators, in: .conditional,
    settings: ["tcp_rto_min_us", "tcp_rmem", "tcp_orphan_retries", "tcp_rto_max_ms"])
  fileprivate static let fins = Figure(
    "FINs of an orphan without an answer", .operators, in: .conditional,
    settings: ["tcp_orphan_retries", "tcp_rto_min_us", "tcp_rto_max_ms"])
  fileprivate static let left = Figure("left of an orphan without an answer", .operators, in: .conditional)
  fileprivate static let life = Figure(
    "life of an orphan without an answer", .operators, in: .underAny([.waitedOut]),
    settings: ["tcp_orphan_retries", "tcp_rto_max_ms"])
  fileprivate static let retries = Figure(
    "FIN retries of an orphan by default", .operators, in: .byDefault, settings: ["tcp_orphan_retries"])
  fileprivate static let timer = Figure(
    "timer of an orphan in FIN_WAIT_2", .operators, settings: ["tcp_fin_timeout"],
    circumstances: [.segments])
  fileprivate static let lifeInFinWait = Figure(
    "life of an orphan in FIN_WAIT_2", .operators, in: .underAny([.waitedOut]),
    settings: ["tcp_fin_timeout"])
  fileprivate static let leftOfFinWait = Figure(
    "left of an orphan in FIN_WAIT_2 at the end", .operators, in: .underAny([.waitedOut]))
}

extension Connection {
  /// A program has closed its socket, and its FIN is lost each time.
  fileprivate func runOrphanRetries(under conditions: [Condition]) throws {
    if conditions.isEmpty {
      return try measureLimit(.retries, at: opener, ["tcp_orphan_retries"])
    }
    try withSettings(of: conditions, at: opener) {
      try openForTimers(far: true, primes: true)
      log.record(.rung(index: 0))
      let timeout = try retransmissionTimeout(of: opener)
      silence(opener)
      let since = now
      try call(.close, by: opener)
      let fin = try expect(opener, SegmentPattern(flags: .fin))
      if log.isDisturbed() { return }
      let schedule = try follow(
        opener, since: since, timeout: timeout, rounds: Schedule.rounds(under: conditions),
        named: "the FIN again"
      ) {
        $0.flags.contains(.fin)
      }
      measure(
        .finSchedule, schedule.value,
        "the timer that sock_diag shows after each FIN, less the RTT" + schedule.noteOfProbes,
        proof: [fin] + schedule.proof)
      measure(
        .fins, .count(schedule.sent.count + (fin == nil ? 0 : 1)),
        "the segments that left" + (schedule.probeWaits.isEmpty ? "" : ", a loss probe among them"),
        proof: [fin] + schedule.sent)
      try look()
      measure(
        .left, try remains(of: opener), "sock_diag",
        proof: [log.lastLook(at: opener)])
      if conditions.contains(.waitedOut) {
        try measureLength(
          .life, of: schedule, since: since, isFar: true,
          "from close() until sock_diag no longer found it")
      }
    }
  }

  /// A program has closed its socket, the other end has acknowledged that, and is silent. The timer is read, and waited
  /// for only where every timer is.
  fileprivate func runOrphanTimer(under conditions: [Condition]) throws {
    let figure = Figure.timer
    try withSettings(of: conditions, at: opener) {
      try openForTimers()
      if let seconds = conditions.first(where: { $0.name == "TCP_LINGER2" }).flatMap({ Int($0.value) }) {
        try setOption(of: opener) { socket in try socket.set(.finTimeout, to: seconds) }
      }
      // FIN_WAIT_2 lasts for three and a half retransmission timeouts at least (tcp_fin_time).
      _ = try retransmissionTimeout(of: opener)
      log.record(.rung(index: 0))
      let since = now
      try call(.close, by: opener)
      let fin = try expect(opener, SegmentPattern(flags: .fin))
      let ack = try expect(opener.other, SegmentPattern(flags: .ack))
      try settle()
      try look()
      let proof = [fin, ack, log.lastReset(of: opener), log.lastLook(at: opener)]
      guard let record = try record(of: opener), record.state != .closed else {
        guard seesSegments else {
          return cannotMeasure(
            figure, because: .needs("segments to be seen: the socket is gone, and an RST would not show"))
        }
        let value: Value = log.lastReset(of: opener) == nil ? "gone without RST" : "gone with RST"
        return measure(figure, value, "sock_diag finds no socket; the segments", proof: proof)
      }
      guard record.state == .finWait2, let armed = try armedTimer(of: opener) else {
        return measure(
          figure, .list(["none", .words("in \(record.state.rawValue)")]), "sock_diag", proof: proof)
      }
      let arming = Arming(armed, since: since)
      guard let constant = arming.constant(of: nil) else {
        try waiting.disturbed(because: .lookedLate(.nanoseconds(arming.high - arming.low)))
        return
      }
      measure(figure, .constant(nanoseconds: constant), "the timer that sock_diag shows", proof: proof)
      if conditions.contains(.waitedOut) { try awaitOrphan(setTo: constant, since: since) }
    }
  }

  private func awaitOrphan(setTo set: Int64, since: Int64) throws {
    if log.isDisturbed() { return }
    waiting.isPatient = true
    let life = try awaitEnd(
      of: opener, since: since, limit: .nanoseconds(set + set / 8 + 1_000_000_000), precision: .seconds(1),
      named: "FIN_WAIT_2 to end")
    try look()
    let proof = [log.lastLook(at: opener)]
    guard let life else {
      return measure(.lifeInFinWait, "outlasts its timer", "sock_diag still finds it", proof: proof)
    }
    try measureTimer(
      .lifeInFinWait, ran: life.inNanoseconds, setTo: set, "from close() until sock_diag no longer found it",
      proof: proof)
    measure(
      .leftOfFinWait, try remains(of: opener), "sock_diag", proof: proof)
  }
}
