import Documents
import TCP

/// Words in the place of a flag's name that are no flag: `SYM-ACK`, `FOO(SEQ:1)`. To pass one over would make the label
/// another segment than the one that was meant.
extension LabelReader {
  /// Notes the word at this place if it stands where a flag's name stands.
  mutating func noteUnknownFlag(_ place: Int) {
    let word = tokens[place].text
    guard word.count > 1, !Self.isKnownBesideFlags(word.lowercased()) else { return }
    let isSlip = Spelling.isNearFlag(word)
    let isInCapitals = word == word.uppercased()
    let hasFields = hasFields(behind: place)
    if let sign = signToFlag(beside: place) {
      // `SYN-Anfrage` is a word of prose.
      if isSlip || isInCapitals || sign.isSign("+") { label.unread = label.unread ?? word }
    } else if isSlip, hasBit(behind: place) || isInCapitals && (hasFields || isInList(place)) {
      label.unread = label.unread ?? word
    } else if hasFields, isSlip || !tokens[place + 1].isSpaced {
      unknownName = unknownName ?? word
    } else if isSlip, isBehindName(place) {
      label.unread = label.unread ?? word
    } else if isSlip, isInCapitals, Spelling.hasLengthOfFlag(word) {
      lonelyNames.append(word)
    } else if let flags = Spelling.swappedFlags(word) {
      swappedCount += 1
      label.noteSwapped(word, flags)
    }
  }

  /// Notes a word in capitals that is a state's name but for a slip: `FIN_WIAT_1`, `CLOSE-WIAT`.
  mutating func noteUnknownState(_ place: Int) {
    var word = tokens[place].text
    var end = place + 1
    while let sign = tokenAt(end), let part = tokenAt(end + 1), end - place < 6, sign.isSign("-"),
      !sign.isSpaced,
      !part.isSpaced, part.kind != .sign
    {
      word += "_" + part.text
      end += 2
    }
    guard word.utf8.count >= 5, word == word.uppercased(), label.unreadStates.count < 8,
      Spelling.nearState(word) != nil
    else { return }
    label.unreadStates.append(text.text(tokens[place].range.lowerBound..<tokens[end - 1].range.upperBound))
    // The parts behind it are of this name.
    self.place = end
  }

  /// Notes a call of another kind than a ladder's, with a constant such as SO_LINGER: it may change all that follows.
  mutating func noteUnreadCall(_ range: ClosedRange<Int>) {
    let hasConstant = tokens[range].dropFirst().contains { token in
      token.isWord && token.text.contains("_") && token.text == token.text.uppercased()
        && State(name: token.text) == nil
    }
    guard hasConstant, tokens[range.lowerBound].text.contains(where: \.isLowercase) else { return }
    let text = text.lowercased(
      tokens[range.lowerBound].range.lowerBound..<tokens[range.upperBound].range.upperBound)
    label.unreadCall = label.unreadCall ?? text
    label.unread = label.unread ?? text
  }

  /// A label without a flag is unread where an unknown word stands in its place. With a length it is data.
  mutating func noteMissingFlag() {
    if label.others != swappedCount || !pattern.flags.isEmpty { label.forgetSwapped() }
    guard pattern.flags.isEmpty, !hasSmallAck, pattern.length == nil else { return }
    let isAlone = label.others == lonelyNames.count
    label.unread =
      label.unread ?? unknownName ?? lonelyNames.first { isAlone || Spelling.hasSlippedLetters($0) }
  }

  /// Notes which flags the label nearly names.
  mutating func noteNearFlags() {
    guard label.unread != nil else { return }
    for token in tokens where token.isWord {
      label.nearFlags.formUnion(Self.flags(named: token.text) ?? Spelling.nearFlags(token.text) ?? [])
    }
  }

  /// The sign without blanks between the word at this place and a flag: `-`, `+` or `/`.
  private func signToFlag(beside place: Int) -> LabelToken? {
    for step in [-1, 1] {
      guard let sign = tokenAt(place + step), ["-", "+", "/"].contains(sign.text), isFlag(place + 2 * step)
      else { continue }
      let behind = tokens[max(place, place + 2 * step)]
      if !sign.isSpaced, !behind.isSpaced { return sign }
    }
    return nil
  }

  /// Tells whether a flag stands next to the word at this place, with a sign of a list or only a blank between them.
  private func isInList(_ place: Int) -> Bool {
    [-1, 1].contains { step in
      if isFlag(place + step) { return true }
      guard let sign = tokenAt(place + step), ["+", "-", "/", ",", "|", "&"].contains(sign.text) else {
        return false
      }
      return isFlag(place + 2 * step)
    }
  }

  /// Tells whether the word at this place stands behind `CTL=` or `flags:`.
  private func isBehindName(_ place: Int) -> Bool {
    guard let sign = tokenAt(place - 1), sign.isSign("=") || sign.isSign(":"), let name = tokenAt(place - 2)
    else {
      return false
    }
    return Words.flags.areIn(name.text.lowercased())
  }

  /// Tells whether `=1` or `=0` stands behind the word at this place.
  private func hasBit(behind place: Int) -> Bool {
    guard let sign = tokenAt(place + 1), sign.isSign("=") || sign.isSign(":") else { return false }
    return isBit(tokenAt(place + 2))
  }

  /// Tells whether numbers of a segment stand in parentheses behind the word at this place.
  private func hasFields(behind place: Int) -> Bool {
    guard tokenAt(place + 1)?.isSign("(") == true else { return false }
    let inside = tokens[(place + 2)...].prefix { !$0.isSign(")") }
    return zip(inside, inside.dropFirst()).contains { name, sign in
      guard name.isWord, sign.isSign("=") || sign.isSign(":") else { return false }
      let word = name.text.lowercased()
      return Words.sequence.areIn(word) || Words.acknowledgment.areIn(word)
    }
  }

  private func isFlag(_ place: Int) -> Bool {
    tokenAt(place).map { $0.isWord && Self.flags(named: $0.text) != nil } ?? false
  }

  private func tokenAt(_ place: Int) -> LabelToken? { tokens.indices.contains(place) ? tokens[place] : nil }

  /// Words that people put beside a flag or before the parentheses of its numbers, and terms of TCP that are near a flag.
  private static let besideFlags: Set = [
    "dup", "duplicate", "syncookie", "cookie", "pacote", "pakket", "trame", "sack", "dsack", "rtt", "ecn",
    "ect", "ace",
  ]

  private static func isKnownBesideFlags(_ word: String) -> Bool {
    besideFlags.contains(word) || Words.flags.areIn(word) || Words.parties.areIn(word)
      || Words.received.areIn(word) || Words.lost.areIn(word) || Words.handshake.areIn(word)
      || State(name: word) != nil
  }
}
