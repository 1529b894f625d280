import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A socket that no program has any more sends its FIN, and gets no ACK.
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
}

extension Figure {
  fileprivate static let finSchedule = Figure(
    "FIN schedule of an orphan", .operators, in: .conditional,
    settings: ["tcp_rto_min_us", "tcp_rmem", "tcp_orphan_retries", "tcp_rto_max_ms"])
  fileprivate static let fins = Figure(
    "FINs that an orphan sends without an answer", formerly: ["FINs of an orphan without an answer"],
    .operators, in: .conditional,
    settings: ["tcp_orphan_retries", "tcp_rto_min_us", "tcp_rto_max_ms"])
  fileprivate static let left = Figure(
    "state remaining of an orphan without an answer", formerly: ["left of an orphan without an answer"],
    .operators, in: .conditional)
  fileprivate static let life = Figure(
    "life of an orphan without an answer", .operators, in: .underAny([.waitedOut]),
    settings: ["tcp_orphan_retries", "tcp_rto_max_ms"])
  fileprivate static let retries = Figure(
    "FIN retries of an orphan by default", .operators, in: .byDefault, settings: ["tcp_orphan_retries"])
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
}
