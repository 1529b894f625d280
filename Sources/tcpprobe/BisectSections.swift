import Claims
import Documents
import Records
import Traces

/// Which sections of a record must be played for what is looked for.
enum BisectSections {
  /// Any will do where nothing but the settings is looked at, which every record has; this one is short.
  private static let shortest = "closed port"

  /// The sections that hold what has one of these texts in its name; nil where no name is known that does, so that all
  /// must be played to see.
  static func named(byOneOf texts: [String]) throws -> [String]? {
    let pages = try (BuiltInPages.all + BuiltInPages.demonstrations).map { try $0.read() }
    let found = PlayList.recorded(from: pages).compactMap { playable -> String? in
      let play = playable.play(on: .wire, .ipv4)
      let section = Record.name(of: play)
      let setBy = play.conditions.setBy
      var subjects = [Change.Subject(section: section, what: nil, setBy: "")]
      if case .scenario(let id, _) = playable {
        subjects += id.card.figures.map { Change.Subject(section: section, what: $0.name, setBy: setBy) }
      }
      return subjects.contains { $0.isNamed(byOneOf: texts) } ? section : nil
    }
    return found.isEmpty ? nil : found
  }

  /// The words that let a guest play these sections.
  static func arguments(_ sections: [String]) -> [String] {
    let played = Set(sections.filter { $0 != KernelTable.settings })
    let wanted = played.isEmpty ? [shortest] : played.sorted()
    return ["record", "--settings", "kernel"] + wanted.flatMap { ["--only", $0] }
  }
}
