import Documents
package import TCP
package import Traces

/// Records of both address families. In memory, IPv6 has sections of its own behind those of IPv4; in the file it shares
/// them, and rows are marked only where the families differ. The kernel's log is of neither.
extension Record {
  /// The families that it was made on; nil where it does not say, as records of 0.1.0 do.
  package var families: [Family]? { environment.families }

  /// The section of a run, in a record of these families.
  package static func name(of variant: Variant, in families: [Family]) -> String {
    name(of: variant) + (families.count > 1 && variant.family == .ipv6 ? FamilyMark.text(of: .ipv6) : "")
  }

  /// The name of a section without its family.
  package static func plainName(_ section: String) -> String { FamilyMark(section).rest }

  /// The part of one family, as a record of that family alone.
  package func limited(to family: Family) -> Record {
    guard let families, families.count > 1, families.contains(family) else { return self }
    var record = self
    record.sections = sections.filter { FamilyMark($0.name).family ?? .ipv4 == family }
    for index in record.sections.indices {
      record.sections[index].name = Self.plainName(record.sections[index].name)
    }
    record.environment.families = [family]
    return record
  }

  /// The sections as they stand in a file.
  var mergedSections: [Section] {
    guard (families ?? []).count > 1 else { return sections }
    var others = Dictionary(
      sections.filter { FamilyMark($0.name).family == .ipv6 }.map { (Self.plainName($0.name), $0) },
      uniquingKeysWith: { first, _ in first })
    let own = sections.filter { FamilyMark($0.name).family == nil }
    var merged = own.flatMap { section -> [Section] in
      guard let other = others.removeValue(forKey: section.name) else {
        return [section.name == KernelMessages.section ? section : section.marked(.ipv4)]
      }
      var both = section
      both.rows = Self.merged(section.rows, other.rows)
      guard section.ladder != other.ladder, let ladder = other.ladder else { return [both] }
      return [both, Section(name: other.name, ladder: ladder)]
    }
    merged += others.keys.sorted().compactMap { others[$0]?.marked(.ipv6, name: $0) }
    return merged
  }

  private static func merged(_ own: [Row], _ others: [Row]) -> [Row] {
    struct Key: Hashable { var what: String, setBy: String }
    var left = Dictionary(
      others.map { (Key(what: $0.what, setBy: $0.setBy), $0) }, uniquingKeysWith: { first, _ in first })
    let rows = own.flatMap { row -> [Row] in
      guard let other = left.removeValue(forKey: Key(what: row.what, setBy: row.setBy)) else {
        return [row.marked(.ipv4)]
      }
      return other.value == row.value ? [row] : [row.marked(.ipv4), other.marked(.ipv6)]
    }
    return rows + others.filter { left[Key(what: $0.what, setBy: $0.setBy)] != nil }.map { $0.marked(.ipv6) }
  }

  /// Divides sections as they stand in a file.
  mutating func splitSections() {
    guard (families ?? []).count > 1 else { return }
    let ladders = Dictionary(
      sections.filter { FamilyMark($0.name).family == .ipv6 }.map { ($0.name, $0.ladder) },
      uniquingKeysWith: { first, _ in first })
    let plain = sections.filter { FamilyMark($0.name).family == nil }
    let own = plain.compactMap { $0.rows(of: .ipv4) }
    let others = plain.compactMap { section -> Section? in
      guard section.name != KernelMessages.section, var other = section.rows(of: .ipv6) else { return nil }
      other.name += FamilyMark.text(of: .ipv6)
      if let ladder = ladders[other.name] { other.ladder = ladder }
      return other
    }
    sections = own + others
  }
}

extension Record.Section {
  fileprivate func marked(_ family: Family, name: String? = nil) -> Record.Section {
    var section = self
    section.rows = rows.map { $0.marked(family) }
    if let name { section.name = name }
    return section
  }

  /// The rows and the ladder of this family; nil if there are none.
  fileprivate func rows(of family: Family) -> Record.Section? {
    var section = self
    section.traces = []
    section.rows = rows.compactMap { row in
      let mark = FamilyMark(row.setBy)
      guard mark.family ?? family == family else { return nil }
      var row = row
      row.setBy = mark.rest
      return row
    }
    if section.rows.contains(where: { $0.what == Acceptance.ladder }) { section.ladder = nil }
    return section.rows.isEmpty && section.ladder == nil ? nil : section
  }
}

extension Record.Row {
  fileprivate func marked(_ family: Family) -> Record.Row {
    var row = self
    row.setBy += FamilyMark.text(of: family)
    return row
  }
}

/// The family at the end of a section's name or of a condition: `by default, IPv6`.
struct FamilyMark {
  var family: Family?
  /// The text without it.
  var rest: String

  init(_ text: String) {
    family = Family.allCases.first { text.hasSuffix(Self.text(of: $0)) }
    rest = family == nil ? text : String(text.dropLast(Self.length))
  }

  static func text(of family: Family) -> String { family == .ipv4 ? ", IPv4" : ", IPv6" }
  private static let length = 6
}

extension Environment {
  /// The families that a record was made on; nil where it does not say.
  package var families: [Family]? {
    get {
      self[Name.family]?.split(separator: ",").compactMap { Family(rawValue: String($0.drop { $0 == " " })) }
    }
    set {
      guard let newValue, let place = facts.firstIndex(where: { $0.name == Name.family }) else { return }
      facts[place].value = newValue.map(\.rawValue).joined(separator: ", ")
    }
  }
}

extension Comparison {
  /// Records of one family and of both, as far as they have a family in common.
  static func inCommon(_ before: Record, _ after: Record) -> (Record, Record) {
    guard let first = before.families, let second = after.families, first != second else {
      return (before, after)
    }
    if first.count == 1, second.count > 1 { return (before, after.limited(to: first[0])) }
    if second.count == 1, first.count > 1 { return (before.limited(to: second[0]), after) }
    return (before, after)
  }

  /// Tells a change that is on both families once, and of each other one the family.
  mutating func tellFamilies(_ families: [Family]?) {
    guard (families ?? []).count > 1 else { return }
    hasBothFamilies = true
    var twins: [Change.Subject: Int] = [:]
    for (index, change) in changes.enumerated()
    where FamilyMark(change.subject.section).family == nil && change.subject.section != KernelMessages.section
    {
      twins[change.subject] = index
      changes[index].family = .ipv4
    }
    var kept: [Change] = []
    for change in changes where FamilyMark(change.subject.section).family != nil {
      var subject = change.subject
      subject.section = Record.plainName(subject.section)
      if let twin = twins[subject], changes[twin].isAlike(change) {
        changes[twin].family = nil
      } else {
        var other = change
        other.family = .ipv6
        kept.append(other)
      }
    }
    changes = changes.filter { FamilyMark($0.subject.section).family == nil } + kept
  }
}

extension Comparison {
  /// The number of behaviours in these changes: one that is on both families counts in each, as in all other counts.
  package func behaviourCount(of changes: some Sequence<Change>) -> Int {
    changes.reduce(0) { $0 + (hasBothFamilies && isOnBothFamilies($1) ? 2 : 1) }
  }

  private func isOnBothFamilies(_ change: Change) -> Bool {
    change.family == nil && change.subject.section != KernelMessages.section
  }
}

extension KernelTable {
  /// The rows for a reader: one that is the same on both families stands there once, and any other names its family.
  package var mergedRows: [Row] {
    guard hasBothFamilies else { return rows }
    let others = Dictionary(
      rows.filter { FamilyMark($0.subject.section).family == .ipv6 }.map { ($0.subject, $0) },
      uniquingKeysWith: { first, _ in first })
    var merged: Set<Change.Subject> = []
    let named = rows.map { row in
      let isOfNone = row.kind == .settings || row.subject.section == KernelMessages.section
      guard !isOfNone, FamilyMark(row.subject.section).family == nil else { return row }
      var twin = row.subject
      twin.section += FamilyMark.text(of: .ipv6)
      guard let other = others[twin], other.values == row.values else { return row.namingIPv4 }
      merged.insert(twin)
      return row
    }
    return named.filter { !merged.contains($0.subject) }
  }
}

extension KernelTable.Row {
  /// The row with IPv4 in its name.
  fileprivate var namingIPv4: KernelTable.Row {
    var row = self
    row.subject.section += FamilyMark.text(of: .ipv4)
    return row
  }
}

extension Change {
  /// Tells whether both are the same change. Of traces only that they differ counts: sizes and windows hang on the family.
  fileprivate func isAlike(_ other: Change) -> Bool {
    if isOfTrace, other.isOfTrace { return true }
    return difference == other.difference && settings == other.settings
  }
}
