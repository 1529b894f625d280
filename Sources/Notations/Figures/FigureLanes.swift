import Documents

/// The life lines of a figure, each with its participant, and the parts into which they divide a line.
struct FigureLanes {
  /// The sides of each participant's place, by their number in a line that has all: of a life line the same twice.
  private(set) var poles: [ClosedRange<Int>]
  /// The columns of all life lines.
  private(set) var columns: [Int]
  let rows: [FigureRow]

  /// The number of participants.
  var count: Int { max(poles.count, 2) }

  init(_ rows: [FigureRow]) {
    self.rows = rows
    let number = Self.usualNumber(in: rows)
    columns = (0..<number).map { ordinal in
      let all = rows.filter { $0.lifeLines.count == number }.map {
        $0.line.columns[$0.lifeLines[ordinal].lowerBound]
      }
      return all.sorted()[all.count / 2]
    }
    // The other life line may be left out.
    if number == 1, let column = columns.first {
      let arrows = rows.flatMap { row in row.arrows.filter(\.isDirected).map { ($0.range, row.line.columns) }
      }
      let isRight = arrows.count { $0.1[$0.0.lowerBound] > column } * 2 > arrows.count
      columns =
        isRight
        ? [column, (arrows.map { $0.1[$0.0.upperBound] }.max() ?? column) + 1]
        : [max(0, (arrows.map { $0.1[$0.0.lowerBound] }.min() ?? column) - 1), column]
    }
    poles = columns.indices.map { $0...$0 }
    if number == 4, Self.spans(in: rows, number) == [2] { poles = [0...1, 2...3] }
  }

  /// The number of life lines that most lines with an arrow have.
  private static func usualNumber(in rows: [FigureRow]) -> Int {
    var counts: [Int: Int] = [:]
    for row in rows where row.hasArrow { counts[row.lifeLines.count, default: 0] += 1 }
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
  }

  /// The spaces between life lines in which arrows stand.
  private static func spans(in rows: [FigureRow], _ number: Int) -> Set<Int> {
    var spans: Set<Int> = []
    for row in rows where row.lifeLines.count == number {
      for arrow in row.arrows where arrow.direction != .none {
        spans.insert(row.lifeLines.count { $0.lowerBound < arrow.range.lowerBound })
      }
    }
    return spans.subtracting([0, number])
  }

  /// The lanes of one figure, or of two that stand side by side.
  static func halves(of rows: [FigureRow]) -> [FigureLanes] {
    let lanes = FigureLanes(rows)
    var middle: Int?
    if lanes.columns.count == 4, spans(in: rows, 4) == [1, 3] {
      middle = (lanes.columns[1] + lanes.columns[2]) / 2
    } else if lanes.columns.isEmpty, let names = rows.lazy.compactMap(\.names).first, names.count == 4 {
      middle = names[2].columns.lowerBound - 1
    }
    guard let middle else { return [lanes] }
    let isDrawn = !lanes.columns.isEmpty
    let cuts = rows.map { $0.cut(near: middle, between: isDrawn ? 1 : nil) }
    return [
      FigureLanes(zip(rows, cuts).map { row, cut in row.only { $0 < cut } }),
      FigureLanes(zip(rows, cuts).map { row, cut in row.only { $0 >= cut } }),
    ]
  }

  /// The places of each participant in a line; nil where the line has none of its life lines.
  ///
  /// Life lines in a line that has all of them are told by their number, so that they may be out of line.
  func places(in row: FigureRow) -> [Range<Int>]? {
    guard !columns.isEmpty, !row.lifeLines.isEmpty else { return nil }
    var found: [Range<Int>?] = Array(repeating: nil, count: columns.count)
    if row.lifeLines.count == columns.count {
      found = row.lifeLines
    } else {
      for lifeLine in row.lifeLines {
        let column = row.line.columns[lifeLine.lowerBound]
        guard let near = columns.indices.min(by: { abs(columns[$0] - column) < abs(columns[$1] - column) }),
          abs(columns[near] - column) <= 6, found[near] == nil
        else { continue }
        found[near] = lifeLine
      }
    }
    guard found.contains(where: { $0 != nil }) else { return nil }
    var low = 0
    let all = columns.indices.map { index -> Range<Int> in
      let range = found[index] ?? missing(index, in: row, behind: low)
      let from = max(low, range.lowerBound)
      low = max(from, range.upperBound)
      return from..<low
    }
    return poles.map { all[$0.lowerBound].lowerBound..<all[$0.upperBound].upperBound }
  }

  /// The place where a life line would stand that is not drawn: behind the arrow or the text that it would cut.
  private func missing(_ index: Int, in row: FigureRow, behind low: Int) -> Range<Int> {
    let characters = row.line.characters
    var place = row.line.columns.firstIndex { $0 >= columns[index] } ?? characters.count
    place = min(max(place, low), characters.count)
    if let arrow = row.arrows.first(where: { $0.range.contains(place) }) {
      place = index == 0 ? arrow.range.lowerBound : arrow.range.upperBound
    }
    // A text goes to the side at which most of it stands.
    let from = row.arrows.last { $0.range.upperBound <= place }?.range.upperBound ?? 0
    let to = row.arrows.first { $0.range.lowerBound >= place }?.range.lowerBound ?? characters.count
    if let piece = row.line.pieces(in: from..<max(from, to)).first(where: {
      $0.range.lowerBound < place && place < $0.range.upperBound
    }) {
      let middle = (piece.range.lowerBound + piece.range.upperBound) / 2
      let isOuter = index == 0 || (index == columns.count - 1 && middle + 4 >= place)
      place = (index == 0) == isOuter ? piece.range.upperBound : piece.range.lowerBound
    }
    return place..<place
  }

  /// The participant that is nearest to a column.
  func nearest(to column: Int, of middles: [Int]) -> Int {
    middles.indices.min { abs(middles[$0] - column) < abs(middles[$1] - column) } ?? 0
  }

  /// The column of each participant.
  var middles: [Int] {
    poles.map { (columns[$0.lowerBound] + columns[$0.upperBound]) / 2 }
  }
}

extension FigureRow {
  /// The place at which the line is cut into two halves.
  ///
  /// - Parameter lifeLine: the number of the last life line of the left half, in a line that has all four.
  fileprivate func cut(near column: Int, between lifeLine: Int?) -> Int {
    if lifeLine != nil, lifeLines.count == 4 {
      // A text in between belongs to what it is nearer to.
      let range = lifeLines[1].upperBound..<lifeLines[2].lowerBound
      guard let text = line.pieces(in: range).last, text.range.upperBound == range.upperBound else {
        return range.upperBound
      }
      return text.range.lowerBound
    }
    let pieces = line.pieces(gap: 2)
    let behind = pieces.first {
      ($0.columns.lowerBound + $0.columns.upperBound) / 2 > column && $0.columns.lowerBound >= column - 8
    }
    return behind?.range.lowerBound ?? line.characters.count
  }
}
