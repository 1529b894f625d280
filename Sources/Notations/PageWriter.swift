import Documents

extension Page {
  /// The page as Markdown: prose as it stands, tables in the canonical notation.
  ///
  /// Reading this gives the same ladders and facts again, and writing those the same octets.
  package var markdown: String {
    var text = ""
    var endsBlank = true
    for block in blocks {
      switch block {
      case .prose(let lines, _):
        if !endsBlank && lines.first?[...].isBlank == false { text += "\n" }
        for line in lines { text += line + "\n" }
        endsBlank = lines.last?[...].isBlank ?? endsBlank
      case .ladder(let ladder):
        text += (endsBlank ? "" : "\n") + ladder.markdown
        endsBlank = false
      case .facts(let facts):
        text += (endsBlank ? "" : "\n") + facts.markdown
        endsBlank = false
      }
    }
    return text
  }
}

extension Ladder {
  /// The mark of a written record.
  static let exhaustiveMark = "<!-- exhaustive -->"

  /// The ladder as a table: columns like `#` and `time`, the parties, `claim`, other notes.
  package var markdown: String {
    var plain = self
    plain.renameSpeakingNotes()
    return plain.table
  }

  /// Calls each column of notes that a reader would take for a party's `note`: its texts are those of a cell.
  private mutating func renameSpeakingNotes() {
    let speaking = Set(
      rungs.flatMap(\.notes).filter { note in
        guard !TableColumns.isNote(note.column) else { return false }
        switch Cell.Reading(of: note.text) {
        case .elements(let elements): return !elements.isEmpty
        case .impossible: return true
        case .text: return false
        }
      }.map(\.column))
    guard !speaking.isEmpty else { return }
    for index in rungs.indices {
      for place in rungs[index].notes.indices where speaking.contains(rungs[index].notes[place].column) {
        rungs[index].notes[place].column = "note"
      }
    }
  }

  private var table: String {
    let notes = noteColumns
    let leading = notes.filter { TableColumns.leadingNotes.contains($0.name.lowercased()) }
    let trailing = notes.filter { !TableColumns.leadingNotes.contains($0.name.lowercased()) }
    let hasClaims = rungs.contains { !$0.claims.isEmpty }
    var header = leading.map(\.name) + [parties.left, parties.right]
    if hasClaims { header.append("claim") }
    header += trailing.map(\.name)
    let rows = rungs.map { rung in
      var row = leading.map { $0.text(in: rung) }
      row += Party.allCases.map { rung.cells[$0].description }
      if hasClaims { row.append(rung.claims.joined(separator: ", ")) }
      return row + trailing.map { $0.text(in: rung) }
    }
    return (isExhaustive ? Ladder.exhaustiveMark + "\n" : "") + markdownTable(header: header, rows: rows)
  }

  private struct NoteColumn: Hashable {
    var name: String
    /// The place among the columns of this name, from 0.
    var occurrence: Int

    func text(in rung: Rung) -> String {
      let texts = rung.notes.filter { $0.column == name }.map(\.text)
      return occurrence < texts.count ? texts[occurrence] : ""
    }
  }

  /// Every column that a rung has a note in, in the order in which they come up.
  private var noteColumns: [NoteColumn] {
    var columns: [NoteColumn] = []
    var seen: Set<NoteColumn> = []
    for rung in rungs {
      var counts: [String: Int] = [:]
      for note in rung.notes {
        let column = NoteColumn(name: note.column, occurrence: counts[note.column, default: 0])
        counts[note.column, default: 0] += 1
        if seen.insert(column).inserted { columns.append(column) }
      }
    }
    return columns
  }
}

extension Facts {
  package var markdown: String {
    let hasClaims = rows.contains { !$0.claims.isEmpty }
    return markdownTable(
      header: ["what", "value", "set by"] + (hasClaims ? ["claim"] : []),
      rows: rows.map {
        [$0.what, $0.value, $0.setBy] + (hasClaims ? [$0.claims.joined(separator: ", ")] : [])
      })
  }
}
