import Claims
import Documents

/// The pages of a run as a lesson: prose, drawings and measured facts in the pages' order.
struct Lesson {
  let plan: LessonPlan
  private let assessment: Assessment
  private let setsBeside: Bool
  private let showsEvidence: Bool
  private let names: ClaimNames
  private let stops: [Int: [StepStop]]

  init(_ assessment: Assessment, figures: Figures, names: ClaimNames, style: Style) {
    self.assessment = assessment
    setsBeside = style.setsBeside
    showsEvidence = style.showsEvidence || style.drawsAll
    self.names = names
    plan = LessonPlan(assessment, figures: figures)
    stops = Dictionary(
      plan.figures.map { ($0.place, StepStop.all(of: $0, pages: assessment.pages, quiz: style.isQuiz)) },
      uniquingKeysWith: { first, _ in first })
  }

  func stops(of figure: Figure) -> [StepStop] { stops[figure.place] ?? [] }

  /// The sections in order; the usual course and a changed one beside each other where there is room.
  var sections: [Markup] {
    let all = plan.sections.enumerated().map { index, blocks in
      Markup.element(
        "section", ["id": "part-\(index + 1)"],
        blocks.enumerated().flatMap { place, block in html(block, isTitle: index == 0 && place == 0) })
    }
    guard setsBeside, let first = plan.courses else { return all }
    return all[..<first] + [.element("div", ["class": "courses"], Array(all[first...first + 1]))]
      + all[(first + 2)...]
  }

  private func html(_ block: LessonPlan.Block, isTitle: Bool) -> [Markup] {
    switch block {
    case .prose(let lines):
      // The title of the page is that of the report.
      let rest = isTitle && lines.first?.hasPrefix("# ") == true ? Array(lines.dropFirst()) : lines
      return ProseHTML(names: names).html(rest)
    case .figure(let figure): return [html(figure)]
    case .facts(let facts, let page): return [LessonFacts(facts: facts, page: page, names: names).html]
    case .cited(let claims): return CitedClaims(assessment: assessment, names: names).html(claims)
    }
  }

  private func html(_ figure: Figure) -> Markup {
    let all = plan.figures
    let place = all.firstIndex { $0.place == figure.place } ?? 0
    let before = place > 0 ? all[place - 1] : nil
    let after = place + 1 < all.count ? all[place + 1] : nil
    return LessonFigure(
      figure: figure, stops: stops(of: figure), names: names,
      before: before.flatMap { one in stops(of: one).last.map(one.id(of:)) },
      after: after.flatMap { one in stops(of: one).first.map(one.id(of:)) },
      showsSights: figure.isLadder || showsEvidence
    ).html
  }
}
