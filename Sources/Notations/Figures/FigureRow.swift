import Documents

/// A line of a figure with its signs.
struct FigureRow {
  var line: FigureLine
  var signs: [FigureSigns.Sign]
  /// The places of its life lines, and of the sides of its boxes.
  var lifeLines: [Range<Int>]
  /// The arrows between life lines, whole or in part.
  var arrows: [FigureArrow]

  init(_ line: FigureLine) {
    self.line = line
    signs = FigureSigns(of: line).all
    signs.removeAll { Self.isTransition($0, in: line) }
    lifeLines = signs.filter { $0.kind == .lifeLine }.map(\.range)
    arrows = []
    for span in signs.split(whereSeparator: { $0.kind == .lifeLine }) {
      arrows += FigureArrow.all(in: line, span)
    }
  }

  /// `CLOSED → SYN_SENT` in a line is no arrow between two participants.
  private static func isTransition(_ sign: FigureSigns.Sign, in line: FigureLine) -> Bool {
    guard sign.kind == .right, sign.range.count == 1,
      !ArrowSigns.isWeak(line.characters[sign.range.lowerBound])
    else {
      return false
    }
    let before = line.text(max(0, sign.range.lowerBound - 14)..<sign.range.lowerBound)
    guard sign.range.lowerBound == 0 || !ArrowSigns.isShaft(line.characters[sign.range.lowerBound - 1]),
      let last = before.split(separator: " ").last
    else { return false }
    return !Label(reading: String(last)).states.isEmpty
  }

  var number: Int { line.number }
  var isBlank: Bool { line.isBlank }
  var hasArrow: Bool { arrows.contains { $0.direction != .none } }

  /// The texts of a line without arrows, apart from its life lines.
  var texts: [FigureLine.Piece] {
    var begin = 0
    var texts: [FigureLine.Piece] = []
    for lifeLine in lifeLines + [line.characters.count..<line.characters.count] {
      texts += line.pieces(in: begin..<max(begin, lifeLine.lowerBound))
      begin = lifeLine.upperBound
    }
    return texts
  }

  /// Lines of a box, or a rule.
  var isRule: Bool {
    !isBlank
      && line.characters.allSatisfy {
        $0 == " " || ArrowSigns.isShaft($0) || "┌┐└┘┬┴┼├┤╔╗╚╝╦╩╭╮╰╯+|│║.'".contains($0)
      }
      && line.characters.contains(where: ArrowSigns.isShaft) && !hasArrow
  }

  /// Tells whether a side of a box is drawn in it.
  var hasBorder: Bool {
    guard !hasArrow else { return false }
    return line.characters.indices.dropLast().contains { place in
      let (one, other) = (line.characters[place], line.characters[place + 1])
      return Self.corners.contains(one) && ArrowSigns.isShaft(other)
        || ArrowSigns.isShaft(one) && Self.corners.contains(other)
    }
  }
  private static let corners = "┌┐└┘╔╗╚╝╭╮╰╯+"

  /// The names of participants that the line may hold: two to four short texts that name nothing of TCP's.
  var names: [FigureLine.Piece]? {
    guard !hasArrow, !isRule, lifeLines.count != 2 || Self.isBoxed(self) else { return nil }
    let texts = texts
    guard (2...4).contains(texts.count), texts.allSatisfy({ Self.isName($0.text) }) else { return nil }
    return texts
  }

  /// Tells whether no text stands between the second side of one box and the first of the next.
  private static func isBoxed(_ row: FigureRow) -> Bool {
    row.texts.allSatisfy { piece in !row.lifeLines.contains { $0.lowerBound < piece.range.lowerBound } }
  }

  static func isName(_ text: String) -> Bool {
    let plain = text.prefix { !"(（[:".contains($0) }
    let name = plain.isEmpty ? text : String(plain)
    let isWritten =
      text.contains { $0.isLetter || ($0.unicodeScalars.first?.value ?? 0) > 0x1F000 }
      || text.count { $0 == "." } == 3
    // A sentence that names an arrow in code has half of the code before it.
    guard isWritten, text.count <= 48, !"。.,;?!".contains(text.last ?? " "),
      text.count(where: { $0 == "`" }).isMultiple(of: 2)
    else { return false }
    let label = Label(reading: name)
    return label.states.isEmpty && label.segment == nil && label.calls.isEmpty && !Elision.isTold(in: text)
      && !text.contains("()")
  }

  /// The line with nothing but what stands in these places.
  func only(_ isKept: (Int) -> Bool) -> FigureRow {
    var line = line
    for place in line.characters.indices where !isKept(place) { line.characters[place] = " " }
    return FigureRow(line)
  }
}
