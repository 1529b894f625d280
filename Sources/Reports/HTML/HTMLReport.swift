package import Claims
import Documents
import FoundationEssentials
import Traces

extension Assessment {
  /// The report as one page for a browser, without scripts and without anything from elsewhere.
  package func htmlReport(style: Style = Style()) -> String {
    "<!DOCTYPE html>\n" + HTMLReport(assessment: self, style: style).html.text
  }
}

private struct HTMLReport {
  let assessment: Assessment
  let figures: Figures
  let names: ClaimNames

  init(assessment: Assessment, style: Style) {
    self.assessment = assessment
    figures = Figures(assessment, style: style)
    names = ClaimNames(assessment.claims)
  }

  private struct Section {
    var id: String
    var title: String
    var content: [Markup]
    /// True for what most readers pass over: it opens where a link leads into it.
    var isFolded = false
  }

  var html: Markup {
    let body = [masthead, Markup.element("main", sections.map(html))]
    return .element("html", ["lang": "en"], [head, .element("body", body)])
  }

  private var title: String {
    "TCP of Linux \(assessment.run.machine.release), observed by tcpprobe"
  }

  private var head: Markup {
    .element(
      "head",
      [
        .empty("meta", ["charset": "utf-8"]),
        .empty("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        // Nothing is loaded and nothing runs, whatever a document may try.
        .empty(
          "meta",
          [
            "http-equiv": "Content-Security-Policy",
            "content": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
          ]),
        .empty("meta", ["name": "color-scheme", "content": "light dark"]),
        .empty("link", ["rel": "icon", "href": "data:,"]), .element("title", title),
        .style(rules: StyleSheet(figures: figures.all).rules),
      ])
  }

  private var masthead: Markup {
    let run = assessment.run
    let time = Date(timeIntervalSince1970: Double(run.machine.time)).formatted(.iso8601)
    let facts: [(String, Markup)] = [
      ("Made by", .code(run.command)),
      ("on", Markup("Linux \(run.machine.release), \(run.machine.architecture)")),
      ("at", .element("time", ["datetime": time], time)), ("with", Markup("tcpprobe \(run.version)")),
    ]
    let counts = assessment.counts.map { mark, count in
      Markup.element(
        "li", ["class": mark.form],
        [mark.sign, .element("b", "\(count)"), Markup(assessment.words(for: mark))])
    }
    let links = sections.map { Markup.element("a", ["href": "#" + $0.id], $0.title) }
    return .element(
      "header",
      [
        .element("h1", title),
        .element("p", ["class": "made"], facts.flatMap { [Markup("\($0.0) "), $0.1, Markup(" ")] }),
        counts.isEmpty ? .nothing : .element("ul", ["class": "counts", "aria-label": "Verdicts"], counts),
        .element("nav", ["aria-label": "Parts of this page"], links),
      ])
  }

  private var sections: [Section] {
    let tables = ObserverTables(assessment: assessment)
    let hint = "Select a step in the drawing or in the list to see what each observer saw."
    let ladders = figures.all.filter(\.isLadder).map { FigureSection(figure: $0, names: names).html }
    let others = figures.all.filter { !$0.isLadder }.map { FigureSection(figure: $0, names: names).folded }
    let findings =
      tables.findings.isEmpty ? [] : [Markup.element("ul", ["class": "findings"], tables.findings)]
    let unread = tables.unread.isEmpty ? [] : [Markup.element("ul", tables.unread)]
    return [
      Section(id: "unread", title: "Could not read", content: unread),
      Section(
        id: "claims", title: "Claims",
        content: ClaimsTable(assessment: assessment, figures: figures, names: names).html),
      Section(
        id: "ladders", title: "Ladders",
        content: ladders.isEmpty ? [] : [.element("p", ["class": "hint"], hint)] + ladders),
      Section(
        id: "differences", title: "Differences",
        content: Differences(assessment: assessment, figures: figures, names: names).html),
      Section(
        id: "facts", title: "Facts",
        content: FactsTables(assessment: assessment, figures: figures, names: names).html),
      Section(id: "scenarios", title: "Scenarios", content: others, isFolded: true),
      Section(
        id: "observers", title: "Observers", content: [tables.observers] + findings, isFolded: true),
    ].filter { !$0.content.isEmpty }
  }

  private func html(_ section: Section) -> Markup {
    let heading = Markup.element("h2", ["id": section.id + "-title"], section.title)
    guard section.isFolded else {
      return .element(
        "section", ["id": section.id, "aria-labelledby": section.id + "-title"], [heading] + section.content)
    }
    // A link opens what it leads into, so the name stands within.
    return .element(
      "details", ["class": "fold"],
      [.element("summary", [heading]), .element("div", ["id": section.id], section.content)])
  }
}
