import ArgumentParser
import Reports
import Traces

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Plays one claim and tells all about it: what was said, what was seen, and why.",
    discussion: """
      The claim, where it stands, what is played for it, what the kernel does, why kernels do so, and the section of \
      the standard. tcpprobe list names the claims.

      Examples:
        tcpprobe explain B2.6
        tcpprobe explain a3.3 --on loopback
        tcpprobe explain W1.1          of the page that tcpprobe close-wait shows
      """)

  @Argument(help: ArgumentHelp("A claim of a built-in document.", valueName: "claim"))
  var claim: String

  @OptionGroup var play: PlayOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    try Failure.reporting {
      let (sources, wanted) = try Input.builtIn(claims: [claim])
      var session = Session(options: play, output: output, command: "tcpprobe explain \(claim)")
      session.only = wanted
      let assessment = try session.play(sources, isWanted: wanted.contains) { assessment, outputs in
        guard output.format == .terminal else { return try output.write(assessment, into: outputs) }
        try output.write(assessment.explanations(style: output.style), into: outputs)
      }
      if !assessment.isDecided { throw ExitCode(2) }
    }
  }
}
