import Documents

/// The words of all languages that a sentence with a figure's value may have, each with its meanings.
struct FactWords: Sendable {
  /// The meanings of a word in a sentence; it may have several.
  struct Meaning: OptionSet, Sendable {
    let rawValue: Int
    /// Nothing.
    static let plain = Meaning(rawValue: 1)
    /// The figure's value stands behind it.
    static let states = Meaning(rawValue: 2)
    /// The sysctl in front of it sets the figure.
    static let sets = Meaning(rawValue: 4)
    /// The figure is set by the sysctl behind it.
    static let isSetBy = Meaning(rawValue: 8)
    /// A remark begins that says what something is good for.
    static let reason = Meaning(rawValue: 16)
    /// A state stands behind it, and no value.
    static let inside = Meaning(rawValue: 32)
  }

  static let all = FactWords()

  private var words: [String: Meaning] = [:]
  /// The number of characters of the longest word.
  let longest: Int

  private init() {
    for language in FactLanguage.all {
      let meanings: [([String], Meaning)] = [
        (language.plain, .plain), (language.states, .states), (language.sets, .sets),
        (language.isSetBy, .isSetBy), (language.reasons, .reason), (language.inside, .inside),
      ]
      for (texts, meaning) in meanings {
        for text in texts { words[text, default: []].insert(meaning) }
      }
    }
    longest = words.keys.map(\.count).max() ?? 0
  }

  /// The meanings of this word in small letters; nil where it has none.
  subscript(word: String) -> Meaning? { words[word] }

  /// Words that stand beside a sentence, by what they say of it.
  static let doubts = FactMarks(\.doubts)
  static let conditions = FactMarks(\.conditions)
  static let denials = FactMarks(\.denials)
  static let changes = FactMarks(\.changes)
}

/// Words of one kind in all languages, to be found in a text.
struct FactMarks: Sendable {
  private let whole: Set<String>
  private let pieces: Pieces

  init(_ words: KeyPath<FactLanguage, [String]> & Sendable) {
    let all = FactLanguage.all.flatMap { $0[keyPath: words] }
    // A word of letters is a whole word of the text; Chinese, Japanese and Korean have no blanks around theirs.
    func isWhole(_ word: String) -> Bool {
      word.unicodeScalars.allSatisfy { $0.value < 0x700 } && !word.contains(" ")
    }
    whole = Set(all.filter(isWhole))
    pieces = Pieces(all.filter { !isWhole($0) })
  }

  /// Tells whether one of them stands in this text.
  func areIn(_ text: some StringProtocol) -> Bool {
    let text = text.lowercased()
    if pieces.isAny(in: text) { return true }
    return text.split { !($0.isLetter || $0 == ".") }.contains { word in
      // `e.g.`, and the last word of a sentence.
      whole.contains(String(word)) || whole.contains(String(word.drop { $0 == "." }.trimmingDots))
    } || text.contains("n't")
  }
}

extension Substring {
  fileprivate var trimmingDots: Substring {
    var text = self
    while text.last == "." { text.removeLast() }
    return text
  }
}
