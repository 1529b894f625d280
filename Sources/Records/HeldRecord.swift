package import Traces

/// A kernel's record beside an earlier one, for a bisection that somebody else leads: changed, the same, or not known.
package struct HeldRecord: Equatable, Sendable {
  /// The differences, with both values, the most consequential first.
  package var changes: [KernelTable.Row]
  /// The subjects of the earlier record that this one does not have.
  package var undecided: [Change.Subject]
  /// The number of things that are the same.
  package var same: Int

  /// True if every subject could be decided.
  package var isDecided: Bool { undecided.isEmpty && same + changes.count > 0 }

  /// - Parameter texts: what is looked at, by name; all, where there is none.
  package init(
    _ record: Record, to before: Record, by catalogue: Catalogue, namedBy texts: [String] = []
  ) {
    let before = before.inPresentWords(of: catalogue)
    let sections = Set(Self.sections(of: before, namedBy: texts))
    let rows = KernelTable(inOrder: [before, record], by: catalogue, all: true).rows.filter { row in
      (sections.contains(row.subject.section) || row.subject.section == KernelTable.settings)
        && (texts.isEmpty || row.subject.isNamed(byOneOf: texts)) && row.values[0] != nil
    }
    let ranked = Comparison(
      present: before, record.inPresentWords(of: catalogue), by: catalogue
    ).changes
    let places = Dictionary(
      ranked.enumerated().map { ($1.subject, $0) }, uniquingKeysWith: { first, _ in first })
    let hangs = ranked.filter { change in
      change.isHang && (texts.isEmpty || change.subject.isNamed(byOneOf: texts))
    }.map { change in
      KernelTable.Row(
        subject: change.subject, values: [change.values.before, change.values.after],
        kind: ChangeKind(change.notice))
    }
    // Settings are no changes of a comparison; they come last.
    changes = (hangs + rows.filter { !$0.isSame }).enumerated().sorted { first, second in
      let (one, other) = (first, second)
      return (one.element.kind.rank, places[one.element.subject] ?? .max, one.offset)
        < (other.element.kind.rank, places[other.element.subject] ?? .max, other.offset)
    }.map(\.element)
    undecided = rows.filter { $0.values[1] == nil }.map(\.subject)
    same = rows.count(where: \.isSame) - undecided.count
  }

  /// The sections of a record that have something of this name.
  package static func sections(of record: Record, namedBy texts: [String]) -> [String] {
    record.sections.filter { section in
      let subjects =
        [Change.Subject(section: section.name, what: nil, setBy: "")]
        + section.rows.map { Change.Subject(section: section.name, what: $0.what, setBy: $0.setBy) }
      return texts.isEmpty || subjects.contains { $0.isNamed(byOneOf: texts) }
    }.map(\.name)
  }
}
