import Documents

/// Any pipe table of a text: neither a ladder nor facts, only cells.
package struct PlainTable: Equatable, Sendable {
  package var header: [String]
  package var rows: [Row]

  package struct Row: Equatable, Sendable {
    /// From 1.
    package var line: Int
    /// As many as the header has.
    package var cells: [String]
    /// The number of cells that were written, which may be fewer or more.
    package var written: Int
  }

  /// All tables of this Markdown text, in their order.
  package static func all(in text: String) -> [PlainTable] {
    let lines = Documents.lines(of: text)
    var tables: [PlainTable] = []
    var next = 0
    while next < lines.count {
      guard let table = Table(in: lines, at: next) else {
        next += 1
        continue
      }
      tables.append(
        PlainTable(
          header: table.header,
          rows: table.rows.map {
            Row(line: $0.line, cells: Array($0.cells.prefix(table.header.count)), written: $0.written)
          }))
      next += table.lineCount
    }
    return tables
  }

  /// The line of the first row that no table holds, as where a header is damaged; nil where there is none.
  package static func strayRow(in text: String) -> Int? {
    let lines = Documents.lines(of: text)
    var next = 0
    while next < lines.count {
      if let table = Table(in: lines, at: next) {
        next += table.lineCount
      } else if lines[next].trimmed.utf8.first == .pipe {
        return next + 1
      } else {
        next += 1
      }
    }
    return nil
  }
}
