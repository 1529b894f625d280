import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Two ends are connected and silent.
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
    let since = now
    if conditions.contains(.option("SO_KEEPALIVE")) {
      try setOption(of: opener) { socket in try socket.set(.keepAlive, to: true) }
    }
    log.record(.rung(index: 0))
    try settle()
    try look()
    let proof = [log.lastLook(at: opener)]
    let source = "the timers that are armed (sock_diag)"
    let record = try record(of: opener)
    guard let record, record.state == .established else {
      return measure(.end, .words("it is \(record?.state.rawValue ?? "gone") already"), source, proof: proof)
    }
    guard record.timer != nil, let armed = try armedTimer(of: opener) else {
      return measure(.end, "nothing", source, proof: proof)
    }
    let arming = Arming(armed, since: since)
    guard let constant = arming.constant(of: nil) else {
      return try waiting.disturbed(because: .lookedLate(.nanoseconds(arming.high - arming.low)))
    }
    measure(
      .end, .list([.words(armed.timer.kind.rawValue), .words("after \(length(constant))")]), source,
      proof: proof)
  }
}
