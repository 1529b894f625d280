package import Benches
package import Claims
import Documents
import Notations
import Scenarios
package import Traces

extension Assessment {
  /// Runs what these pages say, as the commands do, and judges it. Other tests keep the machine busy, so a run is begun more
  /// often before it is given up.
  ///
  /// - Parameters:
  ///   - runner: one for this bench, where there is one already; then all is run on it, one after the other.
  ///   - sections: only what makes claims whose ids begin so; all, where it is empty.
  ///   - longest: what waits for the kernel for so many seconds or longer is left out.
  ///   - claims: only what makes these claims; all, where it is empty.
  package init(
    running sources: [Run.Source], on bench: any Bench, with runner: Runner? = nil, sections: [String] = [],
    claims: Set<String> = [], longest: Int = 2
  ) throws {
    let pages = try sources.map { try Page(reading: $0.text, name: $0.name) }
    func isWanted(_ claim: String) -> Bool {
      (sections.isEmpty || sections.contains { claim.hasPrefix($0) })
        && (claims.isEmpty || claims.contains(claim))
    }
    let runnables = RunList.runnables(
      of: pages, in: Scenarios.catalogue,
      isWanted: sections.isEmpty && claims.isEmpty ? nil : isWanted
    ).filter { RunList.wait(for: $0, in: Scenarios.catalogue) < longest }
    let traces =
      try runner.map { runner in
        try runnables.map { try Scenarios.run($0, with: runner, on: bench) }
      } ?? Scenarios.run(runnables, on: bench, lanes: 1, tries: 100)
    let machine = Machine(release: "tested", architecture: "any", hertz: nil, time: 0)
    try self.init(
      of: Run(version: "test", command: "test", machine: machine, documents: sources, traces: traces),
      by: Scenarios.catalogue)
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

  /// This page with a place of its text changed; nil where that place is not there exactly once. How wide the columns
  /// of its tables are does not matter.
  package func changed(_ old: String, to new: String) -> Run.Source? {
    func folded(_ text: String) -> String { text.split(separator: " ").joined(separator: " ") }
    let parts = folded(text).split(separator: folded(old), omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    return Run.Source(name: name, text: parts.joined(separator: new))
  }
}

extension Runner {
  /// Runs the one table of this Markdown text.
  package func run(table text: String) throws -> Trace {
    let page = try Page(reading: text, name: "table")
    guard let ladder = page.ladders.first else {
      throw PageError(page: "table", message: "this test's table is no ladder")
    }
    return try run(ladder, of: page.name)
  }
}
