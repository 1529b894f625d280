import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Nobody says anything.
  package static let idle = Scenario(
    "idle",
    Declaration(
      [.end],
      under: [[], [.option("SO_KEEPALIVE")]])
  ) { try $0.runIdle(under: $1) }
}

extension Figure {
  fileprivate static let end = Figure(
    "what ends an idle connection", .operators, settings: ["tcp_keepalive_time"])
}

extension Connection {
  /// Both ends are connected and silent. What would end the connection is what the kernel has armed a timer for.
  fileprivate func runIdle(under conditions: [Condition]) throws {
    try open()
    if conditions.contains(.option("SO_KEEPALIVE")) {
      try setOption(of: opener) { socket in try socket.set(.keepAlive, to: true) }
    }
    log.record(.rung(index: 0))
    try settle()
    try look()
    let seen = log.lastLook(at: opener)
    let record = try record(of: opener)
    let value: Value =
      switch (record?.state, record?.timer) {
      case (.established?, nil): "nothing"
      case (.established?, let timer?):
        .list([.words(timer.kind.rawValue), .words("after \((timer.milliseconds + 500) / 1000) s")])
      default: .words("it is \(record?.state.rawValue ?? "gone") already")
      }
    measure(.end, value, "the timers that are armed (sock_diag)", proof: [seen])
  }
}
