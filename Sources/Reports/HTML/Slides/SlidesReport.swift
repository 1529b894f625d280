package import Claims
import Documents

extension Assessment {
  /// The report as slides in one page for a browser: a step a screen, with the drawing up to it.
  package func slides(style: Style = Style()) -> String { SlidesReport(self, style: style).page.text }
}

struct SlidesReport {
  /// The words that tell how to go on.
  static let hint = "→ or space: the next step. ←: back."

  private let assessment: Assessment
  private let quiz: Bool
  private let plan: LessonPlan
  private let prose: ProseHTML
  /// Slides have no table of claims that a claim's id could lead to.
  private let names = ClaimNames([])

  init(_ assessment: Assessment, style: Style) {
    self.assessment = assessment
    quiz = style.isQuiz
    let figures = Figures(assessment, style: style)
    plan =
      style.tellsPages ? LessonPlan(assessment, figures: figures) : LessonPlan(ofDrawings: figures)
    prose = ProseHTML(names: names, leftOut: Set(assessment.claims.map(\.id)))
  }

  var page: HTMLPage {
    let slides = slides
    let drawings = plan.figures.flatMap { SlideDrawing($0.picture, id: $0.id).definitions }
    return HTMLPage(
      title: title, rules: StyleSheet.ofSlides, hasKeys: true,
      definitions: [StateDiagramSVG.definitions] + drawings,
      body: [.element("main", slides.indices.map { slides[$0].html($0, of: slides.count) })])
  }

  private var title: String {
    (assessment.lessons.first ?? assessment.pages.first)?.title ?? "TCP, observed by tcpprobe"
  }

  private var slides: [Slide] {
    var slides: [Slide] = []
    var heading: [Markup] = []
    /// Words that have no slide yet: a drawing that follows stands beside them.
    var told: Told?
    var isDrawn = false
    func tell() {
      if let told { slides.append(Slide(form: "text", heading: heading, content: told.content)) }
      told = nil
    }
    for block in plan.sections.joined() {
      switch block {
      case .prose(let lines):
        tell()
        let isTitle = slides.isEmpty && lines.first?.hasPrefix("# ") == true
        if let title = ProseHTML.heading(lines), !isTitle { heading = ProseHTML.inline(title) }
        let rest = Array(lines.drop { $0.hasPrefix("#") })
        for part in isTitle ? [rest] : Told.parts(rest) {
          let text = Told(part, prose)
          if isTitle {
            slides.append(titleSlide(text.content))
          } else if !text.content.isEmpty {
            tell()
            told = text
          }
        }
      case .figure(let figure):
        if slides.isEmpty { slides.append(titleSlide([])) }
        if told?.isShort == false { tell() }
        let beside = told?.content ?? []
        if !figure.isLadder, hasFacts {
          // Of the runs that a facts table was measured in, one.
          if isDrawn { continue }
          slides.append(self.drawing(of: figure, heading: heading, told: beside))
          isDrawn = true
        } else {
          slides += self.slides(
            of: figure, heading: heading.isEmpty ? [Markup(figure.title.heading)] : heading, told: beside)
        }
        told = nil
      case .facts(let facts, let told):
        tell()
        isDrawn = false
        slides += ValueSlides(LessonFacts(facts: facts, page: told, names: names)).slides(heading: heading)
      case .cited(let claims):
        tell()
        let cited = assessment.claims.filter { claims.contains($0.id) }
        slides += SlideVerdicts.slides(of: cited, in: assessment, names: names, heading: heading)
      }
    }
    tell()
    if slides.isEmpty { slides.append(titleSlide([.element("p", "There is no step to show.")])) }
    let verdicts = SlideVerdicts(assessment: assessment, names: names, cited: cited)
    return [slides[0]] + verdicts.unread + slides.dropFirst() + verdicts.open
  }

  /// The words of a section.
  private struct Told {
    let content: [Markup]
    /// True if there is room for them beside a drawing.
    let isShort: Bool

    /// More characters than this do not fit a slide.
    private static let most = 1000

    /// The paragraphs and items for each slide.
    static func parts(_ lines: [String]) -> [[String]] {
      var parts: [[String]] = [[]]
      var length = 0
      for block in blocks(of: lines) {
        let added = block.reduce(0) { $0 + $1.count }
        if length > 0, length + added > most {
          parts.append([])
          length = 0
        }
        parts[parts.count - 1] += block
        length += added
      }
      return parts
    }

    /// The lines cut before each item and after each paragraph.
    private static func blocks(of lines: [String]) -> [[String]] {
      var blocks: [[String]] = []
      for (before, line) in zip([""] + lines, lines) {
        if blocks.isEmpty || line.hasPrefix("- ") || (before.isEmpty && !line.isEmpty) {
          blocks.append([line])
        } else {
          blocks[blocks.count - 1].append(line)
        }
      }
      return blocks
    }

    init(_ lines: [String], _ prose: ProseHTML) {
      content = prose.html(lines)
      isShort = lines.reduce(0) { $0 + $1.count } < 350
    }
  }

  /// The claims that a slide shows with their verdicts.
  private var cited: [String] {
    plan.sections.joined().flatMap { block -> [String] in
      if case .cited(let claims) = block { claims } else { [] }
    }
  }

  private func titleSlide(_ text: [Markup]) -> Slide {
    var notes = [HTMLPage.made(assessment)]
    if !assessment.claims.isEmpty {
      notes.append(.element("p", ["class": "made"], "Verdicts: \(assessment.summary)"))
    }
    notes.append(.element("p", ["class": "hint"], Self.hint))
    return Slide(
      form: "opening", heading: [],
      content: [.element("h1", ProseHTML.inline(title))] + text + notes)
  }

  /// The steps; of a scenario with many of them one drawing.
  private func slides(of figure: Figure, heading: [Markup], told: [Markup]) -> [Slide] {
    let most = 10
    guard !figure.isLadder, figure.picture.steps.compactMap({ $0 }).count > most else {
      return steps(of: figure, heading: heading, told: told)
    }
    return [drawing(of: figure, heading: heading, told: told)]
  }

  /// True if the report tells facts tables: the runs that they were measured in are no lessons of their own.
  private var hasFacts: Bool {
    plan.sections.joined().contains { if case .facts = $0 { true } else { false } }
  }

  /// All steps at once.
  private func drawing(of figure: Figure, heading: [Markup], told: [Markup]) -> Slide {
    let sentence = figure.title.sentence.map { Markup.element("p", ProseHTML.inline($0)) }
    let words = Markup.element("div", ["class": "told"], told + [sentence].compactMap { $0 })
    return Slide(
      form: "walk", heading: heading,
      content: [
        .element(
          "div", ["class": "stage"],
          [
            .element("div", ["class": "drawing"], [SlideDrawing(figure.picture, id: figure.id).whole]),
            .element("div", ["class": "beside"], [words, notes(on: figure, figure.title.circumstances)]),
          ])
      ])
  }

  /// The notes on a drawing, small below its words.
  private func notes(on figure: Figure, _ more: [String] = []) -> Markup {
    let all = more + figure.picture.footnotes
    return all.isEmpty ? .nothing : .element("p", ["class": "notes"], all.joined(separator: " · "))
  }

  private func steps(of figure: Figure, heading: [Markup], told: [Markup]) -> [Slide] {
    let words = StepWords(picture: figure.picture, names: names)
    let drawing = SlideDrawing(figure.picture, id: figure.id)
    let stops = StepStop.all(of: figure, pages: assessment.pages, quiz: quiz)
    let count = figure.picture.steps.compactMap { $0 }.count
    let hasChanges = stops.contains { !$0.changes.isEmpty }
    return stops.map { stop in
      let number = stop.step.map { "step \($0.number) of \(count)" } ?? counted(count, "step")
      let differences = (stop.kind == .step ? stop.step?.row.remarks ?? [] : []).filter {
        $0.mark != .confirmed && !$0.mark.isOpen
      }
      // Where no state changes, the diagram shows nothing.
      let diagram =
        hasChanges
        ? StateDiagramSVG.picture(stop.states, changes: stop.changes, names: figure.picture.names) : .nothing
      let isStart = stop.kind == .start
      let text = StopText(stop, words, beginning: told).html + differences.map(words.comparison)
      return Slide(
        form: "walk", heading: heading + [.element("span", ["class": "faint"], " \(number)")],
        content: [
          .element(
            "div", ["class": "stage"],
            [
              .element("div", ["class": "drawing"], [drawing.picture(at: stop)]),
              .element("div", ["class": "beside"], text + [diagram, isStart ? notes(on: figure) : .nothing]),
            ])
        ])
    }
  }
}
