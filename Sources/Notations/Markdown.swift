import Documents

/// As much of Markdown's blocks as it takes to find the tables that a reader of the rendered page sees.
enum Markdown {
  /// The text of a heading (`## 2. Data ##`), or nil.
  static func heading(of line: Substring) -> String? {
    let text = line.trimmed
    let level = text.prefix { $0 == "#" }.count
    guard 1...6 ~= level else { return nil }
    let rest = text.dropFirst(level)
    guard rest.isEmpty || rest.utf8.first?.isBlank == true else { return nil }
    var heading = rest.trimmed
    while heading.last == "#" { heading.removeLast() }
    return unwrapped(heading.trimmed)
  }

  /// The language that the opening of a fence names (```` ```mermaid ````), in small letters; empty where it names none.
  static func language(of opening: Substring) -> String {
    let info = opening.trimmed.drop { $0 == "`" || $0 == "~" }
    return info.trimmed.prefix { $0.isLetter || $0.isNumber || $0 == "-" }.lowercased()
  }

  /// A block that is not looked into, by the line that opens it.
  enum Opaque {
    case fence(mark: Character, count: Int)
    case comment

    init?(opening line: Substring) {
      let text = line.trimmed
      if text.utf8.starts(with: "<!--".utf8) {
        self = .comment
        return
      }
      guard let mark = text.first, mark == "`" || mark == "~" else { return nil }
      let count = text.prefix { $0 == mark }.count
      // Backticks further on make it inline code.
      guard count >= 3, mark == "~" || !text.dropFirst(count).contains("`") else { return nil }
      self = .fence(mark: mark, count: count)
    }

    /// Tells whether this line is the last one of what was opened; a comment may end where it begins.
    func ends(with line: Substring, isFirst: Bool) -> Bool {
      switch self {
      case .comment: return line.contains("-->")
      case .fence(let mark, let count):
        let text = line.trimmed
        return !isFirst && text.prefix { $0 == mark }.count >= count && text.allSatisfy { $0 == mark }
      }
    }
  }

  /// Tells whether this line begins a block of its own, so that it cannot be a table's row.
  static func beginsBlock(_ line: Substring) -> Bool {
    let text = line.trimmed
    guard let first = text.utf8.first, first != UInt8(ascii: "|") else { return false }
    if first == UInt8(ascii: ">") || heading(of: text) != nil || Opaque(opening: text) != nil { return true }
    return beginsItem(text) || isThematicBreak(text)
  }

  /// Tells whether this line begins an item of a list: `- `, `* `, `1. `, `2) `.
  static func beginsItem(_ line: Substring) -> Bool {
    let text = line.trimmed
    let marker = text.prefix { $0 != " " && $0 != "\t" }
    if marker == "-" || marker == "*" || marker == "+" { return true }
    let number = marker.prefix { $0.isASCII && $0.isNumber }
    if !number.isEmpty && number.endIndex != marker.endIndex {
      let rest = marker[number.endIndex...]
      if rest == "." || rest == ")" { return true }
    }
    return false
  }

  /// `***`, `---`, `_ _ _`.
  static func isThematicBreak(_ text: Substring) -> Bool {
    let marks = text.utf8.filter { !$0.isBlank }
    guard marks.count >= 3, let mark = marks.first, "*-_".utf8.contains(mark) else { return false }
    return marks.allSatisfy { $0 == mark }
  }

  /// This text without the emphasis or the backticks around all of it: `_**x**_` is `x`.
  static func unwrapped(_ text: Substring) -> String {
    var text = text.trimmed
    search: while true {
      for mark in ["**", "__", "`", "*", "_"]
      where text.utf8.count > 2 * mark.utf8.count && text.hasPrefix(mark) && text.hasSuffix(mark) {
        let inner = text.dropFirst(mark.count).dropLast(mark.count)
        // `*a* and *b*` is not emphasis around all of it.
        guard !inner.contains(mark) else { continue }
        text = inner.trimmed
        continue search
      }
      return String(text)
    }
  }
}
