import Documents
import Records

/// A change for a terminal: both values, or both ladders side by side, and what is known about it.
struct ChangeLines {
  let change: Change
  let number: Int
  let style: Style

  private static let indent = 6

  func lines() -> [Line] {
    var lines: [Line] = []
    let label = Line("\(number)", .faint).rightAligned(in: Self.indent - 2) + .blank(2)
    for (index, part) in wrapped(change.subject.plainName, to: style.width - Self.indent).enumerated() {
      lines.append((index == 0 ? label : .blank(Self.indent)) + Line(part, .strong))
    }
    switch change.difference {
    case .figure(let before, let after):
      lines +=
        said("before  ", before.description, .plain)
        + said("now     ", after.description, .bad)
    case .trace(let before, let after):
      lines += said("before  ", before, .plain) + said("now     ", after, .bad)
    case .ladder(let before, let after, let rung): lines += both(before, after, rung: rung)
    }
    if let family = change.family {
      lines += said("only on ", family.name, .soft)
    }
    for setting in change.settings {
      let (before, after) = setting.values
      let values = "\(setting.name): \(before) before, \(after) now"
      lines += change.isTried ? said("cause   ", values, .soft) : said("", "perhaps due to \(values)", .soft)
    }
    if change.isTried {
      let names = change.settings.map(\.name).joined(separator: " and ")
      let trial =
        change.settings.isEmpty
        ? "also changed under all recorded settings"
        : "with the recorded \(names), the result is as in the record"
      lines += said("tested  ", trial, .faint)
    }
    if let observer = change.observer { lines += said("seen by ", observer, .faint) }
    if let known = change.known { lines += said("known   ", known, .faint) }
    return lines
  }

  private func said(_ label: String, _ text: String, _ tone: Tone) -> [Line] {
    Paragraph(text, tone, label: label).lines(in: style.width - Self.indent).map { .blank(Self.indent) + $0 }
  }

  /// The two ladders rung by rung; the first that differs is marked.
  private func both(_ before: Ladder, _ after: Ladder, rung: Int) -> [Line] {
    var table = TextTable()
    let mark = Glyphs(unicode: style.unicode).reachesRight
    table.rows.append([.init(" "), .init("before", .faint), .init("now", .faint)])
    for index in 0..<max(before.rungs.count, after.rungs.count) {
      let isFirst = index == rung
      table.rows.append([
        .init(isFirst ? mark : " ", .bad), .init(cells(of: before, index, isFirst ? .strong : .plain)),
        .init(cells(of: after, index, isFirst ? .bad : .plain)),
      ])
    }
    return table.lines(width: style.width, indent: Self.indent - 2)
  }

  private func cells(of ladder: Ladder, _ index: Int, _ tone: Tone) -> [Paragraph] {
    guard ladder.rungs.indices.contains(index) else { return [Paragraph("", tone)] }
    let cells = ladder.rungs[index].cells
    return Party.allCases.filter { !cells[$0].description.isEmpty }.map {
      Paragraph(cells[$0].description, tone, label: "\(ladder.parties[$0]) ")
    }
  }
}
