package import Claims
import Documents
import Traces

extension Assessment {
  /// The report as one page for a browser, without anything from elsewhere: a lesson, or the verdicts first.
  package func htmlReport(style: Style = Style()) -> String {
    HTMLReport(assessment: self, style: style).page.text
  }
}

private struct HTMLReport {
  let assessment: Assessment
  let style: Style
  let figures: Figures
  let names: ClaimNames
  /// nil where the verdicts come first.
  let lesson: Lesson?

  init(assessment: Assessment, style: Style) {
    self.assessment = assessment
    self.style = style
    figures = Figures(assessment, style: style)
    names = ClaimNames(assessment.claims)
    lesson =
      style.tellsPages
      ? Lesson(assessment, figures: figures, names: names, style: style) : nil
  }

  var page: HTMLPage {
    let told = lesson?.plan.figures ?? []
    let steps = told.flatMap { figure in
      LessonRules(figure: figure, stops: lesson?.stops(of: figure) ?? [], quiz: style.isQuiz).rules
    }
    let listed = figures.all.filter { figure in !told.contains { $0.place == figure.place } }
    return HTMLPage(
      title: title, rules: StyleSheet(figures: listed, steps: steps).rules, hasKeys: !told.isEmpty,
      definitions: told.isEmpty ? [] : [StateDiagramSVG.definitions],
      body: [masthead, .element("main", main)])
  }

  private var title: String {
    let system = "Linux \(assessment.run.machine.release)"
    if lesson != nil { return (assessment.lessons.first ?? assessment.pages.first)?.title ?? "A lesson" }
    guard assessment.pages.count == 1, let page = assessment.pages.first else {
      return "TCP of \(system), observed by tcpprobe"
    }
    return "\(page.title ?? page.name), checked on \(system)"
  }

  private var main: [Markup] {
    guard let lesson else { return sections.map(\.html) }
    let isSeen = sections.filter { $0.id == "unread" }
    let evidence = ReportSection(
      id: "evidence", title: "Evidence: \(assessment.summary)",
      content: sections.filter { $0.id != "unread" }.map(\.html), isFolded: true)
    return lesson.sections + (isSeen + [evidence]).map(\.html)
  }

  private var masthead: Markup {
    let counts = assessment.counts.map { ($0.mark, $0.count, assessment.words(for: $0.mark)) }
    let links = sections.map { Markup.element("a", ["href": "#" + $0.id], $0.title) }
    let verdicts: [Markup] = [
      counts.isEmpty ? .nothing : .counts(counts),
      .element("nav", ["aria-label": "Parts of this page"], links),
    ]
    let hint = "Go through the steps with → and ←, with j and k, or with the links beside each drawing."
    return .element(
      "header",
      [.element("h1", ProseHTML.inline(title)), HTMLPage.made(assessment)]
        + (lesson.map { $0.plan.figures.isEmpty ? [] : [.element("p", ["class": "hint"], hint)] } ?? verdicts)
    )
  }

  /// In a lesson the sightings of these runs are written where somebody asked for the evidence.
  private func section(of figure: Figure) -> FigureSection {
    FigureSection(
      figure: figure, names: names, showsSights: lesson == nil || style.showsEvidence || style.drawsAll)
  }

  private var sections: [ReportSection] {
    let tables = ObserverTables(assessment: assessment)
    let hint =
      lesson == nil
      ? "Select a step in the drawing or in the list to see what each observer saw."
      : "--evidence writes what each observer saw of these runs, too."
    let told = lesson?.plan.figures.map(\.place) ?? []
    let listed = figures.all.filter { !told.contains($0.place) }
    let ladders = listed.filter(\.isLadder).map { section(of: $0).html }
    let others = listed.filter { !$0.isLadder }.map { section(of: $0).folded }
    let findings =
      tables.findings.isEmpty ? [] : [Markup.element("ul", ["class": "findings"], tables.findings)]
    let unread = tables.unread.isEmpty ? [] : [Markup.element("ul", tables.unread)]
    return [
      ReportSection(id: "unread", title: "Could not read", content: unread),
      ReportSection(
        id: "claims", title: "Claims",
        content: ClaimsTable(assessment: assessment, figures: figures, names: names).html),
      ReportSection(
        id: "ladders", title: "Ladders",
        content: ladders.isEmpty ? [] : [.element("p", ["class": "hint"], hint)] + ladders),
      ReportSection(
        id: "differences", title: "Differences",
        content: Differences(assessment: assessment, figures: figures, names: names).html),
      ReportSection(
        id: "facts", title: "Facts",
        content: FactsTables(assessment: assessment, figures: figures, names: names).html),
      ReportSection(id: "scenarios", title: "Scenarios", content: others, isFolded: true),
      ReportSection(
        id: "observers", title: "Observers", content: [tables.observers] + findings, isFolded: true),
    ].filter { !$0.content.isEmpty }
  }
}

/// A part of a report under a heading.
struct ReportSection {
  var id: String
  var title: String
  var content: [Markup]
  /// True for what most readers pass over: it opens where a link leads into it.
  var isFolded = false

  var html: Markup {
    let heading = Markup.element("h2", ["id": id + "-title"], title)
    guard isFolded else {
      return .element(
        "section", ["id": id, "aria-labelledby": id + "-title"], [heading] + content)
    }
    // A link opens what it leads into, so the name stands within.
    return .element(
      "details", ["class": "fold"],
      [.element("summary", [heading]), .element("div", ["id": id], content)])
  }
}
