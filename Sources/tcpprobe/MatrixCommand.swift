import ArgumentParser
import Claims
import Reports
import Running
import Scenarios
import TCP
import Traces

struct MatrixCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "matrix",
    abstract:
      "Shows what each segment does in each state: the answer, the new state, and what the RFCs ask for.",
    discussion: """
      Lets nine kinds of segments arrive in all eleven states, at five places of the sequence number (left of the window, its \
      left edge, inside, its right edge, right of it) and, at the left edge, with three acknowledgment numbers (current, old, \
      beyond SND.NXT) and with an old timestamp. Each arrives on a connection of its own. A cell has one \
      letter for each place of the sequence number, or a single letter if all are equal; --cell also shows the \
      acknowledgment numbers. ! marks a cell with an answer that RFC 9293, 5961, 5681 or 7323 do not ask for. Takes \
      about ten seconds; --cell runs one state only.

      Examples:
        tcpprobe matrix
        tcpprobe matrix --cell FIN_WAIT_1:SYN
        tcpprobe matrix --family ipv6 --format html -o matrix.html
        tcpprobe matrix --format json | jq '.cells[] | select(.deviates)'

      Exit status: 0 every segment was tried, 2 the run was not possible or a segment could not be tried.
      """)

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Explain one kind of segment in one state, with a ladder.", valueName: "STATE:segment"),
    transform: { try CellChoice($0) })
  var cell: CellChoice?

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The format of the report.", discussion: "html: one page for a browser."))
  var format: MatrixFormat = .terminal

  @ArgumentParser.Option(
    name: [.short, .long],
    help: ArgumentHelp("Write the report to this file; - is standard output.", valueName: "file"))
  var output: String?

  @OptionGroup var runOptions: RunOptions

  func validate() throws {
    if cell != nil, format != .terminal { throw ValidationError("--cell works only with --format terminal") }
  }

  func run() throws {
    try Failure.reporting {
      let runs = Scenarios.matrixRuns.filter { cell?.isOf($0) ?? true }
      var isWhole = true
      try ScenarioRuns(options: runOptions, output: output).report(runs) { traces, family in
        let matrix = Matrix(traces)
        let report = MatrixReport(
          matrix, version: TCPProbe.version, command: "tcpprobe matrix", machine: .here(), family: family)
        let style = Style(for: output)
        if let cell {
          isWhole = matrix.cells(of: cell.kind, in: cell.state).allSatisfy { $0.sight != nil }
          return report.explanation(of: cell.kind, in: cell.state, style: style)
        }
        isWhole = matrix.counts.missing == 0
        return report.rendered(as: format, style: style)
      }
      if !isWhole { throw ExitCode(2) }
    }
  }
}

/// A kind of segment in a state: `FIN_WAIT_1:SYN`.
struct CellChoice: Equatable {
  var state: State
  var kind: MatrixSegment.Kind

  init(_ text: String) throws {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw ValidationError("--cell \(text): expected STATE:segment, such as FIN_WAIT_1:SYN")
    }
    guard let state = State(name: parts[0]) else {
      let known = State.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--cell \(text): no such state: expected one of \(known)")
    }
    let kinds = MatrixSegment.Kind.allCases
    guard let kind = kinds.first(where: { $0.rawValue.lowercased() == parts[1].lowercased() }) else {
      let known = kinds.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--cell \(text): no such segment: expected one of \(known)")
    }
    (self.state, self.kind) = (state, kind)
  }

  /// Tells whether this run has the cell.
  func isOf(_ run: Runnable) -> Bool {
    guard case .scenario(_, let conditions) = run else { return false }
    return conditions.contains(.arrivesIn(state))
  }
}

extension MatrixFormat: ExpressibleByArgument {}
