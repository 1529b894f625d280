package import Traces
import TCP

extension Scenarios {
  /// The places where the edges of RFC 9293's state machine are measured.
  package static let edgeProofs: [EdgeProof] = Transition.all.map { transition in
    let segments = transition.strangeSegments
    if segments.isEmpty {
      return EdgeProof(
        transition, by: Scenario.edges.name, under: transition.conditions, figures: [Figure.outcome.name])
    }
    return EdgeProof(
      transition, by: Scenario.answers.name, under: [.arrivesIn(transition.from)],
      figures: segments.map(\.figure.name))
  }

  /// The runs that measure them.
  ///
  /// - Parameter waits: true for those as well that wait a timer out which nothing shortens.
  package static func edgeRuns(waiting waits: Bool) -> [Runnable] {
    var met: Set<EdgeProof.Run> = []
    return edgeProofs.map(\.run).filter { waits || !$0.conditions.contains(.waitedOut) }
      .filter { met.insert($0).inserted }
      .map { .scenario($0.scenario, under: $0.conditions) }
  }

  /// The runs that let each segment arrive in each state, and leave a figure for each.
  package static let matrixRuns: [Runnable] = State.answering.map {
    .scenario(.answers, under: [.arrivesIn($0), .everyCell])
  }
}
