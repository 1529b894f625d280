package import Claims
package import Documents
package import TCP

/// A run as every format draws it: the parties' states, and row by row what was called, sent and waited for.
package struct Picture: Equatable, Sendable {
  package var names: Both<String>
  /// The state of each party before the first row.
  package var initial: Both<State?>
  package var rows: [Row]
  /// The trace's time, in nanoseconds, from which the rows' times are counted.
  package var clock: Int64 = 0
  /// The index of the first row in which this course differs from the usual one; nil where there is none to compare.
  package var difference: Int?
  /// The notes on the numbers, each in a line.
  package var footnotes: [String]
  /// The notation of the rows' numbers; nil where nothing was drawn.
  var numbering: Numbering?

  package struct Row: Equatable, Sendable {
    package var what: What
    /// The place in the trace of the event that the row shows; of a pause, of the event before it.
    package var place: Int
    /// The place where the segment of this row arrived or was dropped; nil where that was not seen, and for all else.
    package var arrival: Int?
    /// The number that stands beside the row; nil for that of its step.
    package var number: Int?
    /// Nanoseconds since the first row; nil where the row lasts, and where times are not shown.
    package var time: Int64?
    /// Only where a party's state is another one than before.
    package var states: Both<State?> = Both(nil)
    /// The parties whose state in ``states`` nobody saw: a segment proves it.
    package var inferred: Set<Party> = []
    /// In a row of states, the parties at which a segment arrives that crossed another one.
    package var arrivals: Set<Party> = []
    /// The document does not have this row, or the row says nothing of the connection.
    package var isFaint = false
    package var remarks: [Remark] = []
    /// The kernel's own words for why it dropped the segment of this row or sent this RST.
    package var reasons: [String] = []

    package init(_ what: What, at place: Int, time: Int64?) {
      self.what = what
      self.place = place
      self.time = time
    }

    /// The party that sends an RST in this row.
    package var resetter: Party?

    var isPause: Bool { if case .pause = what { true } else { false } }
    var isSegment: Bool { if case .segment = what { true } else { false } }
    /// The party that a segment of this row is for; nil where the row has none.
    var receiver: Party? { if case .segment(_, let sender, _) = what { sender.other } else { nil } }
    var isNote: Bool { if case .note = what { true } else { false } }

    /// A row of states in words.
    func change(names: Both<String>) -> String {
      switch Party.allCases.filter(arrivals.contains) {
      case []: "No segment and no call"
      case let receivers where receivers.count == 1: "The segment to \(names[receivers[0]]) arrives"
      default: "Both segments arrive"
      }
    }

    /// The sign that stands beside the row, and the claims that it stands for; nil where nothing was judged.
    package var mark: Mark? { remarks.map(\.mark).foremost }
    package var claims: [String] {
      var all: [String] = []
      for remark in remarks where remark.mark == mark {
        for claim in remark.claims where !all.contains(claim) { all.append(claim) }
      }
      return all
    }
  }

  package enum What: Equatable, Sendable {
    case segment(label: String, from: Party, part: Passage)
    /// `outcome` where it is more than what one expects of the call.
    case call(label: String, by: Party, outcome: String?, failed: Bool)
    /// Nothing happened for so many nanoseconds, until the timer expired; nil where no timer is known.
    case pause(nanoseconds: Int64, timer: ExpiredTimer?)
    /// The runner waited in vain, or the machine stalled; in words.
    case note(String)
    /// A state changed while nothing moved.
    case states
  }

  /// The part of a segment's way that a row shows.
  package enum Passage: Equatable, Sendable {
    /// It leaves, and arrives before anything else happens.
    case whole
    case lost
    /// It leaves, and arrives in a later row or has not arrived.
    case leaves
    /// It arrives, and has left in an earlier row.
    case arrives

    /// The words behind a sentence that says that the segment is sent.
    var remark: String? {
      switch self {
      case .whole, .arrives: nil
      case .lost: "lost"
      case .leaves: "on its way"
      }
    }
  }

  /// The judge's remark on the row.
  package struct Remark: Equatable, Sendable {
    package var mark: Mark
    package var subject: Part.Subject
    package var claims: [String]
    package var expected: String
    package var seen: String
    package var reason: String?
  }

  /// More rows than this are nothing that a person looks at.
  static let mostRows = 150

  /// The index of the row that an event of the trace belongs to: its own, else the last before it; nil where the event
  /// came before all that is drawn.
  func row(ofEvent place: Int) -> Int? {
    rows.lastIndex { $0.place == place && !$0.isPause } ?? rows.lastIndex { $0.place <= place && !$0.isPause }
  }

  /// A segment of the run in the numbers of the drawing.
  package func label(_ segment: Segment, from party: Party) -> String {
    var numbering = numbering
    return numbering?.label(segment, from: party) ?? segment.description
  }

  /// For each row its number as a step, from 1; nil for a pause, which is none.
  var steps: [Int?] {
    var number = 0
    return rows.map { row in
      guard !row.isPause else { return nil }
      number += 1
      return number
    }
  }
}
