import Claims
import Documents

/// The claims as a table: which, how it stands, what was said and what was seen.
struct ClaimLines {
  private let assessment: Assessment
  private let style: Style
  private let glyphs: Glyphs

  init(_ assessment: Assessment, style: Style) {
    self.assessment = assessment
    self.style = style
    glyphs = Glyphs(unicode: style.unicode)
  }

  /// - Parameters:
  ///   - isBrief: leaves out what was seen, where that is shown elsewhere.
  ///   - ids: the claims that are told; nil for all.
  func lines(isBrief: Bool = false, of ids: [String]? = nil) -> [Line] {
    var lines: [Line] = []
    let told = assessment.claims.filter { ids?.contains($0.id) ?? true }
    var pages: [String] = []
    for claim in told where !pages.contains(claim.page) { pages.append(claim.page) }
    for page in pages {
      var table = TextTable()
      for claim in told where claim.page == page {
        let mark = claim.verdict.mark
        table.rows.append([
          .init(claim.id, .strong),
          .init("\(glyphs.sign(of: mark)) \(mark.words)", mark.tone),
          .init(isBrief ? words(of: claim) : paragraphs(of: claim)),
        ])
      }
      lines += [Line(), Line(heading(page), .strong)] + table.lines(width: style.width)
    }
    return lines
  }

  /// The page by its name, and by its title where it comes with the program.
  private func heading(_ name: String) -> String {
    guard BuiltInPages.page(name) != nil,
      let title = assessment.pages.first(where: { $0.name == name })?.title
    else { return "Claims of \(name)" }
    return "Claims of \(name): \(title)"
  }

  /// The claim in words, and the reason where it could not be decided.
  private func words(of claim: ClaimResult) -> [Paragraph] {
    let text = Paragraph(claim.restatement?.withoutPlace ?? claim.verdict.expected)
    guard claim.verdict.mark.isOpen else { return [text] }
    return [text] + (claim.verdict.reason.map { [Paragraph($0, .faint)] } ?? [])
  }

  private func paragraphs(of claim: ClaimResult) -> [Paragraph] {
    let verdict = claim.verdict
    var all: [Paragraph] = []
    if let restatement = claim.restatement { all.append(Paragraph(restatement.withoutPlace)) }
    switch verdict.mark {
    case .confirmed:
      if claim.restatement == nil || verdict.seen != verdict.expected {
        all.append(Paragraph(verdict.seen, .faint))
      }
    case .contradicted, .simplified, .conditional:
      all += Paragraph.both(expected: verdict.expected, seen: verdict.seen, mark: verdict.mark)
    case .undecided, .unobservable, .leftOut:
      if claim.restatement == nil { all.append(Paragraph(verdict.expected)) }
    }
    if let reason = verdict.reason, !reason.isEmpty { all.append(Paragraph(reason, .faint)) }
    // A lesson does without the notes on how its pages were run.
    if style.tellsPages, !style.showsEvidence { return all }
    return all + verdict.notes.map { Paragraph($0, .faint) }
  }
}
