import Claims
import Documents
import Notations

extension VerdictTable {
  /// Each file with the kernels that gave the same verdict side by side: many columns do not fit into a terminal.
  package func terminalReport(style: Style) -> String {
    var lines: [Line] = []
    for row in rows where style.drawsAll || !row.isSame {
      lines += [Line()] + wrapped(row.name, to: style.width).map { Line($0, .strong) }
      lines += table([row], indent: 2, style)
      for claim in row.claims {
        lines += wrapped("claim \(claim.name)", to: style.width - 2).map { .blank(2) + Line($0) }
        lines += table([claim], indent: 4, style)
      }
    }
    lines.append(Line())
    lines += wrapped(summary, to: style.width).map { Line($0, .strong) }
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }

  private func table(_ rows: [Row], indent: Int, _ style: Style) -> [Line] {
    let glyphs = Glyphs(unicode: style.unicode)
    var table = TextTable()
    for stretch in rows.flatMap(\.stretches) {
      let verdict = stretch.verdict
      var cell = [Paragraph(verdict.words, verdict.mark.tone, label: glyphs.sign(of: verdict.mark) + " ")]
      if let detail = verdict.detail { cell.append(Paragraph(detail, .faint, label: "  ")) }
      table.rows.append([.init(name(of: stretch.kernels), .faint), .init(cell)])
    }
    return table.lines(width: style.width, indent: indent)
  }

  /// `up to 6.1.192`, `from 6.12.117 on`, `6.1.192 to 6.12.117`.
  private func name(of range: ClosedRange<Int>) -> String {
    let titles = titles
    let (first, last) = (titles[range.lowerBound], titles[range.upperBound])
    switch (range.lowerBound == 0, range.upperBound == kernels.count - 1) {
    case (true, true): return kernels.count == 1 ? first : "all kernels"
    case (true, false): return "up to \(last)"
    case (false, true): return "from \(first) on"
    case (false, false): return first == last ? first : "\(first) to \(last)"
    }
  }

  /// The numbers of files, in a sentence.
  var summary: String {
    let same = rows.filter(\.isSame)
    let counts = Mark.allCases.compactMap { mark in
      let count = same.count { $0.stretches.first?.verdict.mark == mark }
      return count == 0 ? nil : "\(grouped(count)) \(mark.words)"
    }
    let differing = rows.count - same.count
    let all =
      "\(counted(kernels.count, "kernel")), \(counted(rows.count, "file")): \(grouped(differing))"
      + " \(differing == 1 ? "differs" : "differ"), \(grouped(same.count)) the same on all"
      + (counts.isEmpty ? "" : " (\(counts.joined(separator: ", ")))")
    return without.isEmpty
      ? all
      : all + "; \(counted(without.count, "file")) without a TCP exchange: " + without.joined(separator: ", ")
  }

  /// The table as a page: a row for each file, a column for each kernel.
  ///
  /// - Parameter all: whether what is the same stands in it, too.
  package func markdownReport(all: Bool) -> String {
    let shown = rows.filter { all || !$0.isSame }
    let titles = titles
    func cells(_ row: Row, named name: String) -> [String] {
      [name] + row.verdicts.map { $0?.words ?? "–" }
        + [
          row.from.map { markdownProse("from \(titles[$0]) on") }
            ?? (row.stretches.count > 2 ? "more than once" : "")
        ]
    }
    let table = shown.flatMap { row in
      [cells(row, named: markdownCode(row.name))]
        + row.claims.map { cells($0, named: "\(markdownCode(row.name)), claim \(markdownProse($0.name))") }
    }
    var text = "# Verdicts by kernel\n\n\(markdownProse(summary)).\n"
    if !table.isEmpty {
      text +=
        "\n" + markdownTable(header: ["file"] + titles.map { markdownProse($0) } + ["changes"], rows: table)
    }
    return text
  }
}
