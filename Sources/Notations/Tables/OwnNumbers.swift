import Documents

/// Tables in which each party has a column of its own for sequence numbers or acknowledgment numbers.
extension Table {
  /// The table with these numbers beside the flags of their segment: `| SYN | 100 | |` becomes `| SYN seq=100 | | |`. All
  /// columns keep their places.
  ///
  /// The numbers are those of the party that sends: of the flags in a column of its own, or of the name in a column of
  /// senders. Where neither tells whose they are, the table stays as it is.
  func withNumbersBesideFlags() -> Table {
    let numbers = header.indices.compactMap { NumberColumn($0, header[$0]) }
    guard Set(numbers.map { $0.party.lowercased() }).count == 2,
      numbers.allSatisfy({ !$0.isFlagged(in: self) })
    else { return self }
    let others = header.indices.filter { column in !numbers.contains { $0.column == column } }
    let flagged = others.filter(hasFlags)
    let own = Dictionary(
      numbers.map { number in
        (number.column, flagged.filter { PartyTitle.matches(PartyTitle.name(of: header[$0]), number.party) })
      }, uniquingKeysWith: { first, _ in first })
    let isOwn = own.values.allSatisfy { $0.count == 1 } && Set(own.values.joined()).count == 2
    let senders = others.first { column in
      rows.count >= 2
        && rows.allSatisfy { row in
          numbers.count { PartyTitle.matches(row.cells[column], $0.party) } * 2 == numbers.count
        }
    }
    guard isOwn || (senders != nil && flagged.count == 1) else { return self }
    var table = self
    for number in numbers { table.header[number.column] = "" }
    for place in rows.indices {
      for number in numbers {
        let text = rows[place].cells[number.column]
        guard !CellMeaning.isSilent(text) else { continue }
        table.rows[place].cells[number.column] = ""
        let isSenders =
          isOwn || senders.map { PartyTitle.matches(rows[place].cells[$0], number.party) } ?? false
        let target = isOwn ? own[number.column]?.first : flagged.first
        if let target, isSenders, !CellMeaning.isSilent(rows[place].cells[target]) {
          table.rows[place].cells[target] += " \(number.field)=\(text)"
        } else {
          // A number of a party that sends nothing here is a remark.
          table.header[number.column] = "note"
          table.rows[place].cells[number.column] = "\(header[number.column]): \(text)"
        }
      }
    }
    return table
  }

  private func hasFlags(_ column: Int) -> Bool {
    let cells = rows.map { CellMeaning(of: $0.cells[column]) }.filter { !$0.isSilent }
    return !cells.isEmpty && cells.count(where: \.hasFlags) * 2 > cells.count
  }
}

/// A column of one party's numbers: `Client seq`, `Server ACK number`.
private struct NumberColumn {
  let column: Int
  /// `seq` or `ack`.
  let field: String
  let party: String

  init?(_ column: Int, _ header: String) {
    let words = header.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    let kinds = words.map {
      Words.sequence.are($0.lowercased()) ? "seq" : Words.acknowledgment.are($0.lowercased()) ? "ack" : nil
    }
    let found = kinds.compactMap { $0 }
    guard found.count == 1 else { return nil }
    let names = zip(words, kinds).filter {
      $1 == nil && $0 != "s" && !LabelReader.fieldNouns.contains($0.lowercased())
    }
    .map(\.0)
    guard !names.isEmpty else { return nil }
    self.column = column
    field = found[0]
    party = PartyTitle.name(of: names.joined(separator: " "))
  }

  func isFlagged(in table: Table) -> Bool {
    table.rows.contains { CellMeaning(of: $0.cells[column]).hasFlags }
  }
}
