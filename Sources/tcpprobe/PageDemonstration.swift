import ArgumentParser
import Claims
import Documents
import TCP
import Reports
import Traces

/// A command that runs a page of our own, and shows it with what was seen.
protocol PageDemonstration: ParsableCommand {
  var runOptions: RunOptions { get }
  var output: OutputOptions { get }
  static var page: BuiltInPage { get throws }
  /// The name of a page that changes one thing in this one; nil for the usual course.
  var whatIf: String? { get }
}

extension PageDemonstration {
  func demonstrate() throws {
    try Failure.reporting {
      let source = try chosenPage()
      let change = whatIf.map { " --what-if \($0)" } ?? ""
      var session = Session(
        options: runOptions, output: output, command: "tcpprobe \(Self._commandName)\(change)")
      let page = try source.read()
      if whatIf == nil { session.sectionStyle = output.lessonStyle }
      let cited = page.citedClaims
      // The page itself, and of the pages that it cites what it cites.
      let wanted = Set(page.claims + cited)
      let sources = [source] + (cited.isEmpty ? [] : BuiltInPages.all)
      let assessment = try session.run(
        sources.map { Run.Source(name: $0.id, text: $0.source) },
        isWanted: wanted.contains,
        write: {
          try output.write($0, into: $1, tellsPages: true, setsBeside: whatIf != nil, shown: $2)
        })
      // Run but not decided is no success for a script.
      if !assessment.isDecided { throw ExitCode(2) }
    }
  }

  var whatIf: String? { nil }

  private func chosenPage() throws -> BuiltInPage {
    let page = try Self.page
    guard let whatIf else { return page }
    guard BuiltInPages.lesson(changedBy: whatIf) == page.id, let change = BuiltInPages.page(whatIf) else {
      let names = BuiltInPages.whatIfs.first { $0.lesson == page.id }?.pages.map(\.id) ?? []
      throw Failure(
        "--what-if: unknown change '\(whatIf)': expected \(names.joined(separator: " or "))",
        status: ExitCode(64))
    }
    return change
  }

  static func builtIn(_ id: String) throws -> BuiltInPage {
    guard let page = BuiltInPages.demonstrations.first(where: { $0.id == id }) else {
      throw Failure("this program has no built-in page \(id)")
    }
    return page
  }
}
