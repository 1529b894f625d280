import Claims
import Documents

/// The pages' facts tables, each row beside its measured value.
struct FactsTables {
  let assessment: Assessment
  let figures: Figures
  let names: ClaimNames

  var html: [Markup] {
    assessment.pages.flatMap { page in page.facts.map { table($0, of: page) } }.compactMap { $0 }
  }

  /// nil where nothing of the table was run.
  private func table(_ facts: Facts, of page: Page) -> Markup? {
    var rows: [Markup.Row] = []
    for (index, fact) in facts.rows.enumerated() {
      let variants = assessment.facts.filter {
        $0.place.page == page.name && $0.place.table == facts.table && $0.subject == .fact(row: index)
      }
      let outcomes = Outcomes(variants, in: assessment.run).all
      for (number, outcome) in outcomes.enumerated() {
        rows.append(row(fact, outcome, isFirst: number == 0, isOnly: outcomes.count == 1))
      }
    }
    guard !rows.isEmpty else { return nil }
    return .table(
      caption: "\(page.name):\(facts.line)" + (facts.heading.map { ", \($0)" } ?? ""), form: "facts",
      head: ["what", "claim", "the document", "this kernel", "verdict", "source", "evidence"], rows: rows)
  }

  private func row(_ fact: Fact, _ outcome: Outcomes.Outcome, isFirst: Bool, isOnly: Bool) -> Markup.Row {
    let verdict = outcome.verdict
    let both = Difference(expected: verdict.expected, seen: verdict.seen)
    let isDecided = ![.undecided, .leftOut].contains(verdict.kind)
    var seen = [isDecided ? both.kernel : Markup("–")]
    if !isOnly, !outcome.conditions.isEmpty {
      seen.append(.element("div", ["class": "faint"], outcome.conditions.joined(separator: "; ")))
    }
    var said = [isDecided ? both.document : .code(verdict.expected)]
    if !fact.setBy.isEmpty { said.append(.element("div", ["class": "faint"], fact.setBy)) }
    return Markup.Row(
      form: verdict.mark.form + (isFirst ? "" : " more"),
      cells: [
        Markup(fact.what), .joined(fact.claims.map(names.link), by: " "), Markup(said), Markup(seen),
        verdict.mark.html, Markup(verdict.reason ?? ""),
        .joined(figures.links(to: outcome.parts, most: 1), by: " "),
      ])
  }
}
