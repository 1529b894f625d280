extension StringProtocol {
  /// The columns that this text takes up in a terminal.
  package var displayWidth: Int {
    if utf8.allSatisfy({ UInt8(ascii: " ")...UInt8(ascii: "~") ~= $0 }) { return utf8.count }
    return reduce(0) { $0 + $1.displayWidth }
  }
}

extension Character {
  /// 0 for a mark that stands on the character before it, 2 for a wide one, else 1.
  package var displayWidth: Int {
    if utf8.count == 1 { return 1 }
    // A character of several scalars is drawn in one place: Hangul of several letters, an emoji with its modifiers.
    if unicodeScalars.contains("\u{FE0F}") { return 2 }
    return unicodeScalars.map(\.displayWidth).max() ?? 0
  }
}

extension Unicode.Scalar {
  fileprivate var displayWidth: Int {
    if value < 0x300 { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    // Vowels and final consonants of a Hangul syllable that is written letter by letter.
    if 0x1160...0x11FF ~= value { return 0 }
    return Unicode.Scalar.wide.contains { $0 ~= value } ? 2 : 1
  }

  /// Wide and full-width characters (Unicode Standard Annex 11), in blocks rather than one by one.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F,  // Hangul letters
    0x231A...0x231B, 0x23E9...0x23F3, 0x2614...0x2615, 0x26A1...0x26A1, 0x2705...0x2705, 0x274C...0x274C,
    0x2E80...0x303E, 0x3041...0x33FF,  // radicals, CJK punctuation, Kana
    0x3400...0x4DBF, 0x4E00...0x9FFF,  // Han
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,  // Yi, Hangul
    0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,  // forms of compatibility
    0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF,  // pictures
    0x20000...0x3FFFD,  // rare Han
  ]
}
