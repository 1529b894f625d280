/// The ids by which reports name what a page says: those that it gives, else the place of the cell.

extension Ladder {
  /// The claims that a party's cell of a rung belongs to; where its row names none, the place of the cell.
  package func claims(ofRung rung: Int, by party: Party) -> [String] {
    let named = rungs[rung].claims
    return named.isEmpty
      ? [cellID(table: table, row: rung + 1, column: rungs[rung].cells[party].column)] : named
  }

  /// All of them.
  package var claims: [String] {
    rungs.indices.flatMap { rung in Party.allCases.flatMap { claims(ofRung: rung, by: $0) } }
  }
}

extension Facts {
  /// The column that facts are named by where their row names no claim.
  package static let column = 2

  /// The claims that a row makes; where it names none, the place of its value.
  package func claims(ofRow row: Int) -> [String] {
    let named = rows[row].claims
    return named.isEmpty ? [cellID(table: table, row: row + 1, column: Facts.column)] : named
  }

  /// All of them.
  package var claims: [String] { rows.indices.flatMap(claims(ofRow:)) }
}

extension Page {
  /// The ids of all claims that its tables make, in their order, each once.
  package var claims: [String] {
    var all: [String] = []
    var known: Set<String> = []
    for block in blocks {
      let claims =
        switch block {
        case .prose: [String]()
        case .ladder(let ladder): ladder.claims
        case .facts(let facts): facts.claims
        }
      all += claims.filter { known.insert($0).inserted }
    }
    return all
  }
}

/// `part.row.column`, each counted from 1, rows without the header: the id of what a page gives no id.
package func cellID(table: Int, row: Int, column: Int) -> String { "\(table).\(row).\(column)" }

/// Tells whether this text has the form of ``cellID(table:row:column:)``.
package func isCellID(_ text: String) -> Bool {
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  return parts.count == 3 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(\.isDigit) }
}
