import ArgumentParser
import Reports
import Traces

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs one claim and explains it: the document, what the kernel did, and why.",
    discussion: """
      Shows the claim and its place in the page, how it is tested, what this kernel does, the reason, and the section \
      of the standard. tcpprobe list shows the ids of the built-in claims. A claim without an id is named by its place, \
      as tcpprobe check prints it, and needs --page: table.row.column, or of a diagram or list ladder.step.side. A row \
      of a facts table can also be named by its figure.

      Examples:
        tcpprobe explain B2.6
        tcpprobe explain a3.3 --on loopback
        tcpprobe explain W1.1                       a claim of the page close-wait
        tcpprobe explain "life of FIN_WAIT_2"       all claims about this figure
        tcpprobe explain 1.2.2 --page lecture.md    table 1, row 2, column 2
      """)

  @Argument(
    help: ArgumentHelp(
      "The id of a claim, its place (table.row.column), or the name of a figure.",
      valueName: "claim"))
  var claim: String

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The page with the claim: a Markdown file, - for standard input, or the name of a built-in page.",
      valueName: "page"))
  var page: String?

  @OptionGroup var runOptions: RunOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    try Failure.reporting {
      let asked = try AskedClaims(
        [claim], in: page.map { [try Input.page(named: $0)] } ?? Input.builtInPages, for: .explain)
      let place = page.map { " --page \($0)" } ?? ""
      var session = Session(options: runOptions, output: output, command: "tcpprobe explain \(claim)\(place)")
      session.only = asked.wanted
      session.inputs = page.map { [$0] } ?? []
      let assessment = try session.run(asked.sources, isWanted: asked.wanted.contains) {
        assessment, outputs, _ in
        guard !assessment.claims.isEmpty else {
          throw Failure("\(claim): nothing to check: it has neither a segment nor a state")
        }
        guard output.format == .terminal else { return try output.write(assessment, into: outputs) }
        try output.write(assessment.explanations(style: output.style), into: outputs)
      }
      if !assessment.isDecided { throw ExitCode(2) }
    }
  }
}
