package import Documents
package import TCP

/// Something that can be played, by value: a table of a page, or a scenario under its conditions.
package enum Playable: Sendable {
  case ladder(Ladder, page: String, choices: Plan.Choices)
  case scenario(ScenarioName, under: [Condition])

  /// What a trace of it says was played.
  package func play(on bench: BenchKind, _ family: Family) -> Play {
    switch self {
    case .ladder(let ladder, let page, let choices):
      Play(
        subject: .ladder(page: page, table: ladder.table), bench: bench, family: family,
        conditions: choices.conditions)
    case .scenario(let id, let conditions):
      Play(subject: .scenario(id: id), bench: bench, family: family, conditions: conditions)
    }
  }
}

extension Plan.Choices {
  /// The conditions that a play under these choices is named by; none where they are as usual.
  fileprivate var conditions: [Condition] {
    (passiveClose == .now ? [.passiveClose(.now)] : []) + (reading.map { [.beforeClose($0)] } ?? [])
  }
}
