extension Rung {
  /// Tells whether the row says that steps were left out here (`...`, "after a while"), and says nothing else.
  package var isElision: Bool {
    let parties = Party.allCases.map { cells[$0] }
    guard parties.allSatisfy({ $0.elements.isEmpty && !$0.isUnread }) else { return false }
    return (parties.map(\.text) + notes.map(\.text)).contains(where: Elision.isTold)
  }
}

/// Words and signs that stand for steps that a document leaves out.
enum Elision {
  /// Tells whether the text, all of it, says so.
  static func isTold(in text: String) -> Bool {
    let octets = plainNotation(text).filter { !$0.isBlank }
    guard !octets.isEmpty else { return false }
    let dots = octets.allSatisfy { $0 == UInt8(ascii: ".") } ? octets.count : 0
    return dots >= 2 || signs.contains(String(decoding: octets, as: UTF8.self)) || isPhrase(text)
  }

  /// `after a while`, `(some time later)`.
  static func isPhrase(_ text: String) -> Bool {
    let words = text.lowercased().split { !$0.isLetter }.joined(separator: " ")
    return phrases.contains(words)
  }

  /// Vertical dots, as figures have them.
  private static let signs: Set = ["⋮", "︙", "⁝", ":"]
  private static let phrases: Set = [
    "after a while", "a while later", "some time later", "after some time", "later", "much later",
    "time passes", "some time passes", "rows left out", "rows are left out", "steps left out", "omitted",
    "and so on",
  ]
}
