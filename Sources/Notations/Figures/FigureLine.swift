import Documents

/// A line of a figure, in which each character stands in the column where a terminal shows it.
struct FigureLine {
  /// From 1.
  var number: Int
  var characters: [Character]
  /// The column of each character, from 0, and at the end that behind the last.
  private(set) var columns: [Int]

  /// - Parameter line: the line of the page. What makes it a comment of a programming language is left out.
  init(_ line: Substring, number: Int) {
    self.number = number
    characters = []
    columns = []
    var column = 0
    let text = line.contains("&") ? Substring(Entities.decoded(String(line))) : line
    for character in text.prefix(Self.longest) {
      let width = character == "\t" ? 8 - column % 8 : character.displayWidth
      if width == 0, !characters.isEmpty { continue }
      if character == "\t" || character == "\u{3000}" || character == "\u{A0}" || character == "\r" {
        for step in 0..<max(width, 1) {
          characters.append(" ")
          columns.append(column + step)
        }
      } else {
        characters.append(character)
        columns.append(column)
      }
      column += max(width, 1)
    }
    columns.append(column)
    blankComment()
  }

  /// A longer line is in no figure that a person drew.
  private static let longest = 400

  /// Puts blanks in the place of `//`, `#`, `*`, `/*`, `;` and `>` at the beginning.
  private mutating func blankComment() {
    guard let begin = characters.firstIndex(where: { $0 != " " }) else { return }
    let mark = characters[begin...].prefix { $0 != " " }
    guard Self.comments.contains(String(mark)) else { return }
    for place in mark.indices { characters[place] = " " }
  }

  private static let comments: Set = [
    "//", "///", "//!", "#", "##", "*", "/*", "/**", "*/", "**/", ";", ";;", ">", "%",
  ]

  var isBlank: Bool { characters.allSatisfy { $0 == " " } }

  func text(_ range: Range<Int>) -> String {
    guard range.lowerBound < range.upperBound else { return "" }
    return String(Substring(String(characters[range])).trimmed)
  }

  /// A part of a line with a text, by the places of its characters.
  struct Piece {
    var range: Range<Int>
    /// The columns that it takes.
    var columns: Range<Int>
    var text: String
  }

  /// The texts between which at least this many blanks stand.
  func pieces(gap: Int = 2, in part: Range<Int>? = nil) -> [Piece] {
    var pieces: [Piece] = []
    var begin: Int?
    var end = 0
    func close() {
      guard let first = begin else { return }
      pieces.append(
        Piece(
          range: first..<end, columns: columns[first]..<columns[end], text: String(characters[first..<end])))
    }
    for place in part ?? characters.indices where characters[place] != " " {
      if begin != nil, place - end >= gap {
        close()
        begin = nil
      }
      begin = begin ?? place
      end = place + 1
    }
    close()
    return pieces
  }
}
