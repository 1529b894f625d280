import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A program has closed its socket, whose data waits for a window that stays 0.
  package static let orphanProbes = Scenario(
    "probes of an orphan",
    Declaration(
      [.schedule, .probes, .left], under: [[.setting("tcp_orphan_retries", "2")]],
      settings: ["tcp_rto_min_us", "tcp_rto_max_ms"], needs: [.wire])
  ) { try $0.runOrphanProbes(under: $1) }
}

extension Figure {
  fileprivate static let schedule = Figure("window probe schedule of an orphan", .operators)
  fileprivate static let probes = Figure("window probes of an orphan without an answer", .operators)
  fileprivate static let left = Figure("state remaining of an orphan before a window of 0", .operators)
}

extension Connection {
  /// Nothing answers its window probes, and tcp_orphan_retries limits them.
  fileprivate func runOrphanProbes(under conditions: [Condition]) throws {
    try withSettings(of: conditions, at: opener) {
      try openForTimers()
      _ = try closeWindow(of: opener.other)
      log.record(.rung(index: 0))
      let timeout = try retransmissionTimeout(of: opener)
      silence(opener)
      let since = now
      try call(.send(100), by: opener)
      try call(.close, by: opener)
      guard let record = try record(of: opener), record.state == .finWait1 else {
        throw NotMeasurable(reason: "the orphan is not in FIN_WAIT_1")
      }
      let schedule = try follow(opener, since: since, timeout: timeout, named: "a window probe") {
        !$0.flags.contains(.rst)
      }
      measure(
        .schedule, schedule.value, "the timer that sock_diag shows after each probe, less the RTT",
        proof: schedule.proof)
      measure(.probes, .count(schedule.sent.count), "the segments that left", proof: schedule.sent)
      try look()
      measure(.left, try remains(of: opener), "sock_diag", proof: [log.lastLook(at: opener)])
    }
  }
}
