import ArgumentParser
import Claims
import Documents
import Linux
import Scenarios
import Reports
import TCP

struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Names the built-in pages, their ladders and claims, and what can be measured.",
    discussion: """
      A claim's id is for tcpprobe explain and tcpprobe check --claim. The name of a figure is for the column "what" \
      of a facts table, and each of its conditions for "set by"; then come a value as a page writes it, and what its runs set beside. On a \
      terminal the figures stand in groups; elsewhere each is one line, with tabs between its columns.

      Examples:
        tcpprobe list
        tcpprobe list --source three-steps      the page itself, as Markdown
        tcpprobe list --figures | grep TIME_WAIT
        tcpprobe list --figures --format json | jq '.figures[].name'
      """)

  @ArgumentParser.Option(help: ArgumentHelp("Print this built-in page.", valueName: "page"))
  var source: String?

  @Flag(help: "Name what a facts table can ask for, each with its conditions.")
  var figures = false

  @ArgumentParser.Option(help: ArgumentHelp("The format of --figures.", valueName: "terminal|json"))
  var format: ListFormat?

  func validate() throws {
    if source != nil, figures { throw ValidationError("--source and --figures: give one of them") }
    if format != nil, !figures { throw ValidationError("--format is for --figures") }
  }

  func run() throws {
    try Failure.reporting { try Output.write(try text()) }
  }

  private func text() throws -> String {
    if let source {
      guard let page = BuiltInPages.page(source) else {
        let names = BuiltInPages.everyPage.map(\.id)
        let hint =
          Nearest.question(about: source, among: names) ?? "there are \(names.joined(separator: ", "))"
        throw Failure("unknown page \(source): \(hint)", status: ExitCode(64))
      }
      return page.source
    }
    if figures {
      let list = FigureList(
        of: Scenarios.catalogue, examplesFrom: try BuiltInPages.everyPage.map { try $0.read() })
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
      let isOwn = BuiltInPages.demonstrations.contains { $0.id == builtIn.id }
      let note = isOwn ? "run by tcpprobe \(builtIn.id)" : "restates \(builtIn.original)"
      listing.add("\(builtIn.id): \(page.title ?? "")", [[.init(note, .faint)]])
      for block in page.blocks { Self.add(block, of: page, to: &listing) }
    }
    return listing.text
  }

  private static func add(_ block: Page.Block, of page: Page, to listing: inout Listing) {
    let title: String
    let claims: [String]
    switch block {
    case .prose: return
    case .ladder(let ladder):
      title =
        "Ladder \(ladder.table), \(ladder.heading ?? ""): \(ladder.parties.left) and \(ladder.parties.right)"
      claims = ladder.rungs.flatMap(\.claims)
    case .facts(let facts):
      title = "Facts \(facts.table), \(facts.heading ?? "")"
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
