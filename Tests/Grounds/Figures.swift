package import Benches
package import Scenarios
package import Traces

/// What a scenario measures on this bench, by name: the value, or `undecided: ` and why.
package func figures(
  of scenario: Scenario, under conditions: [Condition] = [], on bench: any Bench
) throws -> [String: String] {
  let trace = try undisturbedRun(of: scenario, under: conditions, on: bench)
  var figures: [String: String] = [:]
  for event in trace.events {
    guard case .measurement(let figure) = event.what else { continue }
    figures[figure.name] = figure.missing.map { "undecided: \($0)" } ?? figure.value?.description
  }
  return figures
}

/// The reasons why figures of a scenario have no value on this bench, by their names.
package func reasons(
  of scenario: Scenario, under conditions: [Condition] = [], on bench: any Bench
) throws -> [String: Reason] {
  let trace = try undisturbedRun(of: scenario, under: conditions, on: bench)
  var reasons: [String: Reason] = [:]
  for event in trace.events {
    guard case .measurement(let figure) = event.what else { continue }
    reasons[figure.name] = figure.missing
  }
  return reasons
}

/// A run of the scenario in which the machine disturbed nothing; after three attempts the last. Another test may keep the
/// machine from a thing for longer than a scenario tries: 100,000 sockets make each look at /proc/net/tcp take long.
private func undisturbedRun(
  of scenario: Scenario, under conditions: [Condition], on bench: any Bench
) throws -> Trace {
  for _ in 0..<2 {
    let trace = try scenario.run(under: conditions, with: Runner(on: bench), on: bench)
    let isDisturbed = trace.events.contains { event in
      guard case .measurement(let figure) = event.what else { return false }
      return figure.missing?.isDisturbance == true
    }
    if !isDisturbed { return trace }
  }
  return try scenario.run(under: conditions, with: Runner(on: bench), on: bench)
}

extension Reason {
  /// Tells whether a value can be measured elsewhere.
  package var isNeed: Bool { if case .needs = self { true } else { false } }
}
