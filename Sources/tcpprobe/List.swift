import ArgumentParser
import Claims
import Documents
import Notations
import Linux
import Scenarios
import Reports
import TCP

struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the built-in pages with their ladders and claims; with --figures, all figures.",
    discussion: """
      Use the id of a claim with tcpprobe explain and tcpprobe check --claim. A figure is a value that tcpprobe \
      measures. In a facts table, write its name in the column "what", and one of its conditions in the column "set by". \
      On a terminal, --figures shows groups. If the output is not a terminal, each figure is one line with \
      tab-separated columns: name, conditions, the value on a built-in page about Linux (if any), and the settings that \
      its scenario always uses.

      Examples:
        tcpprobe list
        tcpprobe list --page three-steps        the page itself, as Markdown
        tcpprobe list --format json | jq '.pages[].claims[].id'
        tcpprobe list --figures | grep TIME_WAIT
        tcpprobe list --figures --format json | jq '.figures[].name'
      """)

  @ArgumentParser.Option(help: ArgumentHelp("Print this built-in page as Markdown.", valueName: "page"))
  var page: String?

  @Flag(help: "List the figures that a facts table can check, with their conditions.")
  var figures = false

  @ArgumentParser.Option(help: ArgumentHelp("The format of the list.", valueName: "terminal|json"))
  var format: ListFormat?

  func validate() throws {
    if page != nil, figures {
      throw ValidationError("--page and --figures cannot be used together")
    }
    if page != nil, format != nil {
      throw ValidationError("--page prints the page itself: --format cannot be used with it")
    }
  }

  func run() throws {
    try Failure.reporting { try Output.write(try text()) }
  }

  private func text() throws -> String {
    if let name = page {
      guard let page = BuiltInPages.page(name) else {
        let names = BuiltInPages.everyPage.map(\.id)
        let hint = Nearest.hint(about: name, among: names)
        throw Failure("unknown page \(name): \(hint)", status: ExitCode(64))
      }
      return page.source
    }
    if figures {
      let list = FigureList(
        of: Scenarios.catalogue, examplesFrom: try BuiltInPages.ofLinux.map { try $0.read() })
      if format == .json { return list.jsonReport() }
      return format == .terminal || Terminal.isTerminal(1)
        ? list.terminalReport(style: .ofStandardOutput) : list.lines
    }
    let pages = try BuiltInPages.everyPage.map { builtIn in
      let lesson = BuiltInPages.lesson(changedBy: builtIn.id)
      let command = lesson.map { "\($0) --what-if \(builtIn.id)" } ?? builtIn.id
      return PageList.Entry(
        page: try builtIn.read(), original: builtIn.original,
        command: builtIn.original == nil ? "tcpprobe \(command)" : "tcpprobe check --page \(builtIn.id)")
    }
    let list = PageList(entries: pages)
    return format == .json ? list.jsonReport() : list.terminalReport(style: .ofStandardOutput)
  }
}

/// The format of a list.
enum ListFormat: String, ExpressibleByArgument, CaseIterable { case terminal, json }
