import ArgumentParser
import Reports
import Traces

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Runs one claim and explains it: the document, what the kernel did, and why. For a capture, says why each connection ended.",
    discussion: """
      With a claim, shows its place in the page, how it is tested, what this kernel does and, for the claims of the two \
      articles, the reason with the section of the standard. tcpprobe list shows the ids of the built-in claims. A claim \
      without an id is named by its place, as tcpprobe check prints it, and needs --page: part.row.column, or for a \
      diagram or list part.step.side. A row of a facts table can also be named by its figure. Exit status: 0 decided; \
      2 undecided, or the run was not possible; 64 no such claim.

      With a capture (a pcap or pcapng file, or a text with lines of tcpdump or tshark), runs nothing, and says why each \
      connection of the capture ended, and which packets or lines prove that. Exit status: 0 explained; 2 undecided \
      (with --connection: no packet ends it), or the file is damaged; 64 no capture.

      Examples:
        tcpprobe explain B2.6
        tcpprobe explain a3.3 --on loopback
        tcpprobe explain W1.1                       a claim of the page close-wait
        tcpprobe explain "life of FIN_WAIT_2"       all claims about this figure
        tcpprobe explain 1.2.2 --page lecture.md    part 1, row 2, column 2
        tcpprobe explain capture.pcapng             why did this connection end?
        tshark -n -r old.cap | tcpprobe explain -   the same, from lines of text
      """)

  @Argument(
    help: ArgumentHelp(
      "The id of a claim, its place (part.row.column), the name of a figure, or a capture file; - is standard input.",
      valueName: "claim"))
  var claim: String

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The page with the claim: a Markdown file, - for standard input, or the name of a built-in page.",
      valueName: "page"))
  var page: String?

  @OptionGroup var capture: CaptureOptions
  @OptionGroup var runOptions: RunOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    try Failure.reporting {
      if page == nil, try explainCapture() { return }
      if capture.connection != nil {
        throw Failure("--connection needs a capture file", status: ExitCode(64))
      }
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
