import Documents

/// Reads a table of HTML (`<table>`, `<tr>`, `<th>`, `<td>`), in a page of HTML or within Markdown.
struct HTMLTable {
  private var rows: [Table.Row] = []
  /// The text of the cell that is open.
  private var cell: String?
  private var columnSpan = 1
  private var rowSpan = 1
  /// Cells that reach down into the next rows, by their columns.
  private var reaching: [Int: (rows: Int, text: String)] = [:]
  private var line: Int

  /// The most lines of a table that is read.
  private static let mostLines = 5000

  /// The table that begins in this line, or nil.
  static func table(in lines: [Substring], at index: Int) -> Table? {
    guard lines[index].utf8.contains(UInt8(ascii: "<")), let begin = opening(in: lines[index]) else {
      return nil
    }
    var reader = HTMLTable(line: index + 1)
    var text = lines[index][begin...]
    var next = index
    while true {
      switch reader.read(text) {
      case .end: return reader.table(from: index, lineCount: next + 1 - index)
      case .nested: return nil
      case .more: break
      }
      next += 1
      guard next < lines.count, next - index < mostLines else { return nil }
      reader.line = next + 1
      text = lines[next]
    }
  }

  private init(line: Int) { self.line = line }

  /// The place behind `<table …>` in a line.
  private static func opening(in line: Substring) -> Substring.Index? {
    var rest = line
    while let open = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: open)...]
      guard rest.prefix(5).lowercased() == "table" else { continue }
      guard rest.dropFirst(5).first.map({ !$0.isLetter }) ?? false, let end = rest.firstIndex(of: ">") else {
        return nil
      }
      return rest.index(after: end)
    }
    return nil
  }

  private enum Progress { case more, end, nested }

  private mutating func read(_ line: Substring) -> Progress {
    var rest = line
    while let open = rest.firstIndex(of: "<") {
      cell?.append(contentsOf: rest[..<open])
      let behind = rest[rest.index(after: open)...]
      guard let end = behind.firstIndex(of: ">"), let name = Self.name(of: behind[..<end]) else {
        cell?.append("<")
        rest = behind
        continue
      }
      let tag = behind[..<end]
      rest = behind[behind.index(after: end)...]
      switch name {
      case "table": return .nested
      case "/table":
        endCell()
        return .end
      case "tr":
        endCell()
        beginRow()
      case "th", "td":
        endCell()
        if rows.isEmpty { beginRow() }
        cell = ""
        columnSpan = Self.count("colspan", of: tag)
        rowSpan = Self.count("rowspan", of: tag)
      case "/th", "/td", "/tr": endCell()
      default: if Self.blanks.contains(name) { cell?.append(" ") }
      }
    }
    cell?.append(contentsOf: rest)
    cell?.append(" ")
    return .more
  }

  private static let cells: Set = ["table", "/table", "tr", "/tr", "th", "/th", "td", "/td"]
  private static let blanks: Set = ["br", "p", "/p", "div", "/div", "li", "/li"]
  private static let others: Set = [
    "thead", "tbody", "tfoot", "caption", "colgroup", "col", "b", "i", "u", "em", "strong", "code", "span",
    "a", "sub",
    "sup", "small", "font", "kbd", "samp", "var", "ul", "ol", "pre", "abbr", "mark", "center", "img", "s",
    "del",
    "ins", "tt",
  ]

  /// The name of a tag in small letters, with the slash of its end; nil for `<SEQ=1>` and `<- ACK ->`.
  private static func name(of tag: Substring) -> String? {
    if tag.hasPrefix("!") { return "!" }
    let isEnd = tag.first == "/"
    let name = (isEnd ? tag.dropFirst() : tag).prefix { $0.isLetter || $0.isNumber }.lowercased()
    let full = (isEnd ? "/" : "") + name
    return cells.contains(full) || blanks.contains(full) || others.contains(name) ? full : nil
  }

  /// The number of an attribute, at least 1.
  private static func count(_ attribute: String, of tag: Substring) -> Int {
    let lower = tag.lowercased()
    guard let range = lower.firstRange(of: attribute) else { return 1 }
    let digits = lower[range.upperBound...].drop { "= \"'".contains($0) }.prefix { $0.isNumber }
    return min(max(Int(digits) ?? 1, 1), Table.widest)
  }

  private mutating func beginRow() {
    rows.append(Table.Row(line: line, cells: [], written: 0))
    repeatReaching()
  }

  private mutating func repeatReaching() {
    guard let last = rows.indices.last else { return }
    while let found = reaching[rows[last].cells.count], found.rows > 0 {
      reaching[rows[last].cells.count] = (found.rows - 1, found.text)
      rows[last].cells.append(found.text)
    }
  }

  private mutating func endCell() {
    guard let text = cell else { return }
    cell = nil
    guard let last = rows.indices.last, rows[last].cells.count < Table.widest else { return }
    let plain = Entities.decoded(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    rows[last].written += 1
    for _ in 0..<columnSpan where rows[last].cells.count < Table.widest {
      if rowSpan > 1 { reaching[rows[last].cells.count] = (rowSpan - 1, plain) }
      rows[last].cells.append(plain)
    }
    repeatReaching()
  }

  /// The table, with the first row as its header; but a row of one wide cell is a title.
  private func table(from index: Int, lineCount: Int) -> Table? {
    let filled = rows.filter { !$0.cells.isEmpty }.drop { $0.written < 2 }
    guard let header = filled.first, filled.count > 1 else { return nil }
    let width = min(filled.reduce(0) { max($0, $1.cells.count) }, Table.widest)
    func padded(_ cells: [String]) -> [String] {
      Array((cells + Array(repeating: "", count: max(0, width - cells.count))).prefix(width))
    }
    return Table(
      line: index + 1, header: padded(header.cells),
      rows: filled.dropFirst().map { Table.Row(line: $0.line, cells: padded($0.cells), written: width) },
      lineCount: lineCount)
  }
}
