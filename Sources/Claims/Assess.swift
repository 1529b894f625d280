package import Documents
import Notations
package import Traces

extension Assessment {
  /// Judges a run: reads its documents again, puts each ladder and each fact beside what was run, and gathers the
  /// parts of each claim.
  ///
  /// - Parameter catalogue: what scenarios can measure.
  /// - Throws: ``PageError`` where a document in the run cannot be read.
  package init(of run: Run, by catalogue: Catalogue) throws(PageError) {
    let run = run.inPresentWords(of: catalogue)
    var pages: [Page] = []
    for source in run.documents {
      var page = try Page(of: source, by: catalogue)
      // Nothing is skipped in silence, neither what no scenario measures.
      for fact in page.facts.flatMap(\.rows) where catalogue.scenario(measuring: fact.what) == nil {
        page.unread.append(
          Page.Unread(line: fact.line, text: catalogue.unknown(fact.what), kind: .other(nil)))
      }
      page.unread.sort { $0.line < $1.line }
      pages.append(page)
    }
    var ladders: [LadderJudgement] = []
    for (index, trace) in run.traces.enumerated() {
      guard case .ladder(let page, let table) = trace.variant.subject,
        let ladder = pages.first(where: { $0.name == page })?.ladders.first(where: { $0.table == table })
      else { continue }
      var judge = LadderJudge(ladder, of: page, trace: trace, index: index)
      ladders.append(judge.judge())
    }
    ladders = ladders.conditional(in: run)
    var gathering = Gathering(run: run, catalogue: catalogue)
    for page in pages {
      for block in page.blocks {
        switch block {
        case .prose: continue
        case .ladder(let ladder):
          for judgement in ladders where judgement.page == page.name && judgement.ladder.table == ladder.table
          {
            for part in judgement.parts { gathering.add(part, trace: judgement.trace) }
          }
        case .facts(let facts): gathering.add(facts, of: page)
        }
      }
    }
    self.init(
      run: run, catalogue: catalogue, pages: pages, ladders: ladders, facts: gathering.facts,
      claims: gathering.results { id in pages.lazy.compactMap { $0.restatement(of: id) }.first })
  }
}

/// Collects the parts of each claim, in the order of the documents.
private struct Gathering {
  let run: Run
  let catalogue: Catalogue
  private(set) var facts: [Part] = []
  private var order: [String] = []
  /// The facts without a claim's id.
  private var unnamed: [String: Fact] = [:]
  private var parts: [String: [(part: Part, trace: Int)]] = [:]

  init(run: Run, catalogue: Catalogue) {
    self.run = run
    self.catalogue = catalogue
  }

  mutating func add(_ part: Part, trace: Int) {
    for claim in part.claims {
      // Two pages may use the same id.
      let key = part.place.page + ":" + claim
      if parts[key] == nil { order.append(key) }
      parts[key, default: []].append((part, trace))
    }
  }

  mutating func add(_ facts: Facts, of page: Page) {
    let judge = FactJudge(run: run, catalogue: catalogue)
    for (row, fact) in facts.rows.enumerated() {
      let place = Place(
        page: page.name, line: fact.line, table: facts.table, row: row + 1, column: Facts.column)
      for (trace, verdict) in judge.judge(fact) {
        let part = Part(
          subject: .fact(row: row), place: place, claims: facts.claims(ofRow: row), verdict: verdict)
        self.facts.append(part)
        add(part, trace: trace)
        if fact.claims.isEmpty { unnamed[page.name + ":" + place.id] = fact }
      }
    }
  }

  func results(restatement: (String) -> String?) -> [ClaimResult] {
    // A page's claims in the order of their ids, as a person looks for them.
    let pages = run.documents.map(\.name)
    let sorted = order.sorted { first, second in
      guard let one = parts[first]?.first?.part, let other = parts[second]?.first?.part else { return false }
      let places = [one, other].map { pages.firstIndex(of: $0.place.page) ?? 0 }
      if places[0] != places[1] { return places[0] < places[1] }
      return numbers(first).lexicographicallyPrecedes(numbers(second))
    }
    return sorted.compactMap { key in
      guard let all = parts[key], let first = all.first?.part else { return nil }
      let id = String(key.dropFirst(first.place.page.count + 1))
      let verdict = Verdict(combining: all, in: run)
      return ClaimResult(
        id: id, page: first.place.page, line: first.place.line,
        restatement: restatement(id) ?? unnamed[key].map { Self.restatement(of: $0, verdict) },
        verdict: verdict, parts: all.map(\.part))
    }
  }

  /// The figure; with its value where the verdict does not show that beside what was seen.
  private static func restatement(of fact: Fact, _ verdict: Verdict) -> String {
    verdict.kind == .confirmed && !fact.value.isEmpty ? "\(fact.what): \(fact.value)" : fact.what
  }

  /// The numbers of an id, behind the letters of its first component.
  private func numbers(_ id: String) -> [Int] {
    id.split(separator: ".").map { Int($0.filter(\.isNumber)) ?? 0 }
  }
}
