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
        tcpprobe list --figures | grep TIME_WAIT
        tcpprobe list --figures --format json | jq '.figures[].name'
      """)

  @ArgumentParser.Option(help: ArgumentHelp("Print this built-in page as Markdown.", valueName: "page"))
  var page: String?

  @Flag(help: "List the figures that a facts table can check, with their conditions.")
  var figures = false

  @ArgumentParser.Option(help: ArgumentHelp("The format of --figures.", valueName: "terminal|json"))
  var format: ListFormat?

  func validate() throws {
    if page != nil, figures {
      throw ValidationError("--page and --figures cannot be used together")
    }
    if format != nil, !figures { throw ValidationError("--format needs --figures") }
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
    return try pages()
  }

  private func pages() throws -> String {
    var listing = Listing(style: .ofStandardOutput)
    for builtIn in BuiltInPages.everyPage {
      let page = try builtIn.read()
      let lesson = BuiltInPages.lesson(changedBy: builtIn.id)
      let command = lesson.map { "\($0) --what-if \(builtIn.id)" } ?? builtIn.id
      let note = builtIn.original.map { "restates \($0)" } ?? "run by tcpprobe \(command)"
      listing.add("\(builtIn.id): \(page.title ?? "")", [[.init(note, .faint)]])
      for block in page.blocks { Self.add(block, of: page, to: &listing) }
    }
    return listing.text
  }

  private static func place(_ heading: String?) -> String { heading.map { ", section \"\($0)\"" } ?? "" }

  private static func add(_ block: Page.Block, of page: Page, to listing: inout Listing) {
    let title: String
    let claims: [String]
    switch block {
    case .prose: return
    case .ladder(let ladder):
      title =
        "Part \(ladder.table), ladder\(place(ladder.heading)): \(ladder.parties.left) and \(ladder.parties.right)"
      claims = ladder.rungs.flatMap(\.claims)
    case .facts(let facts):
      title = "Part \(facts.table), facts\(place(facts.heading))"
      claims = facts.rows.flatMap(\.claims)
    }
    var named: Set<String> = []
    listing.add(
      title,
      claims.filter { named.insert($0).inserted }.map {
        [.init($0, .strong), .init(page.restatement(of: $0) ?? "")]
      })
  }
}

/// The format of the list of figures.
enum ListFormat: String, ExpressibleByArgument, CaseIterable { case terminal, json }
