import Claims
import Documents
import Notations
import Scenarios
import Records
import Traces

/// The sections of a record that a search must run.
enum BisectSections {
  /// Any will do where nothing but the settings is looked at, which every record has; this one is short.
  private static let shortest = Scenario.closedPort.name.rawValue

  /// The sections that hold what has one of these texts in its name; nil where no name is known that does, so that all
  /// must be run to see.
  ///
  /// - Parameter record: the words that let a guest run all.
  static func named(byOneOf texts: [String], in record: [String]) throws -> [String]? {
    let pages = try BuiltInPages.recorded.map { try $0.read() }
    let all = RunList.recorded(
      from: pages, in: Scenarios.catalogue, everyTimer: record.contains("--all-timers"))
    let found = all.compactMap { runnable -> String? in
      let variant = runnable.variant(on: .wire, .ipv4)
      let section = Record.name(of: variant)
      let setBy = variant.conditions.setBy
      var subjects = [Change.Subject(section: section, what: nil, setBy: "")]
      if case .scenario(let name, _) = runnable, let scenario = Scenarios.catalogue[name] {
        subjects += scenario.figures.map { Change.Subject(section: section, what: $0.name, setBy: setBy) }
      }
      return subjects.contains { $0.isNamed(byOneOf: texts) } ? section : nil
    }
    return found.isEmpty ? nil : found
  }

  /// The arguments that limit a record to these sections.
  static func arguments(_ sections: [String], in record: [String]) -> [String] {
    let ran = Set(sections.filter { $0 != KernelTable.settings }.map(Record.plainName))
    let wanted = ran.isEmpty ? [shortest] : ran.sorted()
    return record + wanted.flatMap { ["--only", $0] }
  }
}
