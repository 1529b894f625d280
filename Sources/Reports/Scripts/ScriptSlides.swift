import Claims
import Documents

extension ScriptAssessment {
  /// The report as slides in one page for a browser: a step a screen, of each script that differs.
  func slides(style: Style) -> String { ScriptSlides(assessment: self, style: style).page.text }
}

private struct ScriptSlides {
  let assessment: ScriptAssessment
  let style: Style
  private let names = ClaimNames([])

  var page: HTMLPage {
    let walks = assessment.drawn(style: style).enumerated().map {
      Walk(judgement: $1, id: "f\($0 + 1)", style: style, names: names)
    }
    let slides = [opening] + unread + verdicts + walks.flatMap(\.slides)
    return HTMLPage(
      title: title, rules: StyleSheet.ofSlides, hasKeys: true,
      definitions: walks.flatMap(\.drawing.definitions),
      body: [.element("main", slides.indices.map { slides[$0].html($0, of: slides.count) })])
  }

  private var title: String {
    assessment.judgements.count == 1
      ? assessment.judgements[0].script.name : "Scripts on Linux \(assessment.machine.release)"
  }

  private var opening: Slide {
    Slide(
      form: "opening", heading: [],
      content: [
        .element("h1", title),
        HTMLPage.made(by: assessment.command, on: assessment.machine, version: assessment.version),
        .element("p", ["class": "made"], "Verdicts: \(assessment.countedSummary)"),
        .element("p", ["class": "hint"], SlidesReport.hint),
      ])
  }

  private var unread: [Slide] {
    rowsOfSlides(assessment.judgements.flatMap(\.unreadRemarks), most: SlideVerdicts.most).map { lines in
      Slide(
        form: "text", heading: [Markup("Could not read")],
        content: [.element("ul", lines.map { .element("li", $0) })])
    }
  }

  /// The scripts that are not confirmed.
  private var verdicts: [Slide] {
    let open = assessment.judgements.filter { $0.verdict.mark != .confirmed }
    return rowsOfSlides(open, most: SlideVerdicts.most).map { judgements in
      let rows = judgements.map { judgement in
        Markup.Row(
          cells: [.code(judgement.place), judgement.verdict.mark.html, Markup(judgement.summary)])
      }
      return Slide(
        form: "values dense", heading: [Markup("Verdicts: \(assessment.countedSummary)")],
        content: [
          .table(
            caption: "Verdicts", hidesCaption: true, form: "claims", head: ["script", "verdict", "found"],
            rows: rows)
        ])
    }
  }
}

/// The steps of one script.
private struct Walk {
  let judgement: ScriptJudgement
  let drawing: SlideDrawing
  private let picture: Picture
  private let lines: [Int: ScriptRow]
  private let names: ClaimNames

  init(judgement: ScriptJudgement, id: String, style: Style, names: ClaimNames) {
    self.judgement = judgement
    self.names = names
    picture = judgement.picture(style: style)
    drawing = SlideDrawing(picture, id: id)
    lines = Dictionary(
      judgement.rows(context: judgement.context(style: style)).map { ($0.event, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  var slides: [Slide] {
    let words = StepWords(picture: picture, names: names)
    let steps = picture.stepsInFull
    return steps.map { step in
      let stop = StepStop(kind: .step, step: step, states: step.states, sentences: [])
      let number = " step \(step.number) of \(steps.count)"
      let differences = step.row.remarks.map(words.comparison)
      return Slide(
        form: "walk", heading: [Markup(judgement.place), .element("span", ["class": "faint"], number)],
        content: [
          .element(
            "div", ["class": "stage"],
            [
              .element("div", ["class": "drawing"], [drawing.picture(at: stop)]),
              .element(
                "div", ["class": "beside"],
                StopText(stop, words).html + [line(of: step.row)] + differences),
            ])
        ])
    }
  }

  /// The line as the script has it.
  private func line(of row: Picture.Row) -> Markup {
    guard let line = lines[row.place] else { return .nothing }
    return .element("p", ["class": "wait"], [Markup("the script, line \(line.line): "), .code(line.script)])
  }
}
