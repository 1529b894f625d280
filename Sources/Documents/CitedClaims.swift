/// Claims of other pages that a page shows with their verdicts: a line `<!-- claims A3.1 A3.2 -->` of its prose.
extension Page {
  /// All of them, in their order.
  package var citedClaims: [String] {
    blocks.flatMap { block -> [String] in
      guard case .prose(let lines, _) = block else { return [] }
      return lines.compactMap(Page.claims(citedIn:)).flatMap { $0 }
    }
  }

  /// The claims that this line of prose cites; nil where it cites none.
  package static func claims(citedIn line: String) -> [String]? {
    let words = line.split(separator: " ").map(String.init)
    guard words.count > 3, words[0] == "<!--", words[1] == "claims", words.last == "-->" else { return nil }
    return Array(words[2..<(words.count - 1)])
  }
}
