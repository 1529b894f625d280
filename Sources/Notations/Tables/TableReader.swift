import Documents

/// Tells what a table is: a ladder, facts, or prose.
struct TableReader {
  let table: Table
  let page: String
  /// The table's number in its page, should it be a ladder or facts.
  let number: Int
  let heading: String?
  /// Only the notation of ladders is read.
  let isWritten: Bool

  enum Reading {
    case ladder(Ladder, unread: [Page.Unread])
    case facts(Facts)
    /// With the reason why it is none of these; `isTold` where it looks as if it were about TCP.
    case prose(reason: String, isTold: Bool)
  }

  func read() throws(PageError) -> Reading {
    let columns = TableColumns(header: table.header)
    if columns.areFacts { return .facts(try facts(columns)) }
    // Every cell that a party could have written is read once, here.
    let readings = table.rows.map { row in columns.candidates.map { Cell.Reading(of: row.cells[$0]) } }
    let strict = parties(columns, readings)
    if case .found(let left, let right) = strict, !isWritten, columns.areReceived(left, right) {
      return .prose(
        reason: "a column is what a party receives: a ladder has a column of what each sends",
        isTold: true)
    }
    // The notation of ladders goes first, unless another column names who sends.
    if case .found(let left, let right) = strict, isWritten || !columns.nameSenders(of: table) {
      return try ladder(columns, readings, Both(left: left, right: right))
    }
    if !isWritten, let other = otherForm() { return other }
    if case .found(let left, let right) = strict {
      return try ladder(columns, readings, Both(left: left, right: right))
    }
    let lookalike = table.firstLookalike
    var reasons: [String] = []
    if !isWritten, table.looksLikeTCP {
      let meanings = table.rows.map { row in
        columns.candidates.map { column -> Cell.Reading in
          let text = row.cells[column]
          guard CellMeaning.isSilent(text) || CellMeaning.mayBeStep(text) else { return .text }
          return CellMeaning(of: text).elements(hasWords: lookalike != nil).map(Cell.Reading.elements)
            ?? .text
        }
      }
      let loose = zip(readings, meanings).map { zip($0, $1).map { $0 == .text ? $1 : $0 } }
      switch parties(columns, loose) {
      case .found(let left, let right):
        if let reason = columns.doubt(loose, left, right) {
          return .prose(reason: reason, isTold: lookalike != nil)
        }
        return try ladder(columns, loose, Both(left: left, right: right))
      case .unclear(let reason) where lookalike != nil: reasons.append(reason)
      case .unclear, .none: break
      }
    }
    if case .unclear(let reason) = strict { return .prose(reason: reason, isTold: true) }
    let nearest =
      lookalike.map {
        let suggestion = Spelling.suggestion(for: $0.text).map { " (did you mean \($0)?)" } ?? ""
        return "; the first cell that looks like a segment is `\($0.text)` in line \($0.line)" + suggestion
      } ?? ""
    let reason = reasons.first ?? "it does not have two columns with readable segments, calls or states"
    return .prose(reason: reason + nearest, isTold: lookalike != nil)
  }

  private func parties(_ columns: TableColumns, _ readings: [[Cell.Reading]]) -> TableColumns.Parties {
    columns.parties(in: readings) { candidate in
      table.rows.contains { row in
        let text = row.cells[columns.candidates[candidate]]
        return Spelling.isStep(text) || CellMeaning.isUnreadSegment(text)
      }
    }
  }

  /// The ladder of a table in any other form; nil where it has none.
  private func otherForm() -> Reading? {
    guard table.looksLikeTCP else { return nil }
    let columns = StepColumns(table)
    do throws(SketchRefusal) {
      var steps = try StepTable(table, columns)
      guard let sketch = steps?.sketch() ?? SentenceTable.sketch(of: table, columns) else { return nil }
      var builder = LadderBuilder(sketch)
      var ladder = try builder.build()
      ladder.table = number
      ladder.heading = heading
      return .ladder(ladder, unread: builder.unread)
    } catch {
      return .prose(reason: error.reason, isTold: error.isTCP)
    }
  }

  /// `parties` are places among the candidate columns.
  private func ladder(
    _ columns: TableColumns, _ readings: [[Cell.Reading]], _ parties: Both<Int>
  ) throws(PageError) -> Reading {
    var rungs: [Rung] = []
    var unread: [Page.Unread] = []
    let column = Both(left: columns.candidates[parties.left], right: columns.candidates[parties.right])
    let setsFlags = table.rows.contains { row in
      Party.allCases.contains { SegmentPattern.setsFlags(row.cells[column[$0]]) }
    }
    for (row, readings) in zip(table.rows, readings) {
      try checkWidth(row)
      var cells = Both(Cell())
      for party in Party.allCases {
        let text = row.cells[column[party]]
        cells[party] = Cell(text: text, column: column[party] + 1)
        switch readings[parties[party]] {
        case .elements(let elements): cells[party].elements = elements
        case .text:
          if CellMeaning.isSilent(text) || CellMeaning.mayBeStep(text),
            let elements = CellMeaning(of: text).elements(hasWords: false)
          {
            cells[party].elements = elements
          } else {
            cells[party].unreadText = Cell.UnreadText(of: text)
          }
        case .impossible(let what):
          throw PageError(
            page: page, line: row.line,
            message: "column \(column[party] + 1) (\(table.header[column[party]])): \(text): \(what)")
        }
        if setsFlags { cells[party].setAcknowledgmentFlag() }
        if let part = cells[party].unread {
          let suggestion = cells[party].unreadText?.suggestion ?? Spelling.suggestion(for: part)
          let kind = Page.Unread.Kind.cell(suggestion: suggestion)
          unread.append(Page.Unread(line: row.line, text: part, kind: kind))
        }
      }
      let notes = columns.notes(without: column).compactMap { note in
        row.cells[note].isEmpty ? nil : Rung.Note(column: table.header[note], text: row.cells[note])
      }
      let rung = Rung(line: row.line, cells: cells, claims: columns.claims(in: row), notes: notes)
      rungs.append(rung.understood())
    }
    let names = Both(left: table.header[column.left], right: table.header[column.right])
    let ladder = Ladder(table: number, line: table.line, heading: heading, parties: names, rungs: rungs)
    return .ladder(ladder, unread: unread)
  }

  private func facts(_ columns: TableColumns) throws(PageError) -> Facts {
    var rows: [Fact] = []
    for row in table.rows {
      try checkWidth(row)
      func cell(_ name: String) -> String { columns.fact(name, in: row) }
      rows.append(
        Fact(
          line: row.line, what: cell("what"), value: cell("value"), setBy: cell("set by"),
          claims: columns.claims(in: row)))
    }
    return Facts(table: number, line: table.line, heading: heading, rows: rows)
  }

  private func checkWidth(_ row: Table.Row) throws(PageError) {
    guard row.written > table.header.count else { return }
    throw PageError(
      page: page, line: row.line,
      message:
        "this row has \(row.written) cells, but the header in line \(table.line) has \(table.header.count): "
        + "remove cells (write a pipe within a cell as \\|)")
  }
}

extension Cell {
  fileprivate mutating func setAcknowledgmentFlag() {
    for place in elements.indices {
      guard case .segment(var pattern) = elements[place] else { continue }
      pattern.setAcknowledgmentFlag()
      elements[place] = .segment(pattern)
    }
  }
}
