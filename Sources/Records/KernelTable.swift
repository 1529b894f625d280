package import Traces
import Documents
import TCP

/// Records of several kernels, one beside the other.
package struct KernelTable: Sendable {
  /// The records' names in the order of the columns: the oldest kernel first.
  package var names: [RecordName]
  /// The kernels, in the same order.
  package var kernels: [String] { names.map(\.kernel) }
  package var rows: [Row]
  /// The places where the records were made and what was watched there, as far as that is not the same for all.
  package var sights: [(name: String, values: [String?])] = []
  /// The durations of the runs; empty if unknown.
  package var times: [Time]
  /// The number of behaviours and settings that are the same in all of them.
  package var same: Int
  /// The number of these that are settings.
  package var sameSettings: Int
  /// True if a record is of both address families.
  package let hasBothFamilies: Bool
  /// The number of things that are not the same without saying anything about the kernels: ``Circumstance``.
  package var notCompared: Int

  /// Whole seconds of a guest's time, and on the wall.
  package struct Time: Equatable, Sendable {
    package var guest: Int
    package var wall: Int

    package init(guest: Int, wall: Int) {
      self.guest = guest
      self.wall = wall
    }
  }

  package struct Row: Equatable, Sendable {
    package var subject: Change.Subject
    /// The value of each kernel; nil where its record has nothing of it.
    package var values: [String?]
    /// The kind of difference, by who notices it.
    package var kind: ChangeKind
    /// True if the known values are the same in all.
    package var isSame: Bool { Set(values.compactMap { $0 }).count <= 1 }
  }

  /// The section of what is a sysctl's default.
  package static let settings = "settings"

  /// - Parameters:
  ///   - files: what the records were read from; empty where they were made just now.
  ///   - times: of the records, where they were made just now.
  ///   - all: whether what is the same stands in it, too.
  ///   - catalogue: what is declared of the figures.
  package init(
    _ records: [Record], by catalogue: Catalogue, files: [String] = [], times: [Time] = [], all: Bool = false
  ) {
    let order = records.indices.sorted {
      KernelOrder.isOlder(records[$0].environment.kernelVersion, records[$1].environment.kernelVersion)
    }
    self.init(
      inOrder: order.map { records[$0] }, by: catalogue,
      files: files.count == records.count ? order.map { files[$0] } : [],
      times: times.count == records.count ? order.map { times[$0] } : [], all: all)
  }

  /// Of records whose order is known already.
  init(
    inOrder records: [Record], by catalogue: Catalogue, files: [String] = [], times: [Time] = [],
    all: Bool = false
  ) {
    let records = records.map { $0.inPresentWords(of: catalogue) }
    self.times = times
    hasBothFamilies = records.contains { ($0.families ?? []).count > 1 }
    names = records.enumerated().map { place, record in
      RecordName(of: record.environment, file: files.isEmpty ? nil : files[place])
    }
    let seen = records.map { Sight($0.environment) }
    sights = Sight.unlike(seen)
    let circumstances = seen.reduce(into: Set<Circumstance>()) { all, one in
      all.formUnion(seen[0].circumstances(unlike: one))
    }
    var subjects: [Change.Subject] = []
    var values: [Change.Subject: [String?]] = [:]
    for (column, record) in records.enumerated() {
      for (subject, value) in record.told(inStates: !circumstances.contains(.states)) {
        if values[subject] == nil {
          subjects.append(subject)
          values[subject] = Array(repeating: nil, count: records.count)
        }
        values[subject]?[column] = value
      }
    }
    let endings = Self.endings(of: records, inStates: !circumstances.contains(.states))
    let told = subjects.map { subject in
      let figure = subject.figure(in: catalogue)
      return (
        row: Row(
          subject: subject, values: values[subject] ?? [],
          kind: figure.map { ChangeKind($0.noticed) }
            ?? (subject.what == nil && endings[subject.section]?.count ?? 0 < 2 ? .packets : .programs)),
        isComparable: figure?.circumstances.isDisjoint(with: circumstances) ?? true
      )
    }
    notCompared = told.count { !$0.isComparable && !$0.row.isSame }
    let rows = told.filter { $0.isComparable || $0.row.isSame }.map(\.row) + Self.settings(of: records)
    same = rows.count(where: \.isSame)
    sameSettings = rows.count { $0.isSame && $0.kind == .settings }
    self.rows = all ? rows : rows.filter { !$0.isSame }
  }

  /// The states that were seen in each section's ladder, by section: programs notice where there is more than one set.
  private static func endings(of records: [Record], inStates comparesStates: Bool) -> [String: Set<
    Set<State>
  >] {
    guard comparesStates else { return [:] }
    var endings: [String: Set<Set<State>>] = [:]
    for record in records where Sight(record.environment).seesSegments {
      for section in record.sections {
        if let ladder = section.ladder { endings[section.name, default: []].insert(ladder.states) }
      }
    }
    return endings
  }

  /// The kernels' own defaults, where a record tells them. One that a kernel does not have is something that it does.
  private static func settings(of records: [Record]) -> [Row] {
    let defaults = records.map { record in
      Dictionary(
        record.environment.settings.filter { !$0.isMachineSized }.compactMap { setting in
          setting.standard.map { (setting.name, $0) }
        }, uniquingKeysWith: { first, _ in first })
    }
    return Set(defaults.flatMap(\.keys)).sorted().map { name in
      Row(
        subject: Change.Subject(section: Self.settings, what: name, setBy: "default"),
        values: defaults.map { $0.isEmpty ? nil : $0[name] ?? "no such setting" }, kind: .settings)
    }
  }
}

extension Record {
  /// All that it says of the kernel, as text; a ladder as its rungs, where segments could be seen.
  ///
  /// - Parameter tellsStates: whether the states in ladders are told.
  fileprivate func told(inStates tellsStates: Bool) -> [(Change.Subject, String)] {
    let seesSegments = Sight(environment).seesSegments
    return sections.flatMap { section -> [(Change.Subject, String)] in
      let ladder = (seesSegments ? section.ladder : nil).map { ladder in
        let rungs = ladder.rungs.map { rung in
          let cells = rung.cells.map { (tellsStates ? $0 : $0.withoutStates).description }
          return "\(cells.left) | \(cells.right)"
        }
        return (Change.Subject(section: section.name, what: nil, setBy: ""), rungs.joined(separator: "; "))
      }
      let rows = section.rows.compactMap { row -> (Change.Subject, String)? in
        let subject = Change.Subject(section: section.name, what: row.what, setBy: row.setBy)
        // A lack of the kernel is something that it does; what a run could not tell is nothing.
        return row.value.told.map { (subject, $0.description) }
      }
      return (ladder.map { [$0] } ?? []) + rows
    }
  }
}
