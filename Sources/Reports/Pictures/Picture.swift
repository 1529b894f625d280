package import Documents
package import TCP

/// A play as every format draws it: the parties' states, and row by row what was called, sent and waited for.
package struct Picture: Equatable, Sendable {
  package var names: Both<String>
  /// What each party was in before the first row.
  package var initial: Both<State?>
  package var rows: [Row]
  /// What a reader must know of the numbers, each in a line.
  package var footnotes: [String]

  package struct Row: Equatable, Sendable {
    package var what: What
    /// Nanoseconds since the first row; nil where the row lasts.
    package var time: Int64?
    /// Only where a party's state is another one than before.
    package var states: Both<State?> = Both(nil)
    /// The document does not have this row, or the row says nothing of the connection.
    package var isFaint = false
    package var remarks: [Remark] = []

    package init(_ what: What, time: Int64?) {
      self.what = what
      self.time = time
    }

    var isPause: Bool { if case .pause = what { true } else { false } }
    var isSegment: Bool { if case .segment = what { true } else { false } }
    var isNote: Bool { if case .note = what { true } else { false } }

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
    case segment(label: String, from: Party, isLost: Bool)
    /// `outcome` where it is more than what one expects of the call.
    case call(label: String, by: Party, outcome: String?, failed: Bool)
    /// Nothing happened for so many nanoseconds.
    case pause(nanoseconds: Int64)
    /// The player waited in vain, or the machine stalled; in words.
    case note(String)
    /// A state changed while nothing moved.
    case states
  }

  /// What the judge says of the row.
  package struct Remark: Equatable, Sendable {
    package var mark: Mark
    package var claims: [String]
    package var expected: String
    package var seen: String
    package var reason: String?
  }
}
