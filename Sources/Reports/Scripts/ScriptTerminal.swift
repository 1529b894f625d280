package import Claims
import Documents
import Traces

extension ScriptAssessment {
  /// The report for a terminal: a line for each script, and a ladder for each that differs.
  package func terminalReport(style: Style) -> String {
    let glyphs = Glyphs(unicode: style.unicode)
    var lines = [
      Line("tcpprobe \(version)", .strong)
        + Line("  Linux \(machine.release) \(machine.architecture)", .faint)
    ]
    lines.append(Line())
    for judgement in judgements {
      let mark = judgement.verdict.mark
      var line = Line("  \(glyphs.sign(of: mark)) ", mark.tone)
      line += Line(judgement.place, judgement.difference == nil ? .plain : .strong)
      lines.append(line)
      guard mark != .confirmed else { continue }
      lines += wrapped(judgement.summary, to: style.width - 6).map { .blank(6) + Line($0) }
    }
    for judgement in judgements where judgement.difference != nil || style.drawsAll {
      lines += ladder(of: judgement, style: style)
    }
    lines += unreadLines(style: style)
    lines += [Line()] + wrapped(countedSummary, to: style.width).map { Line($0, .strong) }
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }

  private func ladder(of judgement: ScriptJudgement, style: Style) -> [Line] {
    let glyphs = Glyphs(unicode: style.unicode)
    let rows = judgement.rows(context: style.drawsAll ? nil : ScriptAssessment.context)
    let numbers = max(4, "\(rows.last?.line ?? 0)".count)
    // Both columns of text get the same room.
    let room = max(20, (style.width - numbers - 9) / 2)
    func lines(_ mark: String, _ number: String, _ script: String, _ kernel: String, _ tone: Tone) -> [Line] {
      let columns = [wrapped(script, to: room), wrapped(kernel, to: room)]
      return (0..<max(columns[0].count, columns[1].count, 1)).map { index in
        let (left, right) = (
          index < columns[0].count ? columns[0][index] : "", index < columns[1].count ? columns[1][index] : ""
        )
        return Line("  \(index == 0 ? mark : " ") ", tone)
          + Line(index == 0 ? number : "", .faint).padded(to: numbers + 1)
          + Line(left, tone).padded(to: room + 2)
          + Line(right, tone)
      }
    }
    var all = [Line(), Line(judgement.place, .strong), Line()]
    all += lines(" ", "line", "the script", "the kernel", .faint)
    for row in rows {
      all += lines(
        row.isDifferent ? glyphs.cross : " ", "\(row.line)", row.script, row.kernel,
        row.isDifferent ? .bad : .plain)
    }
    if let parts = judgement.difference?.parts, !parts.isEmpty {
      all += [Line()]
      all += wrapped("different: " + parts.joined(separator: ", "), to: style.width - 2)
        .map { .blank(2) + Line($0, .bad) }
    }
    return all
  }

  private func unreadLines(style: Style) -> [Line] {
    var table = TextTable()
    for judgement in judgements {
      for unread in judgement.script.unread {
        table.rows.append([
          .init("\(judgement.script.name):\(unread.line)"), .init(unread.description, .soft),
        ])
      }
    }
    return table.rows.isEmpty
      ? [] : [Line(), Line("Could not read", .strong)] + table.lines(width: style.width)
  }

  /// `3 scripts: 1 confirmed, 1 contradicted, 1 undecided`.
  package var countedSummary: String {
    let marks = judgements.map(\.verdict.mark)
    let counts = Mark.allCases.compactMap { mark in
      let count = marks.count { $0 == mark }
      return count == 0 ? nil : "\(count) \(mark.words)"
    }
    return "\(counted(judgements.count, "script")): " + counts.joined(separator: ", ")
  }
}

extension ScriptJudgement {
  /// `file.pkt:17`; without the line where nothing differs.
  var place: String { difference == nil && script.unread.isEmpty ? script.name : "\(script.name):\(line)" }

  /// The verdict in one line.
  var summary: String {
    switch decision {
    case .confirmed: counted(script.events.count, "event")
    case .contradicted(_, let difference): "expected \(difference.expected), kernel \(difference.seen)"
    case .undecided(let reason): "undecided: \(reason)"
    }
  }
}
