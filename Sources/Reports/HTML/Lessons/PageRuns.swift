import Claims
import Documents
import Traces

/// The runs of a page's ladders and facts.
struct PageRuns {
  let assessment: Assessment
  let page: Page

  /// The sections of which something was run, and those that only have prose.
  var sections: [[Page.Block]] {
    page.sections.filter { section in
      let wereRun = section.compactMap { block -> Bool? in
        switch block {
        case .ladder(let ladder): !traces(of: ladder).isEmpty
        case .facts(let facts): facts.rows.indices.contains { !parts(of: facts, row: $0).isEmpty }
        default: nil
        }
      }
      return wereRun.isEmpty || wereRun.contains(true)
    }
  }

  /// The places of the runs of a ladder.
  func traces(of ladder: Ladder) -> [Int] {
    assessment.ladders.filter { $0.page == page.name && $0.ladder.table == ladder.table }.map(\.trace)
  }

  /// The judge's parts on a row of a facts table.
  func parts(of facts: Facts, row: Int) -> [Part] {
    assessment.facts.filter {
      $0.place.page == page.name && $0.place.table == facts.table && $0.place.row == row + 1
    }
  }

  /// The places of the runs that these facts were measured in.
  func traces(of facts: Facts) -> [Int] {
    var places: [Int] = []
    for evidence in facts.rows.indices.flatMap({ parts(of: facts, row: $0) }).flatMap(\.verdict.evidence)
    where !places.contains(evidence.trace) { places.append(evidence.trace) }
    return places
  }
}
