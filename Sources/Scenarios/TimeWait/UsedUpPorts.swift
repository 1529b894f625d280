import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// All ports to one destination are in TIME_WAIT.
  package static let usedUpPorts = Scenario(
    "ports used up by TIME_WAIT",
    Declaration(
      [
        .portsToOneDestination,
        .usedUp,
        .elsewhere,
        .reuse,
      ], isRecorded: false, isObserved: false, needs: [.namespace])
  ) { try $0.runUsedUpPorts(under: $1) }
}

extension Figure {
  static let portsToOneDestination = Figure(
    "ports to one destination", alsoCalled: ["ephemeral ports", "number of ephemeral ports"], .operators,
    settings: ["ip_local_port_range"])
  fileprivate static let usedUp = Figure(
    "connect() when each port to a destination is in TIME_WAIT", .operators)
  fileprivate static let elsewhere = Figure(
    "connect() to another destination when each port to one is in TIME_WAIT",
    formerly: ["connect() to another destination at that moment"], .operators)
  fileprivate static let reuse = Figure(
    "connect() with tcp_tw_reuse at 2 when each port is in TIME_WAIT",
    formerly: ["connect() at that moment with tcp_tw_reuse at 2"], .operators)
}

extension Connection {
  /// All ports to one destination are in TIME_WAIT, and one more is asked for.
  fileprivate func runUsedUpPorts(under conditions: [Condition]) throws {
    let crowd = try gather(nil, under: conditions)
    guard !crowd.refusals.isEmpty || crowd.total >= 2 * crowd.ports.count else {
      throw NotMeasurable(reason: .disturbed("after \(crowd.total) the first were about to go"))
    }
    let source = "connect() without bind(), with tcp_tw_reuse at 0"
    try crowdStep("connect once more") {
      measure(.portsToOneDestination, .count(crowd.made[0]), "connections until connect() failed", proof: [])
      measure(.usedUp, try crowd.connecting(to: 0), source, proof: [])
      measure(.elsewhere, try crowd.connectingElsewhere(), source, proof: [])
      // Each has been in TIME_WAIT for as long as that, however long it took to make them.
      let delay = try crowd.allowReuse()
      Clock.sleep(until: Clock.monotonic() + delay)
      measure(.reuse, try crowd.connecting(to: 0), "connect() without bind()", proof: [])
    }
  }
}
