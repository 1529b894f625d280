package import Documents
package import Traces

/// What is played to decide a document: its ladders, and for its facts the scenarios that measure them.
package enum PlayList {
  /// All that is to be played for these pages, what takes longest first.
  ///
  /// - Parameter isWanted: by the claims of a rung or fact; all, where it is nil.
  package static func playables(
    of pages: [Page], passiveClose: Plan.PassiveClose = .late, isWanted: ((String) -> Bool)? = nil
  ) -> [Playable] {
    func wants(_ claims: [String]) -> Bool { isWanted.map { claims.contains(where: $0) } ?? true }
    var all: [Playable] = []
    var scenarios: [ScenarioID] = []
    // A scenario whose rows all name a condition is played under those only.
    var setBy: [ScenarioID: [String]] = [:]
    for page in pages {
      for ladder in page.ladders where wants(ladder.rungs.flatMap(\.claims)) {
        all.append(.ladder(ladder, page: page.name, passiveClose: passiveClose))
      }
      for fact in page.facts.flatMap(\.rows) where wants(fact.claims) {
        guard let scenario = ScenarioID(measuring: fact.what) else { continue }
        if !scenarios.contains(scenario) { scenarios.append(scenario) }
        setBy[scenario, default: []].append(fact.setBy)
      }
    }
    for scenario in scenarios {
      let conditions = scenario.card.conditions
      let named = (setBy[scenario] ?? []).map { text in conditions.first { $0.setBy.isFolded(text) } }
      let wanted = named.contains(nil) ? conditions : conditions.filter { named.contains($0) }
      all += wanted.map { .scenario(scenario, under: $0) }
    }
    return all
  }

  /// All that a record holds: the ladders of these pages, and every scenario under each of its conditions.
  ///
  /// - Parameter isEvery: whether every timer is waited out, too.
  package static func recorded(from pages: [Page], everyTimer isEvery: Bool = false) -> [Playable] {
    let ladders = pages.flatMap { page in
      page.ladders.map { Playable.ladder($0, page: page.name, passiveClose: .late) }
    }
    let scenarios = ScenarioID.allCases.filter(\.card.isRecorded).flatMap { id in
      id.card.conditions(everyTimer: isEvery).map { Playable.scenario(id, under: $0) }
    }
    return ladders + scenarios
  }

  /// How long a play waits for the kernel at least, in seconds; 0 where that is less than anybody minds.
  package static func wait(for playable: Playable) -> Int {
    if case .scenario(let id, let conditions) = playable { id.card.wait(under: conditions) } else { 0 }
  }
}
