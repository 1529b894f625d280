import ArgumentParser
import Claims
import Documents

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
        guard let page = BuiltInPages.all.first(where: { $0.id == source }) else {
          let names = BuiltInPages.all.map(\.id).joined(separator: ", ")
          throw Failure("there is no document \(source); there are \(names)", status: ExitCode(64))
        }
        return try Output.write(Array(page.source.utf8), to: nil)
      }
      var lines: [String] = []
      for builtIn in BuiltInPages.all {
        let page = try Page(reading: builtIn.source, name: builtIn.id)
        if !lines.isEmpty { lines.append("") }
        lines.append("\(builtIn.id): \(page.title ?? "")")
        lines.append("  from \(builtIn.original)")
        for block in page.blocks { lines += describe(block, of: page) }
      }
      try Output.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: nil)
    }
  }

  private func describe(_ block: Page.Block, of page: Page) -> [String] {
    let claims: [String]
    var lines: [String]
    switch block {
    case .prose: return []
    case .ladder(let ladder):
      lines = [
        "",
        "  ladder \(ladder.table), \(ladder.heading ?? ""): \(ladder.parties.left) and \(ladder.parties.right)",
      ]
      claims = ladder.rungs.flatMap(\.claims)
    case .facts(let facts):
      lines = ["", "  facts \(facts.table), \(facts.heading ?? "")"]
      claims = facts.rows.flatMap(\.claims)
    }
    var named: Set<String> = []
    for claim in claims where named.insert(claim).inserted {
      lines.append("    \(claim)  \(page.restatement(of: claim) ?? "")")
    }
    return lines
  }
}
