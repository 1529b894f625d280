/// The party that a column's header names: `Lamp` of `Lamp's state`, `태블릿` of `태블릿 상태`.
enum PartyTitle {
  static func name(of header: String) -> String {
    var words = header.split(separator: " ").map(String.init)
    // Words of the column's kind stand before or behind the name.
    func isKind(_ word: String) -> Bool {
      let word = word.lowercased().trimmingParentheses
      return Words.state.are(word) || Words.flags.are(word) || Words.sends.are(word) || joining.contains(word)
    }
    while words.count > 1, let last = words.last, isKind(last) { words.removeLast() }
    while words.count > 1, let first = words.first, isKind(first) { words.removeFirst() }
    var name = words.joined(separator: " ")
    for ending in ["'s", "’s", "'", "’", ":", "："] where name.hasSuffix(ending) {
      name.removeLast(ending.count)
    }
    // Chinese and Japanese put no blank between.
    for kind in Words.state.pieces + Words.flags.pieces + Words.sends.pieces
    where name.count > kind.count && name.hasSuffix(kind) {
      name.removeLast(kind.count)
      break
    }
    while name.count > 1, let last = name.last, "的の(（".contains(last) { name.removeLast() }
    return name.isEmpty ? header : name
  }

  private static let joining: Set = [
    "of", "the", "de", "del", "du", "des", "la", "le", "el", "do", "da", "der", "des", "on", "side", "after",
    "new",
  ]

  /// Tells whether the two name the same party: one is the other's beginning or a word of it, in any case.
  static func matches(_ one: String, _ other: String) -> Bool {
    let (one, other) = (one.lowercased(), other.lowercased())
    guard !one.isEmpty, !other.isEmpty else { return false }
    if one == other { return true }
    let (short, long) = one.count < other.count ? (one, other) : (other, one)
    let isWord = long.split { !$0.isLetter && !$0.isNumber }.contains { $0 == short }
    return isWord || (short.count > 1 && long.contains(short)) || long.hasPrefix(short)
  }
}

extension String {
  fileprivate var trimmingParentheses: String { filter { !"()（）[]".contains($0) } }
}
