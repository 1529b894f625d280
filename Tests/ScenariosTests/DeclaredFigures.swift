import Scenarios
import Testing
import Traces

/// Expects that a run left the figures that its scenario declares for these conditions, and no others.
///
/// A figure that could not be measured is there, with its reason.
///
/// - Parameter mayLackSome: whether what cannot be read on this machine is left out without a word.
func expectDeclaredFigures(
  of scenario: Scenario, under conditions: [Condition], in trace: Trace, mayLackSome: Bool = false,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let found: [String] = trace.events.compactMap { event in
    if case .measurement(let figure) = event.what { figure.name } else { nil }
  }
  let declared = scenario.declaration.figures.filter { $0.variants.includes(conditions) }.map(\.name)
  let place = "\(scenario) under \(conditions.setBy)"
  let missing = Set(declared).subtracting(found)
  let surplus = Set(found).subtracting(declared)
  #expect(
    missing.isEmpty || mayLackSome, "\(place) declares \(missing.sorted()) and does not leave it",
    sourceLocation: sourceLocation)
  #expect(
    surplus.isEmpty, "\(place) leaves \(surplus.sorted()) and does not declare it",
    sourceLocation: sourceLocation)
  #expect(found.count == Set(found).count, "\(place) leaves a figure twice", sourceLocation: sourceLocation)
}
