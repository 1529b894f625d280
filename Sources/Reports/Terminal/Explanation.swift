package import Claims
import Documents
import Traces

extension Assessment {
  /// A claim in full: where it stands, what was said and seen, what was run for it, and why kernels do so.
  func explanation(of claim: ClaimResult, style: Style) -> [Line] {
    let glyphs = Glyphs(unicode: style.unicode)
    let verdict = claim.verdict
    let mark = verdict.mark
    var head = Line("\(claim.id)  ", .strong) + Line("\(glyphs.sign(of: mark)) \(mark.words)", mark.tone)
    head = head.clipped(to: style.width, mark: glyphs.ellipsis)
    var table = TextTable()
    func add(_ label: String, _ text: String, _ tone: Tone = .plain) {
      if !text.isEmpty { table.rows.append([.init(label, .faint), .init(text, tone)]) }
    }
    // What a page of our own has in parentheses is a part of what it says.
    let said = isOwn(claim.page) ? claim.restatement : claim.restatement?.withoutPlace
    add("claim", said ?? verdict.expected)
    add("source", place(of: claim))
    let figures = figures(of: claim)
    add("figure", figures)
    add("run", variants(of: claim))
    add("document", verdict.expected)
    let isCompared = mark != .undecided || !verdict.evidence.isEmpty
    let seen = mark == .conditional ? verdict.seen.replacing("), ", with: ")\n") : verdict.seen
    add("kernel", isCompared ? seen : "not compared", mark.tone)
    add(!figures.isEmpty && !mark.isOpen ? "measured by" : "because", verdict.reason ?? "")
    add("reason", reasons(of: claim).joined(separator: "\n"))
    add("why", BuiltInPages.page(claim.page) == nil ? "" : BuiltInPages.reason(for: claim.id) ?? "")
    return [head] + table.lines(width: style.width)
  }

  /// The figures of a claim that is one of facts: its reason then names the source of the value.
  private func figures(of claim: ClaimResult) -> String {
    var names: [String] = []
    for part in claim.parts {
      guard case .fact(let row) = part.subject,
        let page = pages.first(where: { $0.name == part.place.page }),
        let facts = page.facts.first(where: { $0.table == part.place.table }),
        facts.rows.indices.contains(row)
      else { continue }
      let name = facts.rows[row].what
      if !names.contains(name) { names.append(name) }
    }
    return names.joined(separator: "; ")
  }

  /// The page and line, and where the original has it.
  private func place(of claim: ClaimResult) -> String {
    let place = "\(claim.page):\(claim.line)"
    guard !isOwn(claim.page), let text = claim.restatement, text.hasSuffix(")."),
      let open = text.lastIndex(of: "(")
    else { return place }
    return "\(place) (original: \(text[text.index(after: open)...].dropLast(2)))"
  }

  private func isOwn(_ page: String) -> Bool {
    !BuiltInPages.all.contains { $0.id == page } && BuiltInPages.page(page) != nil
  }

  /// The runs that decided the claim: each title once, with the conditions that it was run under.
  private func variants(of claim: ClaimResult) -> String {
    var titles: [(heading: String, conditions: [String])] = []
    let variants = traces(of: claim).map { run.traces[$0].variant }
    for (index, variant) in zip(traces(of: claim), variants) {
      let heading = RunTitle(variant, judgement: ladders.first { $0.trace == index }, pages: pages).heading
      if let known = titles.firstIndex(where: { $0.heading == heading }) {
        titles[known].conditions.append(variant.conditions.setBy)
      } else {
        titles.append((heading, [variant.conditions.setBy]))
      }
    }
    let texts = titles.map { title in
      title.conditions == ["by default"]
        ? title.heading : "\(title.heading) (\(title.conditions.joined(separator: "; ")))"
    }
    guard let first = variants.first else { return "" }
    return texts.joined(separator: ", ") + "; " + first.place
  }

  /// The places of the traces that decide the claim.
  func traces(of claim: ClaimResult) -> [Int] {
    var places: [Int] = []
    for evidence in claim.verdict.evidence where !places.contains(evidence.trace) {
      places.append(evidence.trace)
    }
    return places.sorted()
  }

  /// The claims in full, each with the drawings of what decided it.
  package func explanations(style: Style) -> String {
    var lines: [Line] = []
    for claim in claims {
      if !lines.isEmpty { lines.append(Line()) }
      lines += explanation(of: claim, style: style)
      for index in traces(of: claim) { lines += terminalLines(ofTrace: index, style: style) }
    }
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }

  /// All claims in a few words, then the differences in full, each drawing once.
  func overview(style: Style) -> [Line] {
    var lines = ClaimLines(self, style: style).lines(isBrief: true)
    let differing = claims.filter { [.contradicted, .conditional].contains($0.verdict.kind) }
    if !differing.isEmpty { lines += [Line(), Line("Where the document and the kernel disagree", .strong)] }
    var drawn: Set<Int> = []
    for claim in differing {
      lines += [Line()] + explanation(of: claim, style: style)
      for index in traces(of: claim) where isWorthDrawing(index) && drawn.insert(index).inserted {
        lines += terminalLines(ofTrace: index, style: style)
      }
    }
    return lines
  }
}
