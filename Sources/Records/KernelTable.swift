import TCP

/// Records of several kernels, one beside the other.
package struct KernelTable: Equatable, Sendable {
  /// The kernels, oldest first, in the order of the columns.
  package var kernels: [String]
  package var rows: [Row]
  /// How long each was at it; empty where nobody looked.
  package var times: [Time]
  /// How many things are the same in all of them.
  package var same: Int

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
    /// What each kernel does; nil where its record has nothing of it.
    package var values: [String?]
    /// Whether what is known of it is the same in all.
    package var isSame: Bool { Set(values.compactMap { $0 }).count <= 1 }
  }

  /// The section of what is a sysctl's default.
  package static let settings = "settings"

  /// - Parameters:
  ///   - times: of the records, where they were made just now.
  ///   - all: whether what is the same stands in it, too.
  package init(_ records: [Record], times: [Time] = [], all: Bool = false) {
    let order = records.indices.sorted {
      KernelOrder.isOlder(records[$0].environment.kernelVersion, records[$1].environment.kernelVersion)
    }
    self.init(
      inOrder: order.map { records[$0] }, times: times.count == records.count ? order.map { times[$0] } : [],
      all: all)
  }

  /// Of records whose order is known already.
  init(inOrder records: [Record], times: [Time] = [], all: Bool = false) {
    self.times = times
    kernels = records.map(\.environment.kernelVersion)
    var subjects: [Change.Subject] = []
    var values: [Change.Subject: [String?]] = [:]
    for (column, record) in records.enumerated() {
      for (subject, value) in record.told {
        if values[subject] == nil {
          subjects.append(subject)
          values[subject] = Array(repeating: nil, count: records.count)
        }
        values[subject]?[column] = value
      }
    }
    let rows = subjects.map { Row(subject: $0, values: values[$0] ?? []) } + Self.settings(of: records)
    same = rows.count(where: \.isSame)
    self.rows = all ? rows : rows.filter { !$0.isSame }
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
        values: defaults.map { $0.isEmpty ? nil : $0[name] ?? "no such setting" })
    }
  }
}

extension Record {
  /// Whether the kernel itself lacks it: a setting, or a value of one.
  private static func isLack(_ reason: String) -> Bool {
    reason.hasPrefix("this kernel has no ") || reason.contains(" cannot be set: EINVAL")
  }

  /// All that it says of the kernel, as text; a ladder as its rungs.
  fileprivate var told: [(Change.Subject, String)] {
    sections.flatMap { section -> [(Change.Subject, String)] in
      let ladder = section.ladder.map { ladder in
        let rungs = ladder.rungs.map { "\($0.cells.left.description) | \($0.cells.right.description)" }
        return (Change.Subject(section: section.name, what: nil, setBy: ""), rungs.joined(separator: "; "))
      }
      let rows = section.rows.compactMap { row -> (Change.Subject, String)? in
        let subject = Change.Subject(section: section.name, what: row.what, setBy: row.setBy)
        switch row.value {
        case .measured(let value): return (subject, value)
        // What the kernel does not have is something that it does; what only could not be told is nothing.
        case .notMeasured(let reason):
          return Record.isLack(reason) ? (subject, "– (\(reason))") : nil
        }
      }
      return (ladder.map { [$0] } ?? []) + rows
    }
  }
}
