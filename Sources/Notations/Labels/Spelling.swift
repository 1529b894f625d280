import Documents
import TCP

/// Corrections of cells that are in no notation for a few wrong letters.
enum Spelling {
  static let states = State.allCases.map(\.rawValue)

  /// Every word that the notation has.
  private static let words =
    flags + states + ["seq", "len", "data", "packet", "bytes", "lost", "timeout"]
    + ["connect", "listen", "accept", "send", "recv", "close", "shutdown"]

  /// The text with near words of the notation in the place of what is not known: `SYN+ACK` for `SYN+AKC`; nil where
  /// that is in no notation either.
  static func suggestion(for text: String) -> String? {
    guard text.utf8.count <= 200 else { return nil }
    guard let corrected = replacing(text, near), case .elements(let elements) = Cell.Reading(of: corrected),
      !elements.isEmpty,
      !elements.contains(where: { if case .unread = $0 { true } else { false } })
    else { return nil }
    return corrected
  }

  /// The text of a label with the flags that misspelled words are nearly the names of; nil where that is no segment
  /// either.
  static func suggestion(forLabel text: String) -> String? {
    guard text.utf8.count <= 200 else { return nil }
    let corrected = replacing(text) {
      Flags(name: $0) == nil ? (nearFlags($0) ?? swappedFlags($0))?.description : nil
    }
    let label = Label(reading: corrected ?? "")
    guard let corrected, label.unread == nil, label.segment != nil else { return nil }
    return corrected
  }

  /// The text with other words in the place of some; nil where all stay.
  private static func replacing(_ text: String, _ other: (String) -> String?) -> String? {
    var corrected = ""
    var word = ""
    var hasChanged = false
    func end() {
      let other = other(word)
      hasChanged = hasChanged || other != nil
      corrected += other ?? word
      word = ""
    }
    for character in text {
      if character.isASCII, character.isLetter || character.isNumber || character == "_" {
        word.append(character)
      } else {
        end()
        corrected.append(character)
      }
    }
    end()
    return hasChanged ? corrected : nil
  }

  /// Tells whether this may have meant a step: something that is TCP's even by its near words, as `packet` is not.
  static func isStep(_ text: String) -> Bool {
    suggestion(for: text).map { Vocabulary(of: $0).isAny || $0.contains("(") } ?? false
  }

  /// Tells whether a wrong letter or two make this word of a flag's name.
  static func isNearFlag(_ word: String) -> Bool {
    // `reset-ack` names the flag by a word of prose.
    if word.lowercased() == "reset" { return true }
    return word.count >= 3
      && !Nearest.names(to: word, among: flags.filter { abs($0.count - word.count) <= 1 }).isEmpty
  }

  /// The flag, or the two flags, that a word in capitals is nearly the name of: SYN of `SNY`; nil where it is near none.
  static func nearFlags(_ word: some StringProtocol) -> Flags? {
    guard 3...7 ~= word.utf8.count, word == word.uppercased(), word.contains(where: \.isLetter) else {
      return nil
    }
    let word = String(word)
    guard hasLengthOfFlag(word), let near = Nearest.names(to: word, among: flags).first else { return nil }
    return LabelReader.flags(named: near)
  }

  /// The state of whose name this is a misspelling: a letter in five at most is wrong.
  static func nearState(_ word: String) -> String? {
    guard word.utf8.count <= 16, State(name: word) == nil,
      let near = Nearest.names(to: word, among: states + ["SYN_RECEIVED", "SYN_RCVD"]).first
    else { return nil }
    let (one, other) = (Array(word.utf8), Array(near.utf8))
    return Nearest.distance(one, other) * 5 <= max(one.count, other.count) ? near : nil
  }

  /// Tells whether letters of a flag's name are swapped or doubled in this word of capitals: `SNY`, `AKC`, `FINN`. Hardly
  /// a word of prose is so.
  static func hasSlippedLetters(_ word: String) -> Bool {
    guard 3...7 ~= word.utf8.count, word == word.uppercased() else { return false }
    var single = ""
    for letter in word where letter != single.last { single.append(letter) }
    return flags.contains { $0 != word && ($0.sorted() == word.sorted() || $0 == single) }
  }

  /// The flag, or the two flags, that a word of small letters is, but for two neighbours that are swapped: SYN of `sny`. One
  /// such word proves nothing; `rts` is one of other protocols.
  static func swappedFlags(_ word: some StringProtocol) -> Flags? {
    guard 3...7 ~= word.utf8.count, word != word.uppercased() else { return nil }
    let letters = Array(word.uppercased())
    guard letters != Array("RTS"), Flags(name: word) == nil else { return nil }
    let near = swappable.first { name in
      let places = name.indices.filter { name.count == letters.count && name[$0] != letters[$0] }
      return places.count == 2 && places[1] == places[0] + 1 && name[places[0]] == letters[places[1]]
        && name[places[1]] == letters[places[0]]
    }
    return near.flatMap { LabelReader.flags(named: String($0)) }
  }

  private static let swappable = ["SYN", "ACK", "FIN", "RST", "SYNACK", "FINACK"].map(Array.init)

  /// Tells whether this word is as long as one or two of the flags, or a flag with a letter too many: `FINN`.
  static func hasLengthOfFlag(_ word: String) -> Bool {
    flags.contains { $0.count == word.count || $0 == word.dropLast() }
  }

  private static let flags = Flags.named.map(\.name) + ["SYNACK", "FINACK", "SYN_ACK", "FIN_ACK"]

  /// The word of the notation that is near this one; nil for a word of the notation, and for one that is near none.
  private static func near(_ word: String) -> String? {
    guard word.count >= 3, State(name: word) == nil,
      !words.contains(where: { $0.uppercased() == word.uppercased() })
    else { return nil }
    return Nearest.names(to: word, among: words).first
  }
}

extension Cell.UnreadText {
  /// The reader's knowledge of this text, which is in no notation.
  init(of text: String) {
    let suggestion = Spelling.suggestion(for: text) ?? Spelling.suggestion(forLabel: text)
    self.init(mayHideStep: suggestion != nil || Vocabulary.hasStep(text), suggestion: suggestion)
  }
}
