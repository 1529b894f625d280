package import Documents
package import TCP

/// A table of a page, or a scenario under its conditions, as a value that can be run.
package enum Runnable: Sendable {
  /// A table, with the data that a program has read before a close() where the page does not say; nil for everything.
  case ladder(Ladder, page: String, reading: Plan.Reading?)
  case scenario(ScenarioName, under: [Condition])

  /// The variant that a trace of it names.
  package func variant(on bench: BenchKind, _ family: Family) -> Variant {
    switch self {
    case .ladder(let ladder, let page, let reading):
      Variant(
        subject: .ladder(page: page, table: ladder.table), bench: bench, family: family,
        conditions: reading.map { [.beforeClose($0)] } ?? [])
    case .scenario(let id, let conditions):
      Variant(subject: .scenario(id: id), bench: bench, family: family, conditions: conditions)
    }
  }
}
