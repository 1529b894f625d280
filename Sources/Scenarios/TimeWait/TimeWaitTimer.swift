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
  static let timeWaitTimer = Figure("timer that TIME_WAIT begins with", .operators)
}

extension Connection {
  /// The timer with which the kernel begins TIME_WAIT, under a changed setting too.
  fileprivate func runTimeWaitTimer(under conditions: [Condition]) throws {
    try withSettings(of: conditions, at: opener) {
      try open()
      log.record(.rung(index: 0))
      _ = try closeIntoTimeWait(opener)
      let record = try record(of: opener)
      let value: Value =
        switch record?.timer {
        case let timer? where record?.state == .timeWait:
          .duration(.seconds((timer.milliseconds + 500) / 1000))
        default: "there is no TIME_WAIT"
        }
      measure(
        .timeWaitTimer, value, "the timer that sock_diag shows, rounded", proof: [log.lastLook(at: opener)])
    }
  }
}
