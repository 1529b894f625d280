package import Benches
package import Claims
package import Documents
import Scenarios
package import Traces

extension Assessment {
  /// Plays what these pages say, as the commands do, and judges it.
  ///
  /// - Parameters:
  ///   - player: one for this bench, where there is one already.
  ///   - sections: only what makes claims whose ids begin so; all, where it is empty.
  package init(
    playing sources: [Run.Source], on bench: any Bench, with player: Player? = nil, sections: [String] = [],
    passiveClose: Plan.PassiveClose = .late
  ) throws {
    func isWanted(_ claims: [String]) -> Bool {
      sections.isEmpty || claims.contains { claim in sections.contains { claim.hasPrefix($0) } }
    }
    let player = player ?? Player(on: bench)
    var traces: [Trace] = []
    var scenarios: [ScenarioID] = []
    for source in sources {
      let page = try Page(reading: source.text, name: source.name)
      for ladder in page.ladders where isWanted(ladder.rungs.flatMap(\.claims)) {
        traces.append(try player.play(ladder, of: page.name, passiveClose: passiveClose))
      }
      for fact in page.facts.flatMap(\.rows) where isWanted(fact.claims) {
        guard let scenario = PlayList.scenario(measuring: fact.what), !scenarios.contains(scenario) else {
          continue
        }
        scenarios.append(scenario)
      }
    }
    for scenario in scenarios {
      for conditions in PlayList.conditions(of: scenario) {
        traces.append(try Scenarios.play(scenario, under: conditions, with: player, on: bench))
      }
    }
    let machine = Machine(release: "tested", architecture: "any", hertz: nil, time: 0)
    try self.init(
      of: Run(version: "test", command: "test", machine: machine, documents: sources, traces: traces))
  }

  /// The claim's verdict as a report names it; `simplified` where the document only leaves something out.
  package func verdict(_ claim: String) -> String {
    guard let found = claims.first(where: { $0.id == claim }) else { return "no verdict" }
    return found.verdict.isSimplified ? "simplified" : found.verdict.kind.rawValue
  }
}

extension Run.Source {
  /// The built-in pages as they are.
  package static var builtIn: [Run.Source] {
    BuiltInPages.all.map { Run.Source(name: $0.id, text: $0.source) }
  }

  /// This page with a place of its text changed; nil where that place is not there exactly once.
  package func changed(_ old: String, to new: String) -> Run.Source? {
    let parts = text.split(separator: old, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    return Run.Source(name: name, text: parts.joined(separator: new))
  }
}

extension Player {
  /// Plays the one table of this Markdown text.
  package func play(table text: String) throws -> Trace {
    let page = try Page(reading: text, name: "table")
    guard let ladder = page.ladders.first else {
      throw PageError(page: "table", message: "this test's table is no ladder")
    }
    return try play(ladder, of: page.name)
  }
}
