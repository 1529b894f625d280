package import Documents
package import Traces

/// The runs that decide a document: its ladders, and for its facts the scenarios that measure them.
package enum RunList {
  /// All that is to be run for these pages, what takes longest first.
  ///
  /// - Parameter isWanted: by the claims of a rung or fact; all, where it is nil.
  package static func runnables(
    of pages: [Page], in catalogue: Catalogue, isWanted: ((String) -> Bool)? = nil
  ) -> [Runnable] {
    func wants(_ claims: [String]) -> Bool { isWanted.map { claims.contains(where: $0) } ?? true }
    var runnables: [Runnable] = []
    var scenarios: [Declaration] = []
    // A scenario is run under the conditions that its rows name, and of any other row under those that leave its figure.
    var wanted: [ScenarioName: [[Condition]]] = [:]
    for page in pages {
      for ladder in page.ladders where wants(ladder.claims) {
        runnables += readings(of: ladder, page: page.name).map {
          .ladder(ladder, page: page.name, reading: $0)
        }
      }
      for facts in page.facts {
        for (row, fact) in facts.rows.enumerated() where wants(facts.claims(ofRow: row)) {
          guard let scenario = catalogue.scenario(measuring: fact.what) else { continue }
          if wanted[scenario.name] == nil { scenarios.append(scenario) }
          wanted[scenario.name, default: []] += conditions(for: fact, of: scenario)
        }
      }
    }
    for scenario in scenarios {
      let own = scenario.conditions(everyTimer: true)
      let named = wanted[scenario.name] ?? []
      var all = own.filter(named.contains)
      // Those that no scenario declares, but a row names: in the order of the rows.
      for conditions in named where !own.contains(conditions) && !all.contains(conditions) {
        all.append(conditions)
      }
      runnables += all.map { .scenario(scenario.name, under: $0) }
    }
    return runnables
  }

  /// The conditions that a scenario is to be run under for a row: those that it names, or all that leave its figure, those
  /// that wait every timer out only where no others do.
  private static func conditions(for fact: Fact, of scenario: Declaration) -> [[Condition]] {
    switch fact.variants(of: scenario) {
    case .under(let named): return named
    case .none: return []
    case .all: break
    }
    guard let figure = scenario.figure(fact.what) else { return scenario.conditions }
    let usual = scenario.conditions(of: figure, everyTimer: false)
    return usual.isEmpty ? scenario.conditions(of: figure) : usual
  }

  /// The data that a program may have read before a close() of this ladder: each that makes another plan of it, where the
  /// page does not say which one it means.
  private static func readings(of ladder: Ladder, page: String) -> [Plan.Reading?] {
    let usual = try? Plan(ladder, page: page)
    return usual?.leavesReadingOpen == true ? Plan.Reading.allCases : [nil]
  }

  /// All that a record holds: the ladders of these pages, and every scenario under each of its conditions.
  ///
  /// - Parameter isEvery: whether every timer is waited out, too.
  package static func recorded(
    from pages: [Page], in catalogue: Catalogue, everyTimer isEvery: Bool = false
  ) -> [Runnable] {
    let ladders = pages.flatMap { page in
      page.ladders.map { Runnable.ladder($0, page: page.name, reading: nil) }
    }
    let scenarios = catalogue.scenarios.filter(\.isRecorded).flatMap { scenario in
      scenario.conditions(everyTimer: isEvery).map { Runnable.scenario(scenario.name, under: $0) }
    }
    return ladders + scenarios
  }

  /// The least time that a run waits for the kernel, in seconds; 0 for a short time.
  package static func wait(for runnable: Runnable, in catalogue: Catalogue) -> Int {
    guard case .scenario(let name, let conditions) = runnable else { return 0 }
    return catalogue[name]?.wait(under: conditions) ?? 0
  }
}
