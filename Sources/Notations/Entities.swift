/// Characters by their names and numbers in HTML.
enum Entities {
  private static let named: [Substring: Character] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "rarr": "→", "larr": "←",
    "rArr": "⇒", "lArr": "⇐", "harr": "↔", "hellip": "…", "ndash": "–", "mdash": "—", "minus": "-",
    "times": "×",
  ]

  /// The text with each entity replaced: `&rarr;`, `&#8594;`, `&#x2192;`.
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var result = ""
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      let behind = rest[rest.index(after: start)...]
      guard let end = behind.prefix(10).firstIndex(of: ";"), let character = character(behind[..<end]) else {
        result.append("&")
        rest = behind
        continue
      }
      result.append(character)
      rest = behind[behind.index(after: end)...]
    }
    return result + rest
  }

  /// The character of `rarr`, `#8594`, `#x2192`; nil for what is no name. A control character is a blank.
  static func character(_ name: Substring) -> Character? {
    guard name.first == "#" else { return named[name] }
    let digits = name.dropFirst()
    let value =
      digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return value.flatMap { $0 < 0x20 ? " " : Unicode.Scalar($0) }.map(Character.init)
  }
}
