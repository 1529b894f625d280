import Claims
import Documents
import Scenarios
import Records
import Traces

/// The sections of a record that a search must run.
enum BisectSections {
  /// Any will do where nothing but the settings is looked at, which every record has; this one is short.
  private static let shortest = "closed port"

  /// The sections that hold what has one of these texts in its name; nil where no name is known that does, so that all
  /// must be played to see.
  ///
  /// - Parameter record: the words that let a guest play all.
  static func named(byOneOf texts: [String], in record: [String]) throws -> [String]? {
    let pages = try BuiltInPages.everyPage.map { try $0.read() }
    let all = PlayList.recorded(
      from: pages, in: Scenarios.catalogue, everyTimer: record.contains("--all-timers"))
    let found = all.compactMap { playable -> String? in
      let play = playable.play(on: .wire, .ipv4)
      let section = Record.name(of: play)
      let setBy = play.conditions.setBy
      var subjects = [Change.Subject(section: section, what: nil, setBy: "")]
      if case .scenario(let name, _) = playable, let scenario = Scenarios.catalogue[name] {
        subjects += scenario.figures.map { Change.Subject(section: section, what: $0.name, setBy: setBy) }
      }
      return subjects.contains { $0.isNamed(byOneOf: texts) } ? section : nil
    }
    return found.isEmpty ? nil : found
  }

  /// The arguments that limit a record to these sections.
  static func arguments(_ sections: [String], in record: [String]) -> [String] {
    let played = Set(sections.filter { $0 != KernelTable.settings })
    let wanted = played.isEmpty ? [shortest] : played.sorted()
    return record + wanted.flatMap { ["--only", $0] }
  }
}
