import Documents

/// Arrows that are drawn over several lines with `\` or `/`, because a segment takes time on its way.
enum SlantedArrow {
  private struct Slant: Equatable {
    /// Tells whether it goes down to the right.
    var isRight: Bool
    var column: Int
    /// The place of its sign, and the places between the two life lines around it.
    var place: Int
    var lane: Range<Int>
  }

  /// Draws each of them in its last line, with all its texts, as an arrow of one line.
  static func straighten(in lines: inout [FigureLine]) {
    var run: [Int] = []
    var last: Slant?
    for index in lines.indices {
      let slant = slant(in: lines[index])
      if let slant, let before = last, slant.isRight == before.isRight,
        slant.isRight ? slant.column > before.column : slant.column < before.column
      {
        run.append(index)
      } else {
        draw(run, last, in: &lines)
        run = slant == nil ? [] : [index]
      }
      last = slant
    }
    draw(run, last, in: &lines)
  }

  /// The only sign of a slanted arrow in a line, between two life lines.
  private static func slant(in line: FigureLine) -> Slant? {
    let places = line.characters.indices.filter { place in
      let sign = line.characters[place]
      guard sign == "\\" || sign == "/" || sign == "╲" || sign == "╱" else { return false }
      func isWord(_ near: Int) -> Bool {
        line.characters.indices.contains(near)
          && (line.characters[near].isLetter || line.characters[near].isNumber)
      }
      return !isWord(place - 1) && !isWord(place + 1)
    }
    guard places.count == 1, let place = places.first else { return nil }
    let lifeLines = FigureSigns(of: line).all.filter { $0.kind == .lifeLine }.map(\.range)
    guard let left = lifeLines.last(where: { $0.upperBound <= place }),
      let right = lifeLines.first(where: { $0.lowerBound > place })
    else { return nil }
    let sign = line.characters[place]
    return Slant(
      isRight: sign == "\\" || sign == "╲", column: line.columns[place], place: place,
      lane: left.upperBound..<right.lowerBound)
  }

  private static func draw(_ run: [Int], _ last: Slant?, in lines: inout [FigureLine]) {
    guard run.count > 1, let last, var end = run.last else { return }
    var texts: [String] = []
    for index in run {
      guard let slant = slant(in: lines[index]) else { continue }
      texts += takeTexts(of: &lines[index], slant.lane, slant.place)
    }
    // The head may stand in a line of its own below.
    var lane = last.lane
    if end + 1 < lines.count {
      let signs = FigureSigns(of: lines[end + 1]).all
      let lifeLines = signs.filter { $0.kind == .lifeLine }.map(\.range)
      if let head = signs.first(where: { $0.kind == (last.isRight ? .right : .left) }),
        let left = lifeLines.last(where: { $0.upperBound <= head.range.lowerBound }),
        let right = lifeLines.first(where: { $0.lowerBound >= head.range.upperBound }),
        last.isRight
          ? lines[end + 1].columns[head.range.lowerBound] > last.column
          : lines[end + 1].columns[head.range.lowerBound] < last.column,
        FigureRow(lines[end + 1]).arrows.allSatisfy({ $0.label.isEmpty })
      {
        end += 1
        lane = left.upperBound..<right.lowerBound
        texts += takeTexts(of: &lines[end], lane, nil)
      }
    }
    let label = texts.filter { !$0.isEmpty }.joined(separator: " ")
    let arrow = last.isRight ? "-- \(label) -->" : "<-- \(label) --"
    let line = lines[end].characters
    lines[end] = FigureLine(
      Substring(String(line[..<lane.lowerBound]) + arrow + String(line[lane.upperBound...])),
      number: lines[end].number)
  }

  /// Takes the texts out of a lane, and puts blanks in the place of all that stands there.
  private static func takeTexts(of line: inout FigureLine, _ lane: Range<Int>, _ sign: Int?) -> [String] {
    for found in FigureSigns(of: line).all
    where lane.contains(found.range.lowerBound) && found.kind != .lifeLine {
      for place in found.range { line.characters[place] = " " }
    }
    if let sign { line.characters[sign] = " " }
    let texts = line.pieces(in: lane).map(\.text)
    for place in lane { line.characters[place] = " " }
    return texts
  }
}
