import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Little is in flight, and nothing of it is acknowledged (TCP_THIN_LINEAR_TIMEOUTS).
  package static let thinStream = Scenario(
    "thin stream",
    Declaration(
      [.schedule], settings: ["tcp_rto_min_us", "tcp_rto_max_ms"],
      given: [
        .init("TCP_THIN_LINEAR_TIMEOUTS", "1"), .init("TCP_CONGESTION", "cubic"),
        .init("tcp_early_retrans", "0"),
        .init(.roundTrip(milliseconds: 60)),
      ], needs: [.wire])
  ) { connection, _ in
    try connection.runThinStream()
  }
}

extension Figure {
  fileprivate static let schedule = Figure("retransmission schedule of a thin stream", .operators)
}

extension Connection {
  fileprivate func runThinStream() throws {
    try withSettings([("net.ipv4.tcp_early_retrans", "0")], at: [opener]) {
      // Under a control that sets no threshold no stream is thin.
      try choose(congestionControl: "cubic")
      try openForTimers(far: true, primes: true)
      try setOption(of: opener) { socket in try socket.set(.thinLinearTimeouts, to: true) }
      log.record(.rung(index: 0))
      let timeout = try retransmissionTimeout(of: opener)
      silence(opener)
      let since = now
      try call(.send(100), by: opener)
      let schedule = try follow(opener, since: since, timeout: timeout, rounds: 4, named: "the data again") {
        $0.length > 0
      }
      measure(
        .schedule, schedule.value, "the timer that sock_diag shows after each segment, less the RTT",
        proof: schedule.proof)
    }
  }
}
