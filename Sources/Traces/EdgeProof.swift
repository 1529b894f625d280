package import TCP

/// The place where an edge is measured: the run of a scenario, and the figures that prove it.
package struct EdgeProof: Sendable {
  package var transition: Transition
  package var run: Run
  package var figures: [String]

  package struct Run: Hashable, Sendable {
    package var scenario: ScenarioName
    package var conditions: [Condition]
  }

  package init(
    _ transition: Transition, by scenario: ScenarioName, under conditions: [Condition], figures: [String]
  ) {
    self.transition = transition
    run = Run(scenario: scenario, conditions: conditions)
    self.figures = figures
  }
}
