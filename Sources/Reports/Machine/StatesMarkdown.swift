import Claims
import Notations
import TCP

extension StatesReport {
  func markdownReport() -> String {
    let header = ["", "from", "event", "action", "to", "result", "seen by", "source"]
    let rows = table.rows.map { row in
      [
        "\(row.edge.number)", row.from, "\(row.edge.event)", "\(row.edge.action)", row.to,
        result(of: row), row.witnesses.map(\.legend).joined(separator: ", "),
        row.origin ?? "\(row.edge.source)",
      ].map { markdownProse($0) }
    }
    var blocks = [
      "# \(markdownProse(title))", "Made by \(markdownCode(command)) with tcpprobe \(version).",
      markdownTable(header: header, rows: rows),
    ]
    if !missing.isEmpty {
      blocks.append("Does not run here: " + missing.map { markdownProse($0) }.joined(separator: "; ") + ".")
    }
    return (blocks + ["\(coverage)."]).joined(separator: "\n\n").replacing("\n\n\n", with: "\n\n") + "\n"
  }

  /// The kind of result, with its remarks.
  func result(of row: EdgeTable.Row) -> String {
    ([row.kind.rawValue] + row.remarks).joined(separator: "; ")
  }

  /// The diagram as Mermaid draws state machines. A label begins with the sign of its result.
  func mermaidReport() -> String {
    var lines = ["---", "title: \(title)", "---", "stateDiagram-v2"]
    for state in State.allCases { lines.append("  \(state.rawValue)") }
    for row in table.rows {
      for result in row.results {
        let label = [result.transition.event, result.transition.action].filter { !$0.isEmpty }
          .joined(separator: " / ")
        let sign = result.kind.sign(unicode: true)
        let remark = result.kind == .differs ? " (\(result.remarks.joined(separator: ", ")))" : ""
        lines.append(
          "  \(result.transition.from.rawValue) --> \(result.transition.to.rawValue) : \(sign) \(label)\(remark)"
        )
      }
    }
    let legend = EdgeTable.Kind.allCases.map { "\($0.sign(unicode: true)) \($0.rawValue)" }
    lines.append("  %% \(legend.joined(separator: ", ")). \(coverage).")
    return lines.joined(separator: "\n") + "\n"
  }
}
