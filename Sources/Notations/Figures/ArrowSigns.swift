/// The signs that people draw arrows and life lines with.
enum ArrowSigns {
  private static let shafts: Set<Character> = [
    "-", "=", "~", "─", "━", "═", "—", "–", "―", "‐", "‑", "−", "╌", "╍", "┄", "┅", "┈", "┉", "－", "＝", "⎯",
    "ー",
  ]
  private static let rightHeads: Set<Character> = [
    ">", "＞", "→", "⇒", "⟶", "⟹", "►", "▶", "▷", "▻", "➔", "➜", "➝", "➞", "➡", "➤", "⇨", "⮕", "»", "≫", "❯",
    "⇾",
    "⇀", "▸",
  ]
  private static let leftHeads: Set<Character> = [
    "<", "＜", "←", "⇐", "⟵", "⟸", "◄", "◀", "◁", "◅", "⬅", "⇦", "«", "≪", "❮", "⇽", "↼", "◂",
  ]
  /// Heads that are other signs where no shaft touches them.
  private static let weakHeads: Set<Character> = [">", "<", "＞", "＜", "»", "«", "≫", "≪", "❯", "❮", "▸", "◂"]
  private static let lostEnds: Set<Character> = ["X", "x", "✗", "✘", "✕", "✖", "╳", "×", "❌"]
  static let dots: Set<Character> = [".", "…", "·", "⋯", "‥"]
  private static let lifeLines: Set<Character> = [
    "|", "│", "┃", "║", "├", "┤", "┼", "╎", "╏", "┆", "┇", "┊", "┋", "¦", "￨", "｜", "╟", "╢", "┠", "┨", "┝",
    "┥", "╞",
    "╡", "╠", "╣", "┣", "┫",
  ]

  static func isShaft(_ character: Character) -> Bool { shafts.contains(plain(character)) }
  static func isRight(_ character: Character) -> Bool { rightHeads.contains(plain(character)) }
  static func isLeft(_ character: Character) -> Bool { leftHeads.contains(plain(character)) }
  static func isWeak(_ head: Character) -> Bool { weakHeads.contains(head) }
  static func isLoss(_ character: Character) -> Bool { lostEnds.contains(plain(character)) }
  static func isLifeLine(_ character: Character) -> Bool { lifeLines.contains(character) }

  /// Tells whether one of this sign alone is a shaft: it is used for nothing else.
  static func isDrawn(_ shaft: Character) -> Bool { !"-=~—–―‐‑−－＝ー".contains(shaft) }

  /// Without the sign that asks for a picture or for text (U+FE0F, U+FE0E).
  private static func plain(_ character: Character) -> Character {
    guard !character.isASCII, character.unicodeScalars.count > 1 else { return character }
    return character.unicodeScalars.first.map(Character.init) ?? character
  }
}
