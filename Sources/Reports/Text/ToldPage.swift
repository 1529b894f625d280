import Claims
import Documents
import Traces

/// A page from top to bottom, with what was run in the place of what it says: the same parts for every format.
struct ToldPage {
  let assessment: Assessment
  let page: Page

  enum Block {
    case prose([String])
    /// Claims of other pages, by their ids.
    case cited([String])
    /// The run at this place: a ladder of the page, or one that its facts were measured in.
    case run(Int)
    case facts(Facts)
  }

  /// A value that was measured for a row of a facts table.
  struct Value: Equatable {
    let mark: Mark
    /// The value; of one that is open, the verdict.
    let text: String
    /// The page's value, where it differs.
    let expected: String?
    let reason: String?
  }

  /// Tells whether a section is shown: one whose tables were not run is left out.
  func isShown(_ section: [Page.Block]) -> Bool {
    let wereRun = section.compactMap { block -> Bool? in
      switch block {
      case .prose: nil
      case .ladder(let ladder): !traces(of: ladder).isEmpty
      case .facts(let facts): facts.rows.indices.contains { !parts(of: facts, row: $0).isEmpty }
      }
    }
    return wereRun.isEmpty || wereRun.contains(true)
  }

  /// The parts of a section. One without a ladder shows the runs that its facts were measured in.
  func blocks(of section: [Page.Block]) -> [Block] {
    let hasLadder = section.contains { if case .ladder = $0 { true } else { false } }
    return section.flatMap { block -> [Block] in
      switch block {
      case .prose(let lines, _): return Self.blocks(of: lines)
      case .ladder(let ladder): return traces(of: ladder).map(Block.run)
      case .facts(let facts): return (hasLadder ? [] : traces(of: facts).map(Block.run)) + [.facts(facts)]
      }
    }
  }

  /// The places of all runs that the page shows, in its order.
  var runs: [Int] {
    page.sections.filter(isShown).flatMap(blocks).compactMap {
      if case .run(let place) = $0 { place } else { nil }
    }
  }

  /// The prose, cut where it cites claims.
  private static func blocks(of prose: [String]) -> [Block] {
    var blocks: [Block] = []
    var before: [String] = []
    for line in prose {
      guard let claims = Page.claims(citedIn: line) else {
        before.append(line)
        continue
      }
      blocks += [.prose(before), .cited(claims)]
      before = []
    }
    return blocks + [.prose(before)]
  }

  /// The judge's parts on a row of a facts table; none where it was not run.
  func parts(of facts: Facts, row: Int) -> [Part] {
    assessment.facts.filter {
      $0.place.page == page.name && $0.place.table == facts.table && $0.place.row == row + 1
    }
  }

  /// The values that these parts have, each once. The source of a figure is told where that has numbers of its own: a
  /// descriptor, the time that was left.
  ///
  /// - Parameter tellsSources: true to tell every source.
  func values(of fact: Fact, _ parts: [Part], tellsSources: Bool = false) -> [Value] {
    var values: [Value] = []
    for verdict in parts.map(\.verdict) {
      let isOpen = verdict.mark.isOpen
      // The reason of what was left out names the verdict itself.
      let isNamed = verdict.mark == .leftOut && verdict.reason != nil
      let value = Value(
        mark: verdict.mark, text: isNamed ? verdict.reason ?? "" : isOpen ? verdict.mark.words : verdict.seen,
        expected: verdict.kind == .contradicted ? fact.value : nil,
        reason: verdict.reason.flatMap {
          !isNamed && (isOpen || tellsSources || $0.contains(where: \.isNumber)) ? $0 : nil
        })
      if !values.contains(value) { values.append(value) }
    }
    return values
  }

  private func traces(of ladder: Ladder) -> [Int] {
    assessment.ladders.filter { $0.page == page.name && $0.ladder.table == ladder.table }.map(\.trace)
  }

  /// The places of the runs that these facts were measured in.
  private func traces(of facts: Facts) -> [Int] {
    var places: [Int] = []
    for evidence in facts.rows.indices.flatMap({ parts(of: facts, row: $0) }).flatMap(\.verdict.evidence)
    where !places.contains(evidence.trace) { places.append(evidence.trace) }
    return places
  }
}
