import Claims
import Documents
import Traces

/// Every claim that is not simply confirmed, in full: each of its parts, and what came of it under which condition.
struct Differences {
  let assessment: Assessment
  let figures: Figures
  let names: ClaimNames

  var html: [Markup] {
    assessment.claims.indices.filter { isDifferent(assessment.claims[$0].verdict.mark) }.map(article)
  }

  private func isDifferent(_ mark: Mark) -> Bool {
    switch mark {
    case .contradicted, .simplified, .conditional: true
    case .confirmed, .undecided, .unobservable, .leftOut: false
    }
  }

  private func article(_ index: Int) -> Markup {
    let claim = assessment.claims[index]
    let mark = claim.verdict.mark
    var content: [Markup] = [
      .element(
        "h3",
        [
          mark.sign(label: mark.words), Markup(" "),
          .element("a", ["href": "#" + names.ids[index], "class": "claim"], claim.id), Markup(" "),
          Markup(claim.restatement?.withoutPlace ?? ""),
        ])
    ]
    let parts = different(claim.parts)
    content += parts.isEmpty ? [compared(claim.verdict)] : parts.map { part(of: $0) }
    return .element("article", ["class": "difference \(mark.form)"], content)
  }

  /// The parts that differ, each with all runs of it.
  private func different(_ parts: [Part]) -> [[Part]] {
    var groups: [[Part]] = []
    for part in parts {
      if let known = groups.firstIndex(where: { $0[0].isSame(as: part) }) {
        groups[known].append(part)
      } else {
        groups.append([part])
      }
    }
    return groups.filter { $0.contains { $0.differs } }
  }

  private func part(of variants: [Part]) -> Markup {
    let first = variants.first { $0.differs } ?? variants[0]
    var content = [
      Markup.element(
        "p", ["class": "details"], "\(first.place.page):\(first.place.line), \(subject(first))")
    ]
    let outcomes = Outcomes(variants, in: assessment.run)
    if outcomes.all.count == 1 {
      content.append(compared(first.verdict))
      content.append(look(at: variants))
    } else {
      content.append(.element("p", [Markup("The document: "), .code(first.verdict.expected)]))
      content.append(
        .table(
          caption: "Results by condition", hidesCaption: true, form: "outcomes",
          head: ["under", "verdict", "this kernel", "evidence"],
          rows: outcomes.all.map { outcome in
            Markup.Row(
              form: outcome.verdict.mark.form,
              cells: [
                Markup(outcome.conditions.joined(separator: "; ")), outcome.verdict.mark.html,
                .code(outcome.verdict.seen), .joined(figures.links(to: outcome.parts, most: 1), by: " "),
              ])
          }))
    }
    return .element("div", content)
  }

  private func compared(_ verdict: Verdict) -> Markup {
    let both = Difference(expected: verdict.expected, seen: verdict.seen)
    var content: [Markup] = [
      .element(
        "div", ["class": "said"], [.element("span", ["class": "label"], "the document"), both.document]),
      .element("div", ["class": "did"], [.element("span", ["class": "label"], "this kernel"), both.kernel]),
    ]
    if let reason = verdict.reason, !reason.isEmpty {
      content.append(.element("p", ["class": "reason"], reason))
    }
    content += verdict.notes.map { .element("p", ["class": "reason"], $0) }
    return .element("div", ["class": "compare large \(verdict.mark.form)"], content)
  }

  private func look(at parts: [Part]) -> Markup {
    let links = figures.links(to: parts)
    guard !links.isEmpty else { return .nothing }
    return .element("p", ["class": "details"], [Markup("Evidence: "), .joined(links, by: ", "), Markup(".")])
  }

  private func subject(_ part: Part) -> String {
    switch part.subject {
    case .segment: "a segment"
    case .state: "a state"
    case .fact: "a fact"
    case .extra: "a segment that is not in the document"
    }
  }
}

extension Part {
  /// Tells whether it is not, or not under every condition, as the document says.
  fileprivate var differs: Bool { verdict.kind == .contradicted || verdict.kind == .conditional }
}

/// The outcomes of one part of a claim in all its runs, each once, with the conditions that lead to it.
struct Outcomes {
  struct Outcome {
    var verdict: Verdict
    var conditions: [String]
    /// The part in each of these runs.
    var parts: [Part]
  }

  private(set) var all: [Outcome] = []

  init(_ variants: [Part], in run: Run) {
    for part in variants {
      let place = part.verdict.evidence.first?.trace
      let variant = place.flatMap { run.traces.indices.contains($0) ? run.traces[$0].variant : nil }
      let condition = variant.map { $0.conditions.setBy } ?? ""
      if let known = all.firstIndex(where: {
        $0.verdict.seen == part.verdict.seen && $0.verdict.kind == part.verdict.kind
      }) {
        if !all[known].conditions.contains(condition), !condition.isEmpty {
          all[known].conditions.append(condition)
        }
        all[known].parts.append(part)
      } else {
        all.append(
          Outcome(
            verdict: part.verdict, conditions: condition.isEmpty ? [] : [condition], parts: [part]))
      }
    }
  }
}
