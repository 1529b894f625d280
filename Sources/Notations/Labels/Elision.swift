package import Documents

extension Rung {
  /// The row with what its texts say of it: that steps were left out, or that a segment was received.
  package func understood() -> Rung {
    var rung = self
    let parties = Party.allCases.map { cells[$0] }
    let isEmpty = parties.allSatisfy { $0.elements.isEmpty && $0.unreadText == nil }
    rung.isElision = isEmpty && (parties.map(\.text) + notes.map(\.text)).contains(where: Elision.isTold)
    rung.isReceipt = notes.contains { Receipt.isTold(in: $0.text) }
    return rung
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
