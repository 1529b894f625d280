import Documents

/// Text of HTML outside of tables, line by line.
enum HTMLText {
  private static let tags: Set = [
    "p", "li", "ul", "ol", "pre", "code", "b", "strong", "em", "i", "span", "div", "br", "kbd", "samp", "tt",
    "a", "blockquote",
    "body", "html", "main", "article", "section", "font", "center", "u", "sub", "sup",
  ]

  /// The line as a reader of the page sees it: without tags, entities replaced, and `- ` for an item of a list. A line
  /// without markup comes back as it is, and so does one that ends an element.
  static func plain(_ line: Substring) -> Substring {
    let octets = line.utf8
    guard octets.contains(UInt8(ascii: "&")) || octets.contains(UInt8(ascii: "<")),
      !line.trimmed.hasPrefix("</")
    else {
      return line
    }
    var text = ""
    var rest = line
    while let open = rest.firstIndex(of: "<") {
      text += rest[..<open]
      rest = rest[open...]
      if let (name, end) = tag(at: rest) {
        if name == "li" { text += "- " } else if name == "br" { text += " " }
        rest = rest[end...]
      } else {
        text += "<"
        rest = rest.dropFirst()
      }
    }
    return Substring(Entities.decoded(text + rest))
  }

  /// The name of the tag that begins here, and the place behind it; nil for anything else, as `<--` and `<SEQ=1>`.
  private static func tag(at text: Substring) -> (name: String, end: Substring.Index)? {
    var inside = text.dropFirst()
    let isEnd = inside.first == "/"
    if isEnd { inside = inside.dropFirst() }
    let name = inside.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
    guard tags.contains(name.lowercased()), let end = inside.prefix(300).firstIndex(of: ">") else {
      return nil
    }
    return (isEnd ? "/" : name.lowercased(), text.index(after: end))
  }
}
