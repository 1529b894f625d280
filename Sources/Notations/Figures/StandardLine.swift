import Documents
import TCP

/// A line of a figure in the style of RFC 9293.
struct StandardLine {
  var number: Int
  /// The number of the step.
  var step: Int?
  var kind: Kind

  enum Kind {
    case blank
    case segment(StandardSegment)
    /// States, calls and remarks, each with its column.
    case ends([FigureLine.Piece])
    /// Texts that may be the names of the parties.
    case names([FigureLine.Piece])
    case other
  }

  init(_ line: FigureLine) {
    number = line.number
    var begin = line.characters.firstIndex { $0 != " " } ?? 0
    (step, begin) = Self.step(of: line, from: begin)
    // A rule may stand below the names.
    if line.characters.allSatisfy({ $0 == " " || ArrowSigns.isShaft($0) }) {
      kind = .blank
    } else if let segment = StandardSegment(line, from: begin) {
      kind = .segment(segment)
    } else {
      let pieces = line.pieces(in: begin..<line.characters.count)
      if (1...3).contains(pieces.count), pieces.prefix(2).allSatisfy({ Self.isEnd($0.text) }) {
        kind = .ends(pieces)
      } else if pieces.count == 2, step == nil {
        kind = .names(pieces)
      } else {
        kind = pieces.isEmpty ? .blank : .other
      }
    }
  }

  /// `1.`, `(2)`, `3:`; nil with the same place where there is none.
  private static func step(of line: FigureLine, from begin: Int) -> (Int?, Int) {
    var place = begin
    if place < line.characters.count, "([".contains(line.characters[place]) { place += 1 }
    let digits = line.characters[place...].prefix(4).prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(String(digits)), digits.endIndex < line.characters.count,
      ".):]".contains(line.characters[digits.endIndex])
    else { return (nil, begin) }
    return (number, digits.endIndex + 1)
  }

  /// A state, or a misspelled one, with nothing behind it but a remark in parentheses; or such a remark alone.
  private static func isEnd(_ text: String) -> Bool {
    if text.first == "(" || text.first == "[" { return true }
    if StandardEvents.misspelledStates(in: text) == [text] { return true }
    let label = Label(reading: text)
    return !label.states.isEmpty && label.others == 0 && label.segment == nil
  }
}

/// A segment in its line: `SYN-SENT --> <SEQ=100><CTL=SYN> --> SYN-RECEIVED`.
struct StandardSegment {
  enum Mark { case right, left, underWay, lost }

  var fields: String
  /// The column in which the fields begin.
  var column: Int
  /// The signs before and behind the fields.
  var marks: (left: Mark?, right: Mark?)
  var texts: Both<String>
  /// Words behind the right end.
  var remark = ""

  init?(_ line: FigureLine, from begin: Int) {
    guard let range = Self.fields(of: line, from: begin) else { return nil }
    fields = line.text(range)
    column = line.columns[range.lowerBound]
    let before = begin..<range.lowerBound
    let behind = range.upperBound..<line.characters.count
    texts = Both(left: line.text(before), right: line.text(behind))
    marks = (nil, nil)
    if let token = texts.left.split(separator: " ").last, let mark = Self.mark(token) {
      marks.left = mark
      texts.left = String(texts.left.dropLast(token.count)[...].trimmed)
    }
    if let token = texts.right.split(separator: " ").first, let mark = Self.mark(token) {
      marks.right = mark
      texts.right = String(texts.right.dropFirst(token.count)[...].trimmed)
    }
    guard marks.left != nil || marks.right != nil else { return nil }
    if let gap = texts.right.firstRange(of: "  ") {
      remark = String(texts.right[gap.upperBound...].trimmed)
      texts.right = String(texts.right[..<gap.lowerBound])
    }
  }

  private static let names = ["CTL", "SEQ", "FLAGS", "ACK=", "DATA", "LEN="]

  /// `<SEQ=100><ACK=300><CTL=FIN,ACK>`, with or without blanks between.
  private static func fields(of line: FigureLine, from begin: Int) -> Range<Int>? {
    let characters = line.characters
    var first: Int?
    var end = begin
    var place = begin
    var isSegment = false
    while place < characters.count {
      let character = characters[place]
      guard character == "<" || character == "＜", place + 1 < characters.count,
        characters[place + 1].isLetter,
        let close = characters[place...].prefix(40).firstIndex(where: { $0 == ">" || $0 == "＞" })
      else {
        if first != nil, !" ,".contains(character) { break }
        place += 1
        continue
      }
      let field = String(characters[(place + 1)..<close]).uppercased()
      guard field.contains("=") || field == "DATA" else { break }
      isSegment = isSegment || Self.names.contains { field.hasPrefix($0) }
      first = first ?? place
      end = close + 1
      place = end
    }
    return isSegment ? first.map { $0..<end } : nil
  }

  private static func mark(_ token: Substring) -> Mark? {
    if token.allSatisfy(ArrowSigns.dots.contains) {
      return token.count > 1 || token == "…" ? .underWay : nil
    }
    var heads = (left: false, right: false)
    var isLost = false
    for character in token {
      if ArrowSigns.isRight(character) {
        heads.right = true
      } else if ArrowSigns.isLeft(character) {
        heads.left = true
      } else if ArrowSigns.isLoss(character) {
        isLost = true
      } else if !ArrowSigns.isShaft(character) && character != "|" && character != "/" {
        return nil
      }
    }
    if isLost { return .lost }
    return heads.left == heads.right ? nil : heads.left ? .left : .right
  }
}
