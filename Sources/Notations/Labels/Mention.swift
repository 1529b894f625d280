import Documents

/// The places where a party is named in a sentence, as the one that does something.
enum Mention {
  private static let toward = Language.all.flatMap(\.toward)
  private static let endings = Language.all.flatMap(\.towardEndings)

  /// The places of these names in a text of small letters, from first to last; without those that make the party an
  /// object: "to the server", 서버에게.
  static func subjects(of names: [String], in text: String) -> [String.Index] {
    all(of: names, in: text).filter { !isObject($0, in: text) }.map(\.lowerBound)
  }

  /// All places, those of objects included.
  static func all(of names: [String], in text: String) -> [Range<String.Index>] {
    names.flatMap { name in text.ranges(of: name.lowercased()).filter { isWhole($0, in: text) } }
      .sorted { $0.lowerBound < $1.lowerBound }
  }

  /// Latin letters beside a name of Latin letters make another word of it; an ending may follow any other name.
  private static func isWhole(_ range: Range<String.Index>, in text: String) -> Bool {
    func isLetter(_ character: Character?) -> Bool {
      character.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") } ?? false
    }
    let first = text[range].first
    let last = text[range].last
    let before = range.lowerBound > text.startIndex ? text[text.index(before: range.lowerBound)] : nil
    let behind = range.upperBound < text.endIndex ? text[range.upperBound] : nil
    return !(isLetter(first) && isLetter(before)) && !(isLetter(last) && isLetter(behind))
  }

  private static func isObject(_ range: Range<String.Index>, in text: String) -> Bool {
    let before = text[..<range.lowerBound].trimmed
    for word in toward where before.hasSuffix(word) {
      let start = before.index(before.endIndex, offsetBy: -word.count)
      let isLatin = word.unicodeScalars.allSatisfy { $0.value < 0x400 }
      if !isLatin || start == before.startIndex || !before[before.index(before: start)].isLetter {
        return true
      }
    }
    let behind = text[range.upperBound...]
    return endings.contains { behind.hasPrefix($0) }
  }
}
