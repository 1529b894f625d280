import Documents

/// A page's words as HTML: headings, paragraphs, lists and code.
struct ProseHTML {
  let names: ClaimNames
  /// The claims whose sentences stand elsewhere.
  var leftOut: Set<String> = []

  func html(_ prose: [String]) -> [Markup] {
    var blocks: [Markup] = []
    var items: [Markup] = []
    var text = ""
    var code: [String]?
    func endText() {
      if text.isEmpty { return }
      if text.hasPrefix(Self.item) {
        if let item = item(String(text.dropFirst(Self.item.count))) { items.append(item) }
      } else {
        blocks.append(.element("p", Self.inline(text)))
      }
      text = ""
    }
    func endItems() {
      if !items.isEmpty { blocks.append(.element("ul", items)) }
      items = []
    }
    for line in prose {
      if line.hasPrefix("```") {
        endText()
        endItems()
        if let lines = code {
          blocks.append(.element("pre", [.element("code", lines.joined(separator: "\n"))]))
          code = nil
        } else {
          code = []
        }
      } else if code != nil {
        code?.append(line)
      } else if line.hasPrefix("#") {
        endText()
        endItems()
        let isMain = !line.hasPrefix("###")
        blocks.append(.element(isMain ? "h2" : "h3", Self.inline(Self.heading([line]) ?? "")))
      } else if line.allSatisfy(\.isWhitespace) {
        endText()
      } else {
        if line.hasPrefix(Self.item) { endText() } else if text.isEmpty { endItems() }
        text += (text.isEmpty ? "" : " ") + String(line.drop { $0 == " " })
      }
    }
    endText()
    endItems()
    if let lines = code { blocks.append(.element("pre", [.element("code", lines.joined(separator: "\n"))])) }
    return blocks
  }

  private static let item = "- "

  /// The title of the heading that these lines begin with; nil where they begin otherwise.
  static func heading(_ prose: [String]) -> String? {
    guard let first = prose.first, first.hasPrefix("#") else { return nil }
    return String(first.drop { $0 == "#" || $0 == " " })
  }

  /// An item; where it states a claim, with a link to the verdict.
  private func item(_ text: String) -> Markup? {
    if let claim = text.split(separator: ":").first, leftOut.contains(String(claim)) { return nil }
    guard let colon = text.firstIndex(of: ":"), names.has(String(text[..<colon])) else {
      return .element("li", Self.inline(text))
    }
    return .element("li", [names.link(String(text[..<colon]))] + Self.inline(String(text[colon...])))
  }

  /// The words of a paragraph, with what stands in backticks as code.
  static func inline(_ text: String) -> [Markup] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { index, part in
      index.isMultiple(of: 2) ? Markup(part) : .element("code", part)
    }
  }
}
