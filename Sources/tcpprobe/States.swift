import ArgumentParser
import Claims
import Linux
import Reports
import Running
import Scenarios
import TCP
import Traces

struct States: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows which edges of RFC 9293's state machine this kernel takes, and where it differs.",
    discussion: """
      An edge is a transition between two states: those drawn in figure 5 of RFC 9293, and those of its notes and its \
      text. An end takes each edge on a connection of its own. An edge is seen if the end was in its first state, did what \
      the RFC says (a segment, or none), and was then in its second state. The letters name the observers that saw it. In the pictures a solid line is seen, a dashed one differs, and a dotted one \
      was not seen.

      The edge from TIME_WAIT after 2 MSL takes one minute, and is tried only with --full. All others take about three \
      seconds.

      Examples:
        tcpprobe states
        tcpprobe states --full --family ipv6
        tcpprobe states --format svg -o states.svg
        tcpprobe states --format html -o states.html
        tcpprobe states --format json | jq '.edges[] | select(.result != "seen")'

      Exit status: 0 all edges were tried, 2 the run was not possible or an edge could not be tried.
      """)

  @Flag(help: "Also wait until TIME_WAIT ends, which takes one minute.")
  var full = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The format of the report.",
      discussion: "html: one page for a browser. svg: the diagram alone. mermaid: the diagram as text."))
  var format: StatesFormat = .terminal

  @ArgumentParser.Option(
    name: [.short, .long],
    help: ArgumentHelp("Write the report to this file; - is standard output.", valueName: "file"))
  var output: String?

  @OptionGroup var runOptions: RunOptions

  func run() throws {
    try Failure.reporting {
      let runs = ScenarioRuns(options: runOptions, output: output)
      var isTried = true
      try runs.report(Scenarios.edgeRuns(waiting: full)) { traces, family in
        let table = EdgeTable(Scenarios.edgeProofs, in: traces)
        let report = StatesReport(
          table, version: TCPProbe.version, command: "tcpprobe states" + (full ? " --full" : ""),
          machine: .here(), family: family, observers: traces.fullestObservers)
        isTried = table.isTried
        return report.rendered(as: format, style: Style(for: output))
      }
      if !isTried { throw ExitCode(2) }
    }
  }
}

extension StatesFormat: ExpressibleByArgument {}
