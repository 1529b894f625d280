package import Records
import Documents

extension KernelTable {
  /// The table as a page: a row for each behaviour, a column for each kernel.
  package var markdown: String {
    func row(_ cells: [String]) -> [String] { cells.map(markdownProse) }
    var text = "# What Linux's TCP does, by kernel\n\n"
    text += summary + "\n\n"
    return text
      + markdownTable(
        header: row(["behaviour"] + kernels),
        rows: rows.map { told in row([told.subject.name] + told.values.map { $0 ?? "–" }) }
          + (times.isEmpty ? [] : [[Self.timeName] + toldTimes]))
  }

  static let timeName = "time that the play took: the kernel's own, and on the wall"

  var toldTimes: [String] { times.map { "\(grouped($0.guest)) s in \(grouped($0.wall)) s" } }

  /// Each behaviour with the kernels that do the same side by side: many columns do not fit into a terminal.
  package func terminalReport(style: Style) -> String {
    var lines: [Line] = []
    for row in rows {
      lines += [Line()] + wrapped(row.subject.name, to: style.width).map { Line($0, .strong) }
      var table = TextTable()
      for (kernels, value) in stretches(of: row) {
        table.rows.append([
          .init(kernels, .faint), .init(value ?? "not measured", value == nil ? .faint : .plain),
        ])
      }
      lines += table.lines(width: style.width)
    }
    if !times.isEmpty {
      lines += [Line()] + wrapped(Self.timeName, to: style.width).map { Line($0, .strong) }
      var table = TextTable()
      for (kernel, time) in zip(kernels, toldTimes) {
        table.rows.append([.init(kernel, .faint), .init(time)])
      }
      lines += table.lines(width: style.width)
    }
    let differing = rows.count { !$0.isSame }
    lines += [
      Line(),
      Line(
        "\(counted(kernels.count, "kernel")): \(counted(differing, "behaviour")) differ, \(grouped(same)) are the same",
        .strong),
    ]
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }

  /// Kernels that follow each other and do the same.
  private func stretches(of row: Row) -> [(kernels: String, value: String?)] {
    var stretches: [(first: String, last: String, value: String?)] = []
    for (kernel, value) in zip(kernels, row.values) {
      if let last = stretches.last, last.value == value {
        stretches[stretches.count - 1].last = kernel
      } else {
        stretches.append((kernel, kernel, value))
      }
    }
    return stretches.map { ($0.first == $0.last ? $0.first : "\($0.first) to \($0.last)", $0.value) }
  }
}
