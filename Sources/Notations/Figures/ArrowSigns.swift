/// The signs that people draw arrows with.
enum ArrowSigns {
  static let shafts: Set<Character> = [
    "-", "=", "~", "─", "━", "═", "—", "–", "―", "‐", "‑", "−", "╌", "╍", "┄", "┅", "┈", "┉", "－", "＝", "⎯",
    "ー",
  ]
  static let rightHeads: Set<Character> = [
    ">", "＞", "→", "⇒", "⟶", "⟹", "►", "▶", "▷", "▻", "➔", "➜", "➝", "➞", "➡", "➤", "⇨", "⮕", "»", "≫", "❯",
    "⇾", "⇀", "▸",
  ]
  static let leftHeads: Set<Character> = [
    "<", "＜", "←", "⇐", "⟵", "⟸", "◄", "◀", "◁", "◅", "⬅", "⇦", "«", "≪", "❮", "⇽", "↼", "◂",
  ]
  static let losses: Set<Character> = ["X", "x", "✗", "✘", "✕", "✖", "╳", "×", "❌"]
  static let dots: Set<Character> = [".", "…", "·", "⋯", "‥"]

  static func isShaft(_ character: Character) -> Bool { shafts.contains(plain(character)) }
  static func isRight(_ character: Character) -> Bool { rightHeads.contains(plain(character)) }
  static func isLeft(_ character: Character) -> Bool { leftHeads.contains(plain(character)) }
  static func isLoss(_ character: Character) -> Bool { losses.contains(plain(character)) }

  /// Without the sign that asks for a picture or for text (U+FE0F, U+FE0E).
  private static func plain(_ character: Character) -> Character {
    character.unicodeScalars.count == 1
      ? character : character.unicodeScalars.first.map(Character.init) ?? character
  }
}
