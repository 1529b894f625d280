/// Columns side by side, each cell wrapped within its column; the last column takes the room that is left.
package struct TextTable {
  package var rows: [[Cell]] = []

  package struct Cell {
    /// One after the other, each on a line of its own.
    package var paragraphs: [Paragraph]

    package init(_ text: String, _ tone: Tone = .plain) { paragraphs = [Paragraph(text, tone)] }
    package init(_ paragraphs: [Paragraph]) { self.paragraphs = paragraphs }

    fileprivate var width: Int { paragraphs.map(\.width).max() ?? 0 }

    fileprivate func lines(in columns: Int) -> [Line] { paragraphs.flatMap { $0.lines(in: columns) } }
  }

  package init() {}

  package func lines(width: Int, indent: Int = 2, gap: Int = 2) -> [Line] {
    let count = rows.map(\.count).max() ?? 0
    guard count > 0 else { return [] }
    var widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0
    }
    // A column before the last may not starve those behind it.
    for column in 0..<(count - 1) { widths[column] = min(widths[column], width / count) }
    let before = indent + widths.dropLast().reduce(0) { $0 + $1 + gap }
    widths[count - 1] = max(10, width - before)
    return rows.flatMap { row -> [Line] in
      let cells = row.enumerated().map { $1.lines(in: widths[$0]) }
      let height = cells.map(\.count).max() ?? 0
      return (0..<height).map { index in
        var line = Line.blank(indent)
        for (column, cell) in cells.enumerated() {
          if column > 0 { line += .blank(gap) }
          line += (index < cell.count ? cell[index] : Line()).padded(to: widths[column])
        }
        return line
      }
    }
  }
}
