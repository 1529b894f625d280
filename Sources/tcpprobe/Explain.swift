import ArgumentParser
import Reports
import Traces

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs one claim and tells all about it: what was said, what was seen, and why.",
    discussion: """
      The claim, where it stands, what is run for it, what the kernel does, why kernels do so, and the section of \
      the standard. tcpprobe list names the claims of the built-in pages. What a page gives no id is called by its \
      place, table.row.column, as tcpprobe check prints it; --page names the page. A fact may also be asked for by its \
      figure, as its row names it.

      Examples:
        tcpprobe explain B2.6
        tcpprobe explain a3.3 --on loopback
        tcpprobe explain W1.1                       of the page that tcpprobe close-wait shows
        tcpprobe explain "life of FIN_WAIT_2"       the claims whose rows name this figure
        tcpprobe explain 1.2.3 --page lecture.md    what tcpprobe check lecture.md calls 1.2.3
      """)

  @Argument(
    help: ArgumentHelp(
      "The id of a claim, or the figure that its row names. A built-in page has it, or the one of --page.",
      valueName: "claim"))
  var claim: String

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The page that makes the claim: a Markdown file, - for standard input, or a built-in page's name.",
      valueName: "page"))
  var page: String?

  @OptionGroup var play: PlayOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    try Failure.reporting {
      let asked = try AskedClaims([claim], in: page.map { [try Input.page(named: $0)] } ?? Input.builtInPages)
      let place = page.map { " --page \($0)" } ?? ""
      var session = Session(options: play, output: output, command: "tcpprobe explain \(claim)\(place)")
      session.only = asked.wanted
      session.inputs = page.map { [$0] } ?? []
      let assessment = try session.play(asked.sources, isWanted: asked.wanted.contains) {
        assessment, outputs in
        guard !assessment.claims.isEmpty else {
          throw Failure("\(claim): nothing was judged there: the cell holds neither a segment nor a state")
        }
        guard output.format == .terminal else { return try output.write(assessment, into: outputs) }
        try output.write(assessment.explanations(style: output.style), into: outputs)
      }
      if !assessment.isDecided { throw ExitCode(2) }
    }
  }
}
