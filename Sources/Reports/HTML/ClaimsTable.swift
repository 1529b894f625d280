import Claims
import Documents

/// The claims of each page: which, how it stands, what was said and what was seen, and where to look.
struct ClaimsTable {
  let assessment: Assessment
  let figures: Figures
  let names: ClaimNames

  var html: [Markup] {
    assessment.claims.isEmpty ? [.element("p", "No claims were judged.")] : pages.map(table)
  }

  private var pages: [String] {
    var pages: [String] = []
    for claim in assessment.claims where !pages.contains(claim.page) { pages.append(claim.page) }
    return pages
  }

  private func table(of page: String) -> Markup {
    let title = assessment.pages.first { $0.name == page }?.title
    let rows = assessment.claims.indices.filter { assessment.claims[$0].page == page }.map { index in
      let claim = assessment.claims[index]
      let verdict = claim.verdict
      return Markup.Row(
        id: names.ids[index], form: verdict.mark.form,
        cells: [
          Markup(claim.id), Markup(claim.restatement?.withoutPlace ?? ""), verdict.mark.html,
          document(verdict), kernel(claim),
          .joined(figures.links(to: claim.decisive, most: 1), by: " "),
        ])
    }
    return .table(
      caption: page + (title.map { ": \($0)" } ?? ""), form: "claims",
      head: ["claim", "", "verdict", "the document", "this kernel", "evidence"], rows: rows)
  }

  private func document(_ verdict: Verdict) -> Markup {
    verdict.mark == .contradicted || verdict.mark == .simplified
      ? Difference(expected: verdict.expected, seen: verdict.seen).document : .code(verdict.expected)
  }

  /// The kernel's action, and below it the reason that the kernel gives for it.
  private func kernel(_ claim: ClaimResult) -> Markup {
    let reasons = assessment.reasons(of: claim).map { Markup.element("div", ["class": "faint"], $0) }
    return Markup([kernel(claim.verdict)] + reasons)
  }

  private func kernel(_ verdict: Verdict) -> Markup {
    switch verdict.mark {
    case .contradicted, .simplified: Difference(expected: verdict.expected, seen: verdict.seen).kernel
    case .confirmed, .conditional: .code(verdict.seen)
    case .undecided, .unobservable, .leftOut: .element("span", ["class": "faint"], verdict.reason ?? "")
    }
  }
}

/// The names of the claims within the page, so that a link can lead to one: their ids, where these are plain and
/// used once.
struct ClaimNames {
  let ids: [String]
  private let known: [String: Int]

  init(_ claims: [ClaimResult]) {
    var known: [String: Int] = [:]
    var ids: [String] = []
    for (index, claim) in claims.enumerated() {
      let isPlain =
        !claim.id.isEmpty && claim.id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") }
      let isFree = known[claim.id] == nil
      ids.append(isPlain && isFree && claim.id.first?.isLetter == true ? claim.id : "claim-\(index + 1)")
      if isFree { known[claim.id] = index }
    }
    self.ids = ids
    self.known = known
  }

  /// Tells whether this is the id of a claim that was judged.
  func has(_ claim: String) -> Bool { known[claim] != nil }

  /// The claim's id, as a link to its row where it has one.
  func link(_ claim: String) -> Markup {
    guard let index = known[claim] else { return Markup(claim) }
    return .element("a", ["href": "#" + ids[index], "class": "claim"], claim)
  }
}
