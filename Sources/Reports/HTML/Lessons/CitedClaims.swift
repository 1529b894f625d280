import Claims
import Documents

/// Claims of other pages in a lesson: their sources, the verdicts, and both values where they differ.
struct CitedClaims {
  let assessment: Assessment
  let names: ClaimNames

  func html(_ ids: [String]) -> [Markup] {
    html(assessment.claims.filter { ids.contains($0.id) })
  }

  func html(_ cited: [ClaimResult]) -> [Markup] {
    var pages: [String] = []
    for claim in cited where !pages.contains(claim.page) { pages.append(claim.page) }
    return pages.map { page in
      .table(
        caption: source(page), form: "cited", head: ["claim", "what the document says", "verdict"],
        rows: cited.filter { $0.page == page }.map(row))
    }
  }

  private func source(_ page: String) -> String {
    BuiltInPages.page(page)?.original ?? assessment.pages.first { $0.name == page }?.title ?? page
  }

  private func row(_ claim: ClaimResult) -> Markup.Row {
    let verdict = claim.verdict
    var said: [Markup] = ProseHTML.inline((claim.restatement?.withoutPlace ?? verdict.expected).asSentence)
    switch verdict.mark {
    case .contradicted, .simplified, .conditional:
      let both = Difference(expected: verdict.expected, seen: verdict.seen)
      said.append(
        .element(
          "div", ["class": "both"],
          [
            .element("span", ["class": "label"], "document "), both.document,
            .element("span", ["class": "label"], " kernel "), both.kernel,
          ]))
    case .confirmed, .undecided, .unobservable, .leftOut: break
    }
    if verdict.mark != .confirmed, let reason = verdict.reason, !reason.isEmpty {
      said.append(.element("div", ["class": "reason"], reason))
    }
    return Markup.Row(
      form: verdict.mark.form, cells: [names.link(claim.id), Markup(said), verdict.mark.html])
  }
}
