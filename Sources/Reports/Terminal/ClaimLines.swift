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

  /// - Parameter isBrief: leaves out what was seen, where that is shown elsewhere.
  func lines(isBrief: Bool = false) -> [Line] {
    guard !assessment.claims.isEmpty else { return [] }
    var lines: [Line] = []
    for page in pages {
      var table = TextTable()
      for claim in assessment.claims where claim.page == page {
        let mark = claim.verdict.mark
        table.rows.append([
          .init(claim.id, .strong),
          .init("\(glyphs.sign(of: mark)) \(mark.words)", mark.tone),
          .init(isBrief ? words(of: claim) : paragraphs(of: claim)),
        ])
      }
      lines += [Line(), Line("Claims of \(page)", .strong)] + table.lines(width: style.width)
    }
    return lines
  }

  private var pages: [String] {
    var names: [String] = []
    for claim in assessment.claims where !names.contains(claim.page) { names.append(claim.page) }
    return names
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
    return all + verdict.notes.map { Paragraph($0, .faint) }
  }
}
