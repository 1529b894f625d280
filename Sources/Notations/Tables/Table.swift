import Documents

/// A pipe table: its header, and its rows with as many cells each.
struct Table {
  struct Row {
    var line: Int
    var cells: [String]
    /// The number of cells that were written, which may be fewer or more than the header has.
    var written: Int
  }

  /// The line of the header, from 1.
  var line: Int
  var header: [String]
  var rows: [Row]
  /// The number of lines of the table.
  var lineCount: Int

  init(line: Int, header: [String], rows: [Row], lineCount: Int) {
    self.line = line
    self.header = header
    self.rows = rows
    self.lineCount = lineCount
  }

  /// The table whose header is the line at this index, or nil.
  ///
  /// As in GitHub's Markdown the delimiter row makes the table, with as many cells as the header,
  /// and it goes on until a blank line or one that begins another block.
  init?(in lines: [Substring], at index: Int) {
    guard let header = Table.header(in: lines, at: index), header.cells.count == header.delimiters,
      header.cells.count <= Table.widest
    else { return nil }
    line = index + 1
    self.header = header.cells.map { Markdown.unwrapped($0[...]) }
    rows = []
    let hasOuterPipes = lines[index].trimmed.utf8.first == .pipe
    var next = index + 2
    while next < lines.count, !lines[next].isBlank, !Markdown.beginsBlock(lines[next]) {
      var cells = Table.cells(of: lines[next])
      // Where the header has no outer pipe, `| ACK` means an empty first cell, though not every renderer knows.
      if !hasOuterPipes && cells.count < header.cells.count && lines[next].trimmed.utf8.first == .pipe {
        cells.insert("", at: 0)
      }
      let written = cells.count
      while cells.count < header.cells.count { cells.append("") }
      rows.append(Row(line: next + 1, cells: cells, written: written))
      next += 1
    }
    lineCount = next - index
  }

  /// The most columns that are read: every row is filled up to the header's, so a page must not ask for many.
  static let widest = 64

  /// The reason why this header of a table is none, or nil.
  static func misfit(in lines: [Substring], at index: Int) -> String? {
    guard let header = header(in: lines, at: index) else { return nil }
    if header.cells.count != header.delimiters {
      return "not a table: the row below it has another number of cells"
    }
    return header.cells.count > widest ? "not read: it has more than \(widest) columns" : nil
  }

  private static func header(in lines: [Substring], at index: Int) -> (cells: [String], delimiters: Int)? {
    // A cheap look first: nearly every line of a page is none of a table.
    guard index + 1 < lines.count, lines[index].utf8.contains(.pipe), lines[index + 1].utf8.contains(.pipe)
    else { return nil }
    let delimiters = cells(of: lines[index + 1])
    guard delimiters.allSatisfy(isDelimiter), !Markdown.beginsBlock(lines[index]) else { return nil }
    return (cells(of: lines[index]), delimiters.count)
  }

  /// `---`, `:--`, `--:`, `:-:`.
  private static func isDelimiter(_ cell: String) -> Bool {
    var octets = cell.utf8[...]
    if octets.first == UInt8(ascii: ":") { octets.removeFirst() }
    if octets.last == UInt8(ascii: ":") { octets.removeLast() }
    return !octets.isEmpty && octets.allSatisfy { $0 == UInt8(ascii: "-") }
  }

  /// The cells of a row, without the blanks around them; `\|` is a pipe within one.
  static func cells(of line: Substring) -> [String] {
    var row = line.trimmed
    if row.utf8.first == .pipe { row = Substring(row.utf8.dropFirst()) }
    var cells: [String] = []
    var cell: [UInt8] = []
    var isEscaped = false
    var isClosed = false
    for octet in row.utf8 {
      isClosed = octet == .pipe && !isEscaped
      if isClosed {
        cells.append(text(of: cell))
        cell.removeAll(keepingCapacity: true)
      } else {
        if octet == .pipe { cell.removeLast() }
        cell.append(octet)
      }
      isEscaped = octet == .backslash
    }
    if !isClosed { cells.append(text(of: cell)) }
    return cells
  }

  private static func text(of cell: [UInt8]) -> String {
    String(Substring(String(decoding: cell, as: UTF8.self)).trimmed)
  }
}

extension UInt8 {
  static let pipe = UInt8(ascii: "|")
  static let backslash = UInt8(ascii: "\\")
}
