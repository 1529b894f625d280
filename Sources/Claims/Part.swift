package import Documents

/// The verdict on one cell of a ladder, one row of a facts table, or something that the document does not have.
package struct Part: Equatable, Sendable {
  package var subject: Subject
  package var place: Place
  /// The claims that it belongs to; where a document names none, `table.row.column`.
  package var claims: [String]
  package var verdict: Verdict

  package enum Subject: Equatable, Sendable {
    /// A segment cell of this party, in the rung of this index, from 0.
    case segment(rung: Int, party: Party)
    /// A state cell.
    case state(rung: Int, party: Party)
    /// A row of a facts table, by its index from 0.
    case fact(row: Int)
    /// A segment that the kernel sent and the document does not have, after the rung of this index.
    case extra(rung: Int, party: Party)

    /// The index of the rung that a segment, a state or an extra segment belongs to; nil for a fact.
    package var rung: Int? {
      switch self {
      case .segment(let rung, _), .state(let rung, _), .extra(let rung, _): rung
      case .fact: nil
      }
    }
  }

  package init(subject: Subject, place: Place, claims: [String], verdict: Verdict) {
    self.subject = subject
    self.place = place
    self.claims = claims
    self.verdict = verdict
  }
}

/// A place in a document.
package struct Place: Codable, Equatable, Sendable {
  package var page: String
  package var line: Int
  /// Table, row and column, each from 1; rows are counted without the header.
  package var table: Int
  package var row: Int
  package var column: Int

  package init(page: String, line: Int, table: Int, row: Int, column: Int) {
    self.page = page
    self.line = line
    self.table = table
    self.row = row
    self.column = column
  }

  /// `table.row.column`: the id of what a document gives no id.
  package var id: String { cellID(table: table, row: row, column: column) }
}

/// A ladder beside the trace that was run from it.
package struct LadderJudgement: Equatable, Sendable {
  package var page: String
  package var ladder: Ladder
  /// The place of the trace in its run.
  package var trace: Int
  /// For each rung and party, the place of the event that its segment cell was compared with.
  package var pairs: [Both<Int?>]
  package var parts: [Part]
  /// For each rung and party, the places of all events whose segments its cell was compared with: more than one where
  /// several segments carry one write.
  package var runs: [Both<[Int]>] = []
  /// Everything that tcpprobe did and the page does not name, in words.
  package var additions: [String] = []
  /// Pure ACKs that the document does not have, by the places of their events: no contradiction.
  package var passedOver: [Int]
  /// The difference of the kernel's numbers from the document's, for each party; nil where nothing binds them.
  package var offsets: Both<Int?>

  package init(
    page: String, ladder: Ladder, trace: Int, pairs: [Both<Int?>] = [], parts: [Part] = [],
    passedOver: [Int] = [], offsets: Both<Int?> = Both(nil)
  ) {
    self.page = page
    self.ladder = ladder
    self.trace = trace
    self.pairs = pairs
    self.parts = parts
    self.passedOver = passedOver
    self.offsets = offsets
  }
}
