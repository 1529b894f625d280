package import Claims
import Documents
import Traces

extension ScriptAssessment {
  /// The report in this format; nil for one that scripts are not shown in.
  package func rendered(as format: Format, style: Style) -> String? {
    switch format {
    case .terminal: terminalReport(style: style)
    case .markdown: markdownReport(of: judgements.filter { $0.difference != nil }, showing: \.table).visible
    case .mermaid:
      markdownReport(of: drawn(style: style)) { $0.picture(style: style).mermaidFence }.visible
    case .json: jsonReport()
    case .ktap: testReport.ktap(nothing: "no scripts were run")
    case .junit: testReport.junit()
    case .svg: svgReport(style: style)
    case .html: htmlReport(style: style)
    case .slides: slides(style: style)
    case .pkt: nil
    }
  }

  /// - Parameters:
  ///   - shown: the scripts that have a section of their own.
  ///   - content: writes such a section.
  private func markdownReport(
    of shown: [ScriptJudgement], showing content: (ScriptJudgement) -> String
  ) -> String {
    var blocks = [
      "# Scripts on Linux \(machine.release) (\(machine.architecture)), as tcpprobe \(version) ran them",
      "Made by \(markdownCode(command)).",
    ]
    var rows = ["| script | verdict | |", "| --- | --- | --- |"]
    for judgement in judgements {
      rows.append(
        "| \(markdownCell(judgement.place)) | \(judgement.verdict.mark.words) | \(markdownCell(judgement.summary)) |"
      )
    }
    blocks.append(rows.joined(separator: "\n"))
    for judgement in shown {
      blocks += ["## \(markdownProse(judgement.place))", content(judgement)]
    }
    blocks.append("\(countedSummary).")
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// Each script as a test.
  package var testReport: TestReport {
    var properties = [
      TestReport.Property("kernel release", machine.release), .init("architecture", machine.architecture),
      .init("tcpprobe", version), .init("command", command), .init("verdicts", countedSummary),
    ]
    if let hertz = machine.hertz { properties.append(.init("hz", "\(hertz)")) }
    return TestReport(
      name: "tcpprobe", properties: properties,
      suites: judgements.map { judgement in
        let name = judgement.script.name
        return .init(
          name: name,
          cases: [.init(name: name, place: (name, judgement.line), outcome: judgement.outcome)])
      })
  }
}

private func markdownCell(_ text: String) -> String {
  text.isEmpty ? "" : markdownCode(text.replacing("|", with: "\\|"))
}

extension ScriptJudgement {
  /// The script beside what the kernel did.
  fileprivate var table: String {
    var lines = ["| line | the script | the kernel |", "| --- | --- | --- |"]
    for row in rows(context: ScriptAssessment.context) {
      let mark = row.isDifferent ? "**" : ""
      lines.append(
        "| \(mark)\(row.line)\(mark) | \(markdownCell(row.script)) | \(markdownCell(row.kernel)) |")
    }
    return lines.joined(separator: "\n")
  }

  fileprivate var outcome: TestReport.Outcome {
    switch decision {
    case .confirmed: .passed
    case .undecided(let reason): .skipped(reason: "undecided: \(reason)")
    case .contradicted(_, let difference):
      .failed(
        kind: difference.kind.rawValue, message: summary,
        details: rows(context: ScriptAssessment.context).map { row in
          "\(row.isDifferent ? ">>" : "  ") \(row.line): \(row.script)  |  \(row.kernel)"
        } + ["at \(script.name):\(line)"])
    }
  }
}
