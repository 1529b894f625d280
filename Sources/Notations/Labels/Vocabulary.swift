import Documents
import TCP

/// Words that only a text about TCP has, wherever they stand in it: what tells a table, a diagram or a cell that was not
/// read from one that is about something else.
struct Vocabulary {
  /// Flags, in capitals: `SYN`, `SYN-ACK`, `FIN=1`, `[SYN, ACK]`.
  private(set) var flags: Flags = []
  /// States by their full names: `FIN_WAIT_1`, `SYN-SENT`, `ESTABLISHED`.
  private(set) var states: Set<State> = []
  /// `seq` or `ack` with a number: `ack=x+1`, `Seq: 0`, `ack 51`.
  private(set) var hasNumbers = false
  /// The number of its words that are none of these.
  private(set) var others = 0

  init(of text: String) { self.init(of: text[...]) }

  init(of text: Substring) {
    var words: [Substring] = []
    for word in text.split(whereSeparator: { !$0.isWord }) {
      // `FIN-WAIT-1` is one word, `SYN-ACK` two.
      let whole = word.drop { $0 == "-" }
      if State(name: whole) != nil, whole.contains(where: \.isLetter) {
        words.append(whole)
      } else {
        words += whole.split(separator: "-")
      }
    }
    for (place, word) in words.enumerated() {
      let isUpper = word == word.uppercased()
      if isUpper, let flag = Flags(name: word) {
        flags.insert(flag)
      } else if isUpper, let both = Self.joined(word) {
        flags.formUnion(both)
      } else if isUpper, word.count > 3, let state = State(name: word), !Self.ordinary.contains(word) {
        states.insert(state)
      } else if Self.fields.contains(word.lowercased()) {
        // A field has a number or a name behind it.
        if place + 1 < words.count, words[place + 1].first?.isNumber == true || words[place + 1].count <= 2 {
          hasNumbers = true
        }
      } else if word.contains(where: \.isLetter), word.count > 2 {
        if isUpper, let near = Spelling.nearFlags(word) {
          nearFlags.formUnion(near)
          hasSlip = hasSlip || Spelling.hasSlippedLetters(String(word))
        } else if let near = Spelling.swappedFlags(word) {
          nearFlags.formUnion(near)
          hasSlip = true
        } else {
          others += 1
        }
      }
    }
  }

  private static let fields: Set = ["seq", "ack"]
  /// Words of prose, too, even in capitals.
  private static let ordinary: Set<Substring> = ["CLOSE", "CLOSED", "CLOSING", "LISTEN"]

  /// `SYNACK`.
  private static func joined(_ word: Substring) -> Flags? {
    guard word.count == 6, let first = Flags(name: word.prefix(3)), let second = Flags(name: word.suffix(3))
    else { return nil }
    return [first, second]
  }

  /// Tells whether it names something of TCP's at all.
  var isAny: Bool { !flags.isEmpty || !states.isEmpty || hasNumbers }

  /// Tells whether it is a segment or a change of state with hardly a word beside it, and no sentence about one.
  var isBriefStep: Bool {
    ((!flags.isEmpty || hasNumbers) && others <= 2) || (states.count >= 2 && others <= 1)
  }

  /// Tells whether it is a segment with misspelled flags, with hardly a word beside them.
  var isMisspelledStep: Bool { !nearFlags.isEmpty && others <= 2 }

  /// Tells whether it names something of TCP's, or misspells it.
  var mayBeStep: Bool { isAny || isMisspelledStep }

  /// Tells whether nothing but TCP has these words. ACK is a word of many protocols.
  var isOnlyTCPs: Bool {
    !flags.isDisjoint(with: .control) || (hasNumbers && !flags.isEmpty)
      || states.contains { $0 != .established }
  }

  /// The flags that words in capitals are nearly the names of: `SNY`, `AKC`.
  private(set) var nearFlags: Flags = []
  /// Tells whether letters are swapped or doubled in one of those words.
  private(set) var hasSlip = false

  /// Tells whether a step may be told in these words: a flag, a number, a state, or a call (`setsockopt(TCP_CORK, 1)`).
  static func hasStep(_ text: String) -> Bool {
    if Vocabulary(of: text).isAny || Spelling.suggestion(for: text) != nil { return true }
    guard let open = text.firstIndex(of: "(") else { return false }
    return text[..<open].last.map { $0.isLetter || $0 == "_" } ?? false
  }
}

extension Character {
  fileprivate var isWord: Bool { isASCII && (isLetter || isNumber || self == "_" || self == "-") }
}

extension [Vocabulary] {
  /// Tells whether nothing but TCP has these words, misspelled flags taken for what they are near.
  var areTCPs: Bool { contains(where: \.isOnlyTCPs) || areMisspelled }

  /// Tells whether they are those of an exchange, with a misspelling that is hardly a word of something else.
  var areMisspelled: Bool {
    contains(where: \.hasSlip) && reduce(Flags()) { $0.union($1.flags).union($1.nearFlags) }.isExchange
  }
}

extension Flags {
  /// Tells whether these flags are of an exchange of segments: one of them opens or ends a connection, and ACK answers it.
  var isExchange: Bool { contains(.ack) && !isDisjoint(with: .control) }
}
