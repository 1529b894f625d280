package import Documents
package import TCP

/// Something that can be played, by value: a table of a page, or a scenario under its conditions.
package enum Playable: Sendable {
  case ladder(Ladder, page: String, passiveClose: Plan.PassiveClose)
  case scenario(ScenarioID, under: [Condition])

  /// What a trace of it says was played.
  package func play(on bench: BenchKind, _ family: Family) -> Play {
    switch self {
    case .ladder(let ladder, let page, let passiveClose):
      Play(
        subject: .ladder(page: page, table: ladder.table), bench: bench, family: family,
        conditions: passiveClose == .late ? [] : [.passiveClose(.now)])
    case .scenario(let id, let conditions):
      Play(subject: .scenario(id: id), bench: bench, family: family, conditions: conditions)
    }
  }
}
