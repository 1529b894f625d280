package import Documents

/// The pages that come with the program, with the claims of each.
package struct PageList {
  package var entries: [Entry]

  package init(entries: [Entry]) { self.entries = entries }

  package struct Entry {
    package var page: Page
    /// The original that an article restates; nil for a page of ours.
    package var original: String?
    /// The command that runs it.
    package var command: String

    package init(page: Page, original: String?, command: String) {
      self.page = page
      self.original = original
      self.command = command
    }
  }

  /// The report for a person.
  package func terminalReport(style: Style) -> String {
    var listing = Listing(style: style)
    for entry in entries {
      let note = entry.original.map { "restates \($0)" } ?? "run by \(entry.command)"
      listing.add("\(entry.page.name): \(entry.page.title ?? "")", [[.init(note, .faint)]])
      for part in entry.page.parts {
        listing.add(
          part.title, part.claims.map { [.init($0, .strong), .init(entry.page.restatement(of: $0) ?? "")] })
      }
    }
    return listing.text
  }

  /// The same for a program.
  package func jsonReport() -> String { jsonText(JSONPages(pages: entries.map(JSONListedPage.init))) + "\n" }
}

/// A ladder or a facts table of a page, by what a list tells of it.
struct PagePart {
  var number: Int
  var heading: String?
  /// The two parties of a ladder; nil for facts.
  var parties: Both<String>?
  /// The ids of its claims, each once.
  var claims: [String]

  fileprivate var title: String {
    let place = heading.map { ", section \"\($0)\"" } ?? ""
    guard let parties else { return "Part \(number), facts\(place)" }
    return "Part \(number), ladder\(place): \(parties.left) and \(parties.right)"
  }
}

extension Page {
  /// Its ladders and facts tables, in their order.
  var parts: [PagePart] {
    func once(_ claims: [String]) -> [String] {
      var named: Set<String> = []
      return claims.filter { named.insert($0).inserted }
    }
    return blocks.compactMap { block in
      switch block {
      case .prose: nil
      case .ladder(let ladder):
        PagePart(
          number: ladder.table, heading: ladder.heading, parties: ladder.parties,
          claims: once(ladder.rungs.flatMap(\.claims)))
      case .facts(let facts):
        PagePart(number: facts.table, heading: facts.heading, claims: once(facts.rows.flatMap(\.claims)))
      }
    }
  }
}

private struct JSONPages: Encodable {
  var schema = 1
  var kind = JSONKind.pages
  var pages: [JSONListedPage]
}

private struct JSONListedPage: Encodable {
  var id: String
  var title: String?
  var restates: String?
  var command: String
  var claims: [Claim]

  struct Claim: Encodable {
    var id: String
    var part: Int
    var text: String?
  }

  init(_ entry: PageList.Entry) {
    id = entry.page.name
    title = entry.page.title
    restates = entry.original
    command = entry.command
    claims = entry.page.parts.flatMap { part in
      part.claims.map { Claim(id: $0, part: part.number, text: entry.page.restatement(of: $0)) }
    }
  }
}
