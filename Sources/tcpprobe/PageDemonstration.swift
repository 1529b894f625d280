import ArgumentParser
import Claims
import Documents
import Reports
import Traces

/// A command that runs a page of our own, and shows it with what was seen.
protocol PageDemonstration: ParsableCommand {
  var runOptions: RunOptions { get }
  var output: OutputOptions { get }
  static var page: BuiltInPage { get throws }
}

extension PageDemonstration {
  func demonstrate() throws {
    try Failure.reporting {
      let source = try Self.page
      let session = Session(options: runOptions, output: output, command: "tcpprobe \(Self._commandName)")
      let page = try source.read()
      let cited = page.citedClaims
      // The page itself, and of the pages that it cites what it cites.
      let wanted = Set(page.claims + cited)
      let sources = [source] + (cited.isEmpty ? [] : BuiltInPages.all)
      let assessment = try session.run(
        sources.map { Run.Source(name: $0.id, text: $0.source) },
        isWanted: wanted.contains,
        write: { try output.write($0, into: $1, tellsPages: true) })
      // Run but not decided is no success for a script.
      if !assessment.isDecided { throw ExitCode(2) }
    }
  }

  static func builtIn(_ id: String) throws -> BuiltInPage {
    guard let page = BuiltInPages.demonstrations.first(where: { $0.id == id }) else {
      throw Failure("this program has no built-in page \(id)")
    }
    return page
  }
}
