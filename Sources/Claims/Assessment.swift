package import Documents
package import Traces

/// A run beside its documents: all that a report shows. A pure function of the run.
package struct Assessment: Sendable {
  package var run: Run
  /// The scenarios, and the figures that they can measure.
  package let catalogue: Catalogue
  package var pages: [Page]
  /// In the order in which they were run.
  package var ladders: [LadderJudgement]
  package var facts: [Part]
  /// One verdict for each claim that the run's traces decide, in the documents' order.
  package var claims: [ClaimResult]

  package init(
    run: Run, catalogue: Catalogue, pages: [Page], ladders: [LadderJudgement], facts: [Part],
    claims: [ClaimResult]
  ) {
    self.run = run
    self.catalogue = catalogue
    self.pages = pages
    self.ladders = ladders
    self.facts = facts
    self.claims = claims
  }

  /// Only what these claims are about; the run stays whole, for they may be judged by any of its runs.
  package func narrowed(to ids: Set<String>) -> Assessment {
    var copy = self
    copy.claims = claims.filter { ids.contains($0.id) }
    return copy
  }

  /// True if something differs from its document.
  package var hasDifferences: Bool {
    claims.contains { $0.verdict.kind == .contradicted || $0.verdict.kind == .conditional }
  }

  /// Tells whether everything could be decided: all that was to be run, and all that looks like TCP was read. What a
  /// person left out was not to be run.
  package var isDecided: Bool {
    !claims.contains { $0.verdict.kind == .undecided } && pages.allSatisfy(\.unread.isEmpty)
  }
}

/// A claim: all parts of its document that make it up, and the verdict on them together.
package struct ClaimResult: Equatable, Sendable {
  package var id: String
  package var page: String
  package var line: Int
  /// The claim in a few words of our own; nil where the document has none.
  package var restatement: String?
  package var verdict: Verdict
  package var parts: [Part]

  package init(
    id: String, page: String, line: Int, restatement: String? = nil, verdict: Verdict, parts: [Part]
  ) {
    self.id = id
    self.page = page
    self.line = line
    self.restatement = restatement
    self.verdict = verdict
    self.parts = parts
  }
}
