import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Two segments are under way.
  package static let lossProbe = Scenario(
    "loss probe",
    Declaration(
      [
        .timer
      ],
      under: [[], withoutProbes], given: [.init("TCP_NODELAY", "1")], isDrawn: false, needs: [.wire])
  ) { try $0.runLossProbe(under: $1) }
}

extension Figure {
  fileprivate static let timer = Figure(
    "timer with two segments in flight",
    formerly: ["timer of two segments in flight", "timer of two segments under way"], .packets,
    settings: ["tcp_early_retrans", "tcp_sack", "tcp_rto_min_us"])
}

extension Connection {
  /// Two segments are under way: what is armed for them, a loss probe or a retransmission timeout?
  ///
  /// A loss probe's timer is too short to be read off the tables; its tracepoint tells it as it was set.
  fileprivate func runLossProbe(under conditions: [Condition]) throws {
    let figure = Figure.timer
    try withSettings(of: conditions, at: opener) {
      try openForTimers(primes: true)
      try setOption(of: opener) { socket in try socket.set(.noDelay, to: true) }
      log.record(.rung(index: 0))
      let isTraced = log.seesTimers
      guard isTraced else { return cannotMeasure(figure, because: .needs("the timer tracepoint")) }
      guard let timeout = try retransmissionTimeout(of: opener) else {
        return cannotMeasure(figure, because: .needs("a round-trip time in TCP_INFO"))
      }
      silence(opener)
      let since = now
      try call(.send(100), by: opener)
      let second = now
      try call(.send(100), by: opener)
      // Nothing is waited for here, so that no wait tells of a machine that stopped until the first timer was due.
      if .nanoseconds(now - since) > StallWatch.limit {
        try waiting.disturbed(because: .heldUp(.nanoseconds(now - since)))
      }
      // It sets the retransmission timeout first, and then the probe's in its place.
      let armed = log.events.indices.last { index in
        guard log.events[index].time >= second, log.events[index].party == opener else {
          return false
        }
        if case .timer("tcp_write_timer", _) = log.events[index].what { return true }
        return false
      }
      guard let armed, case .timer(_, let set) = log.events[armed].what, set < timeout.floor else {
        // The second segment has left the first one's timer as it was.
        let schedule = try follow(opener, since: since, timeout: timeout, rounds: 0, named: "") { _ in false }
        return measure(
          figure, .list([.words("retransmission timeout"), .words("RTT + \(schedule.value)")]),
          "the timer that sock_diag shows",
          proof: schedule.proof)
      }
      measure(figure, probe(set, timeout), "the timer tracepoint", proof: [armed])
    }
  }

  /// Names a timer of so many nanoseconds by its parts: two round trips and two more of something (RFC 8985 section
  /// 7.2).
  private func probe(_ set: Int64, _ timeout: RetransmissionTimeout) -> Value {
    let jiffy = System.jiffy
    let rest = set - 2 * timeout.roundTrip
    // Rounded up to a jiffy, which may have ended between the setting and its trace.
    if (2_000_000 - jiffy...2_000_000 + jiffy).contains(rest) { return "loss probe, 2 RTT + 2 ms" }
    if (jiffy...3 * jiffy).contains(rest) { return "loss probe, 2 RTT + 2 ticks" }
    return .list(["loss probe", .constant(nanoseconds: set)])
  }
}
