import Claims
import Documents
import Traces

extension ScriptAssessment {
  /// The number of events before the first difference that a drawing shows, where not all are wanted.
  static let context = 6

  /// The scripts that a report draws: each with a difference, or all; a single one in any case.
  func drawn(style: Style) -> [ScriptJudgement] {
    judgements.filter { $0.difference != nil || style.drawsAll || judgements.count == 1 }
  }

  /// One script as a drawing that stands alone: the first with a difference, else the first.
  func svgReport(style: Style) -> String {
    let drawn = judgements.first { $0.difference != nil } ?? judgements.first
    let machine = "Linux \(machine.release), \(machine.architecture)"
    guard let drawn else { return svgSheet(title: "No scripts were run", under: [machine]) }
    let picture = drawn.picture(style: style)
    return svgSheet(
      title: drawn.place.split(separator: "/").last.map(String.init) ?? drawn.place,
      under: [machine, "\(drawn.verdict.mark.words): \(drawn.summary)"],
      remarks: drawn.unreadRemarks, picture: picture.rows.isEmpty ? nil : picture)
  }

  /// The report as one page for a browser: a row for each script, and a drawing and a table of each that differs.
  func htmlReport(style: Style) -> String {
    let title = "Scripts on Linux \(machine.release)"
    let counts = Dictionary(judgements.map { ($0.verdict.mark, 1) }, uniquingKeysWith: +)
    let drawn = drawn(style: style)
    let unread = judgements.flatMap(\.unreadRemarks).map { Markup.element("li", $0) }
    let sections = [
      ReportSection(
        id: "unread", title: "Could not read", content: unread.isEmpty ? [] : [.element("ul", unread)]),
      ReportSection(id: "verdicts", title: "Verdicts", content: [verdicts]),
      ReportSection(
        id: "ladders", title: "Ladders",
        content: drawn.enumerated().map { $1.article(number: $0 + 1, style: style) }),
    ].filter { !$0.content.isEmpty }
    return HTMLPage(
      title: title, rules: StyleSheet(figures: []).rules,
      body: [
        .element(
          "header",
          [
            .element("h1", title), HTMLPage.made(by: command, on: machine, version: version),
            .counts(counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value, $0.key.words) }),
          ]), .element("main", sections.map(\.html)),
      ]
    ).text
  }

  private var verdicts: Markup {
    .table(
      caption: "Verdicts", hidesCaption: true, form: "claims", head: ["script", "verdict", "found"],
      rows: judgements.map { judgement in
        .init(
          cells: [.code(judgement.place), judgement.verdict.mark.html, Markup(judgement.summary)])
      })
  }
}

extension ScriptJudgement {
  func picture(style: Style) -> Picture { Picture(of: self, context: context(style: style)) }

  /// The number of events before the first difference that a drawing shows; nil for all.
  func context(style: Style) -> Int? {
    style.drawsAll || difference == nil ? nil : ScriptAssessment.context
  }

  /// The parts that were not read, a line each.
  var unreadRemarks: [String] {
    script.unread.map { "could not read: \(script.name):\($0.line): \($0.description)" }
  }

  fileprivate func article(number: Int, style: Style) -> Markup {
    let id = "f\(number)"
    let rows = rows(context: context(style: style)).map { row in
      Markup.Row(
        form: row.isDifferent ? verdict.mark.form : nil,
        cells: [
          Markup("\(row.line)"), .code(row.script), row.kernel.isEmpty ? .nothing : .code(row.kernel),
        ])
    }
    return .element(
      "article", ["id": id, "class": "figure"],
      [
        .element("h3", place),
        .element("p", ["class": "details"], [verdict.mark.html, Markup(" " + summary)]),
        .element("figure", [LadderSVG(picture(style: style)).inPage(id: id)]),
        .table(
          caption: "The script beside what the kernel did", form: "measured",
          head: ["line", "the script", "the kernel"], rows: rows),
      ])
  }
}
