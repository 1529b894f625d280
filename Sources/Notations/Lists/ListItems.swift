import Documents

/// A line that may be a step: an item of a list, or a plain line; with the lines below it that belong to it.
struct ListItem {
  /// The number in front (`1.`, `2)`, `③`, `Step 4:`), nil where there is none.
  var number: Int?
  var isBullet: Bool
  /// The text without the marker and without emphasis.
  var text: String
  /// From 1.
  var line: Int
  /// Blanks in front of it.
  var indent: Int
  /// Lines that are further in than the item: its continuation and its own list.
  var inner: [(line: Int, text: String)] = []

  var isMarked: Bool { number != nil || isBullet }
}

enum ListItems {
  /// The lines of a block as items. A line that is further in than the item before belongs to it.
  static func items(of block: TextBlock) -> [ListItem] {
    var items: [ListItem] = []
    for index in block.lines.indices {
      let line = withoutLeader(block.lines[index], isFence: block.language != nil)
      guard !line.isBlank else { continue }
      let indent = line.prefix { $0 == " " || $0 == "\t" }.count
      let item = item(line.trimmed, indent: indent, line: block.line(index))
      if let last = items.last, indent > last.indent, last.isMarked {
        items[items.count - 1].inner.append((item.line, item.text))
      } else {
        items.append(item)
      }
    }
    return items
  }

  /// Without the sign of a comment or of a quotation.
  private static func withoutLeader(_ line: Substring, isFence: Bool) -> Substring {
    var text = line.drop { $0 == " " || $0 == "\t" }
    var isFound = false
    for leader in ["//", "#", ">", ";"] where text.hasPrefix(leader) && (isFence || leader == ">") {
      text = text.dropFirst(leader.count).drop { String($0) == String(leader.prefix(1)) }
      isFound = true
    }
    guard isFound else { return line }
    return text.first == " " ? text.dropFirst() : text
  }

  private static func item(_ text: Substring, indent: Int, line: Int) -> ListItem {
    var item = ListItem(number: nil, isBullet: false, text: "", line: line, indent: indent)
    var rest = text
    if let bullet = rest.first, "-*+•·‣◦–".contains(bullet), rest.dropFirst().first == " " || bullet == "•" {
      item.isBullet = true
      rest = rest.dropFirst().trimmed
    }
    rest = withoutEmphasis(rest)
    if let (number, behind) = number(in: rest) {
      item.number = number
      rest = behind
    }
    item.text = String(withoutEmphasis(rest))
    return item
  }

  private static func withoutEmphasis(_ text: Substring) -> Substring {
    guard hasEmphasis(text) else { return text }
    return Substring(text.replacing("**", with: "").replacing("`", with: "").replacing("__", with: ""))
      .trimmed
  }

  private static func hasEmphasis(_ text: Substring) -> Bool {
    var previous: UInt8 = 0
    for octet in text.utf8 {
      if octet == UInt8(ascii: "*") || octet == UInt8(ascii: "`") { return true }
      if octet == UInt8(ascii: "_"), previous == octet { return true }
      previous = octet
    }
    return false
  }

  private static let counters = ["step", "schritt", "paso", "passo", "étape", "шаг", "第", "단계"]

  /// `1.`, `2)`, `(3)`, `④`, `Step 5:`, `第1步：`.
  private static func number(in text: Substring) -> (Int, Substring)? {
    guard let first = text.unicodeScalars.first else { return nil }
    // ① to ⑳, and the enclosed forms of emoji: a digit, and U+20E3 behind it.
    if 0x2460...0x2473 ~= first.value { return (Int(first.value) - 0x245F, text.dropFirst().trimmed) }
    var rest = text
    var isCounter = false
    if text.first?.isLetter ?? false {
      for word in counters where rest.prefix(word.count).lowercased() == word {
        rest = rest.dropFirst(word.count).trimmed
        isCounter = true
      }
    }
    let isInParentheses = rest.first == "("
    if isInParentheses { rest = rest.dropFirst() }
    let digits = rest.prefix { "0123456789".contains($0) }
    guard !digits.isEmpty, digits.count <= 3, let number = Int(digits) else { return nil }
    rest = rest.dropFirst(digits.count)
    if isCounter {
      rest = rest.drop { "步단계.:：)-–— ".contains($0) }
      return (number, rest.trimmed)
    }
    guard let end = rest.first, isInParentheses ? end == ")" : ".)．、:".contains(end) else { return nil }
    rest = rest.dropFirst()
    guard rest.isEmpty || rest.first == " " || rest.first == "\t" || !(rest.first?.isNumber ?? false) else {
      return nil
    }
    return (number, rest.trimmed)
  }
}
