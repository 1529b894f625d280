/// A step of an opening or a close by its number: `第二次挥手`, "the third step of the handshake", `Wave 1`.
struct Ordinal {
  let number: Int
  let isHandshake: Bool
  let isFarewell: Bool

  /// Tells whether the text names what the number counts.
  var isStep: Bool { isHandshake || isFarewell }

  init?(in text: String) {
    guard text.utf8.count <= 200 else { return nil }
    let lower = text.lowercased()
    guard let number = Self.digit(in: lower) ?? Self.word(in: lower) else { return nil }
    self.number = number
    isHandshake = Words.handshake.areIn(lower)
    isFarewell = Words.farewell.areIn(lower)
  }

  /// In `3-way handshake` and `四次挥手` all steps are counted.
  private static func digit(in text: String) -> Int? {
    guard let digit = text.firstIndex(where: { $0.isASCII && $0.isNumber }),
      let number = text[digit].wholeNumberValue
    else { return nil }
    let behind = text[text.index(after: digit)...]
    let isCount =
      behind.hasPrefix("-way") || behind.hasPrefix(" way")
      || (behind.hasPrefix("次") && !text[..<digit].hasSuffix("第"))
    guard !isCount, behind.first?.isNumber != true, 1...4 ~= number else { return nil }
    return number
  }

  private static func word(in text: String) -> Int? {
    for language in Language.all {
      if let place = language.ordinals.firstIndex(where: { text.contains($0) }) { return place + 1 }
    }
    return nil
  }
}
