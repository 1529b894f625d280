import Claims
import TCP
import Traces

extension StatesReport {
  func terminalReport(style: Style) -> String {
    var lines = wrapped(title, to: style.width).map { Line($0, .strong) } + [Line()]
    if table.rows.allSatisfy({ $0.kind == .notTried || $0.kind == .notWaitedFor }) {
      // One reason for all of them.
      for text in Set(table.rows.flatMap(\.remarks)).sorted() + ["\(coverage)."] {
        lines += wrapped(text, to: style.width).map { Line($0) }
      }
      return lines.map { $0.painted(color: style.color) + "\n" }.joined()
    }
    lines.append(Self.row("", "", "from", "event", "action", "to", "seen by", .faint))
    for row in table.rows {
      if row.edge == table.rows.first(where: { !$0.edge.isDrawn })?.edge {
        lines += [Line(), Line("Edges of the notes and of the text", .strong)]
      }
      lines += Self.lines(of: row, style)
    }
    lines.append(Line())
    let legend = ObserverKind.lettered.map { "\($0.letter ?? "") \($0.legend)" }.joined(separator: ", ")
    lines += wrapped(
      "Seen by: \(legend). The tracepoint does not show TIME_WAIT, nor a request (the state SYN_RECV of a listener).",
      to: style.width
    ).map {
      Line($0, .faint)
    }
    for text in missing {
      lines += wrapped("Does not run here: \(text)", to: style.width).map { Line($0, .faint) }
    }
    lines += wrapped("\(coverage).", to: style.width).map { Line($0, .strong) }
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }

  private static func lines(of row: EdgeTable.Row, _ style: Style) -> [Line] {
    let sign = Line(row.kind.sign(unicode: style.unicode), row.kind.tone)
    var lines = [
      sign
        + Self.row(
          "", "\(row.edge.number)", row.from, "\(row.edge.event)", "\(row.edge.action)", row.to, row.letters)
    ]
    let indent = 5
    func add(_ text: String, _ tone: Tone) {
      lines += wrapped(text, to: style.width - indent).map { .blank(indent) + Line($0, tone) }
    }
    if let origin = row.origin { add(origin, .faint) }
    for remark in row.remarks { add(remark, row.kind == .seen ? .faint : row.kind.tone) }
    return lines
  }

  /// A line of 76 columns at most, of which the sign takes one.
  private static func row(
    _ sign: String, _ number: String, _ from: String, _ event: String, _ action: String, _ to: String,
    _ letters: String, _ tone: Tone = .plain
  ) -> Line {
    let widths = [11, 20, 11, 11]
    var line = Line(number, .faint).rightAligned(in: 3) + .blank(1)
    for (text, width) in zip([from, event, action, to], widths) {
      line += Line(text, tone).padded(to: width) + .blank(1)
    }
    return line + Line(letters, .faint)
  }
}
