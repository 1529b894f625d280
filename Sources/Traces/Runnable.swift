package import Documents
package import TCP

/// A table of a page, or a scenario under its conditions, as a value that can be run.
package enum Runnable: Sendable {
  case ladder(Ladder, page: String, choices: Plan.Choices)
  case scenario(ScenarioName, under: [Condition])

  /// The variant that a trace of it names.
  package func variant(on bench: BenchKind, _ family: Family) -> Variant {
    switch self {
    case .ladder(let ladder, let page, let choices):
      Variant(
        subject: .ladder(page: page, table: ladder.table), bench: bench, family: family,
        conditions: choices.conditions)
    case .scenario(let id, let conditions):
      Variant(subject: .scenario(id: id), bench: bench, family: family, conditions: conditions)
    }
  }
}

extension Plan.Choices {
  /// The conditions that a run under these choices is named by; none where they are as usual.
  fileprivate var conditions: [Condition] {
    (passiveClose == .now ? [.passiveClose(.now)] : []) + (reading.map { [.beforeClose($0)] } ?? [])
  }
}
