package import Documents
import TCP

extension Page {
  /// All that was read of the page, for a program.
  package func jsonReport() -> String { jsonText(JSONPage(self)) + "\n" }
}

private struct JSONPage: Encodable {
  var schema = 1
  var kind = JSONKind.page
  var name: String
  var title: String?
  var ladders: [JSONLadder]
  var facts: [JSONFacts]
  var unread: [JSONUnread]
  var limited: [JSONUnread]

  init(_ page: Page) {
    func told(_ parts: [Page.Unread]) -> [JSONUnread] {
      parts.map { JSONUnread(page: page.name, line: $0.line, text: $0.text, note: $0.note) }
    }
    name = page.name
    title = page.title
    ladders = page.ladders.map(JSONLadder.init)
    facts = page.facts.map(JSONFacts.init)
    unread = told(page.unread)
    limited = told(page.limited)
  }
}

/// A ladder, row by row.
struct JSONLadder: Encodable {
  var number: Int
  var line: Int
  var heading: String?
  var left: String
  var right: String
  var rows: [Row]

  init(_ ladder: Ladder) {
    number = ladder.table
    line = ladder.line
    heading = ladder.heading
    (left, right) = (ladder.parties.left, ladder.parties.right)
    rows = ladder.rungs.map(Row.init)
  }

  struct Row: Encodable {
    var line: Int
    var left: JSONLadderCell
    var right: JSONLadderCell
    var claims: [String]
    var notes: [Note]
    /// True where steps were left out here.
    var elision: Bool

    struct Note: Encodable {
      var column: String
      var text: String
    }

    init(_ rung: Rung) {
      line = rung.line
      left = JSONLadderCell(rung.cells.left)
      right = JSONLadderCell(rung.cells.right)
      claims = rung.claims
      notes = rung.notes.map { Note(column: $0.column, text: $0.text) }
      elision = rung.isElision
    }
  }
}

/// A cell of a ladder: its text, and what was read in it.
struct JSONLadderCell: Encodable {
  var text: String
  /// All that was read, in its order, as a table has it.
  var elements: [String]
  var segment: Segment?
  var calls: [String]
  var state: String?
  var lost: Bool
  var timeout: Bool
  var unread: String?

  struct Segment: Encodable {
    var flags: [String]
    /// A number, or a name such as `x+1`.
    var sequence: String?
    var acknowledgment: String?
    var octets: Int?
    /// True where it carries data, of whatever length.
    var data: Bool

    init(_ pattern: SegmentPattern) {
      flags = pattern.flags.names
      sequence = pattern.sequence?.description
      acknowledgment = pattern.acknowledgment?.description
      octets = pattern.length
      data = pattern.carriesData
    }
  }

  init(_ cell: Cell) {
    text = cell.text
    elements = cell.elements.map(\.description)
    segment = cell.segment.map(Segment.init)
    calls = cell.calls.map(\.description)
    state = cell.state?.rawValue
    lost = cell.isLost
    timeout = cell.isTimeout
    unread = cell.unread
  }
}

private struct JSONFacts: Encodable {
  var number: Int
  var line: Int
  var heading: String?
  var rows: [Row]

  struct Row: Encodable {
    var line: Int
    var what: String
    var value: String
    var setBy: String
    var claims: [String]
  }

  init(_ facts: Facts) {
    number = facts.table
    line = facts.line
    heading = facts.heading
    rows = facts.rows.map {
      Row(line: $0.line, what: $0.what, value: $0.value, setBy: $0.setBy, claims: $0.claims)
    }
  }
}
