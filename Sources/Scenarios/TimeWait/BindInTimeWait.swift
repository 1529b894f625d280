import Benches
import Documents
import TCP
import Traces

extension Scenario {
  /// A server whose port is in TIME_WAIT starts again.
  package static let bindInTimeWait = Scenario(
    "restart in TIME_WAIT",
    Declaration(
      [
        .withoutReuse,
        .withReuse,
      ], under: [[], [.keepsAddress]], settings: ["tcp_max_tw_buckets"])
  ) { try $0.runBindInTimeWait(under: $1) }
}

extension Figure {
  fileprivate static let withoutReuse = Figure(
    "bind() to a port in TIME_WAIT without SO_REUSEADDR",
    alsoCalled: ["bind() without SO_REUSEADDR to a port in TIME_WAIT"], saidAs: .errno, .programs)
  fileprivate static let withReuse = Figure("bind() to a port in TIME_WAIT with SO_REUSEADDR", .programs)
}

extension Connection {
  /// A server closes first, ends, and starts again: its port is in TIME_WAIT.
  fileprivate func runBindInTimeWait(under conditions: [Condition]) throws {
    let server = opener.other
    reusesAddresses = !conditions.contains(.keepsAddress)
    try open()
    log.record(.rung(index: 0))
    _ = try closeIntoTimeWait(server)
    try stopListening(server)
    let shown = log.lastLook(at: server)
    for reuses in [false, true] {
      let answer = try listenAgain(server, reusesAddress: reuses)
      measure(
        reuses ? .withReuse : .withoutReuse, answer.map(Value.errno) ?? .succeeds,
        "what bind() and listen() of a new socket returned", proof: [shown])
    }
  }
}
