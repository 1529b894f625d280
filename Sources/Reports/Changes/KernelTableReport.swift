package import Records
import Documents
import Notations

extension KernelTable {
  /// The table as a page: a row for each behaviour, a column for each kernel.
  package var markdown: String {
    func row(_ cells: [String]) -> [String] { cells.map(markdownProse) }
    var text = "# What Linux's TCP does, by kernel\n\n"
    text += summary + "\n\n"
    return text
      + markdownTable(
        header: row(["behaviour"] + titles),
        rows: sights.map { told in row([told.name] + told.values.map { $0 ?? "–" }) }
          + mergedRows.map { told in row([told.subject.name] + told.values.map { $0 ?? "–" }) }
          + (times.isEmpty ? [] : [[Self.timeName] + toldTimes]))
  }

  /// The numbers of behaviours and of settings that differ.
  var differingCounts: (behaviours: Int, settings: Int) {
    let differing = rows.filter { !$0.isSame }
    let settings = differing.count { $0.kind == .settings }
    return (differing.count - settings, settings)
  }

  /// `2 behaviours and 1 setting`.
  static func inWords(_ counts: (behaviours: Int, settings: Int)) -> String {
    counted(counts.behaviours, "behaviour")
      + (counts.settings == 0 ? "" : " and " + counted(counts.settings, "setting"))
  }

  var familyNote: String { hasBothFamilies ? Comparison.familyNote : "" }

  static let timeName = "duration of the run: guest time, and real time"

  /// The heads of the columns.
  var titles: [String] { names.map(\.title) }

  var notComparedText: String {
    "\(counted(notCompared, "behaviour")) not compared, because the records were made under different conditions."
  }

  var toldTimes: [String] { times.map { "\(grouped($0.guest)) s in \(grouped($0.wall)) s" } }

  /// Each behaviour with the kernels that do the same side by side: many columns do not fit into a terminal.
  package func terminalReport(style: Style) -> String {
    var lines = legend(style)
    for (name, values) in sights { lines += told(name, values, style) }
    for row in mergedRows { lines += told(row.subject.name, row.values, style) }
    if notCompared > 0 {
      lines += [Line()] + wrapped(notComparedText, to: style.width).map { Line($0, .soft) }
    }
    if !times.isEmpty {
      lines += [Line()] + wrapped(Self.timeName, to: style.width).map { Line($0, .strong) }
      var table = TextTable()
      for (kernel, time) in zip(kernels, toldTimes) {
        table.rows.append([.init(kernel, .faint), .init(time)])
      }
      lines += table.lines(width: style.width)
    }
    let noun = names.contains { $0.file != nil } ? "record" : "kernel"
    let differing = differingCounts.behaviours + differingCounts.settings
    let told =
      "\(counted(names.count, noun)): \(Self.inWords(differingCounts)) \(differing == 1 ? "differs" : "differ"), "
      + "\(Self.inWords((same - sameSettings, sameSettings))) are the same\(familyNote)"
    lines += [Line()] + wrapped(told, to: style.width).map { Line($0, .strong) }
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }

  /// Only where each kernel is there once their order means something.
  private var isOfDifferentKernels: Bool { Set(kernels).count == names.count }

  /// The file of each kernel's record, which its rows do not name.
  private func legend(_ style: Style) -> [Line] {
    guard isOfDifferentKernels, names.contains(where: { $0.file != nil }) else { return [] }
    var table = TextTable()
    for name in names { table.rows.append([.init(name.kernel, .faint), .init(name.file ?? "")]) }
    return table.lines(width: style.width)
  }

  private func told(_ name: String, _ values: [String?], _ style: Style) -> [Line] {
    var table = TextTable()
    let parts = isOfDifferentKernels ? stretches(values) : groups(values, all: style.drawsAll)
    for (names, value) in parts {
      table.rows.append([
        .init(names, .faint), .init(value ?? "not measured", value == nil ? .faint : .plain),
      ])
    }
    return [Line()] + wrapped(name, to: style.width).map { Line($0, .strong) }
      + table.lines(width: style.width)
  }

  /// Records that say the same, the most first.
  private func groups(_ values: [String?], all: Bool) -> [(names: String, value: String?)] {
    var groups: [(names: [String], value: String?)] = []
    for (name, value) in zip(names, values) {
      if let place = groups.firstIndex(where: { $0.value == value }) {
        groups[place].names.append(name.inShort)
      } else {
        groups.append(([name.inShort], value))
      }
    }
    return groups.enumerated().sorted {
      (-$0.element.names.count, $0.offset) < (-$1.element.names.count, $1.offset)
    }.map { (listed($0.element.names, atMost: all ? nil : 3), $0.element.value) }
  }

  /// Kernels that follow each other and do the same.
  private func stretches(_ values: [String?]) -> [(names: String, value: String?)] {
    var stretches: [(first: String, last: String, value: String?)] = []
    for (kernel, value) in zip(kernels, values) {
      if let last = stretches.last, last.value == value {
        stretches[stretches.count - 1].last = kernel
      } else {
        stretches.append((kernel, kernel, value))
      }
    }
    return stretches.map { ($0.first == $0.last ? $0.first : "\($0.first) to \($0.last)", $0.value) }
  }
}

/// `a.md, b.md, c.md and 97 more`.
func listed(_ names: [String], atMost most: Int?) -> String {
  guard let most, names.count > most + 1 else { return names.joined(separator: ", ") }
  return names.prefix(most).joined(separator: ", ") + " and \(grouped(names.count - most)) more"
}
