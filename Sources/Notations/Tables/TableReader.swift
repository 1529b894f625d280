import Documents

/// Tells what a table is: a ladder, facts, or prose.
struct TableReader {
  let table: Table
  let page: String
  /// The table's number in its page, should it be a ladder or facts.
  let number: Int
  let heading: String?

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
    let parties = columns.parties(in: readings) { candidate in
      table.rows.contains { Spelling.isStep($0.cells[columns.candidates[candidate]]) }
    }
    switch parties {
    case .none:
      let lookalike = table.firstLookalike
      let nearest =
        lookalike.map { "; the first cell that looks like a segment is `\($0.text)` in line \($0.line)" }
        ?? ""
      return .prose(
        reason: "it does not have two columns with readable segments, calls or states" + nearest,
        isTold: lookalike != nil)
    case .unclear(let reason): return .prose(reason: reason, isTold: true)
    case .found(let left, let right): return try ladder(columns, readings, Both(left: left, right: right))
    }
  }

  /// `parties` are places among the candidate columns.
  private func ladder(
    _ columns: TableColumns, _ readings: [[Cell.Reading]], _ parties: Both<Int>
  ) throws(PageError) -> Reading {
    var rungs: [Rung] = []
    var unread: [Page.Unread] = []
    let column = Both(left: columns.candidates[parties.left], right: columns.candidates[parties.right])
    for (row, readings) in zip(table.rows, readings) {
      try checkWidth(row)
      var cells = Both(Cell())
      for party in Party.allCases {
        let text = row.cells[column[party]]
        cells[party] = Cell(text: text, column: column[party] + 1)
        switch readings[parties[party]] {
        case .elements(let elements): cells[party].elements = elements
        case .text: cells[party].unreadText = Cell.UnreadText(of: text)
        case .impossible(let what):
          throw PageError(
            page: page, line: row.line,
            message: "column \(column[party] + 1) (\(table.header[column[party]])): \(text): \(what)")
        }
        if let part = cells[party].unread {
          let kind = Page.Unread.Kind.cell(suggestion: Spelling.suggestion(for: part))
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
