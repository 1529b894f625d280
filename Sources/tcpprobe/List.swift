import ArgumentParser
import Documents
import Reports

struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Names the built-in documents, their ladders and their claims.",
    discussion: """
      Examples:
        tcpprobe list
        tcpprobe list --source three-steps      the page itself, as Markdown
      """)

  @ArgumentParser.Option(help: ArgumentHelp("Print this built-in page.", valueName: "document"))
  var source: String?

  func run() throws {
    try Failure.reporting {
      if let source {
        guard let page = BuiltInPages.page(source) else {
          let names = (BuiltInPages.all + BuiltInPages.demonstrations).map(\.id).joined(separator: ", ")
          throw Failure("there is no document \(source); there are \(names)", status: ExitCode(64))
        }
        return try Output.write(Array(page.source.utf8), to: nil)
      }
      var listing = Listing(style: .ofStandardOutput)
      for builtIn in BuiltInPages.all {
        let page = try builtIn.read()
        listing.add("\(builtIn.id): \(page.title ?? "")", [[.init("restates \(builtIn.original)", .faint)]])
        for block in page.blocks { Self.add(block, of: page, to: &listing) }
      }
      listing.add(
        "Pages of our own, each played by its command",
        try BuiltInPages.demonstrations.map {
          [.init("tcpprobe \($0.id)", .strong), .init(try $0.read().title ?? "")]
        })
      try Output.write(Array(listing.text.utf8), to: nil)
    }
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
