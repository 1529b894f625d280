import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// The timer that TIME_WAIT begins with.
  package static let timeWaitTimer = Scenario(
    "the timer of TIME_WAIT",
    Declaration(
      [.timeWaitTimer],
      under: [[], [.setting("tcp_fin_timeout", "5")]], settings: ["tcp_max_tw_buckets"])
  ) { try $0.runTimeWaitTimer(under: $1) }
}

extension Figure {
  static let timeWaitTimer = Figure(
    "timer that TIME_WAIT begins with",
    alsoCalled: [
      "TIME_WAIT", "TIMEWAIT", "TIME WAIT", "2MSL", "2 MSL", "2 x MSL", "2MSL timer", "2MSL timeout",
      "2MSL wait", "2MSL period", "TIME_WAIT timer", "TIME_WAIT timeout", "TIME_WAIT duration",
      "TIME_WAIT length", "TIME_WAIT period", "TIME_WAIT interval", "TIME_WAIT time", "TIME_WAIT state",
      "duration of TIME_WAIT", "time in TIME_WAIT", "time spent in TIME_WAIT", "TIME_WAIT lasts",
    ], saidAs: .duration, .operators)
}

extension Connection {
  /// The timer with which the kernel begins TIME_WAIT, under a changed setting too.
  fileprivate func runTimeWaitTimer(under conditions: [Condition]) throws {
    try withSettings(of: conditions, at: opener) {
      try open()
      log.record(.rung(index: 0))
      let since = now
      _ = try closeIntoTimeWait(opener)
      let source = "the timer that sock_diag shows"
      guard let arming = try timeWaitTimer(of: opener, since: since) else {
        return measure(.timeWaitTimer, "there is no TIME_WAIT", source, proof: [log.lastLook(at: opener)])
      }
      guard let constant = arming.constant(of: nil) else {
        return try waiting.disturbed(because: .lookedLate(.nanoseconds(arming.high - arming.low)))
      }
      measure(.timeWaitTimer, .constant(nanoseconds: constant), source, proof: [log.lastLook(at: opener)])
    }
  }
}
