/// The signs that a report draws with, where only ASCII can be shown and where more can.
package struct Glyphs: Equatable, Sendable {
  package var unicode: Bool

  package init(unicode: Bool) { self.unicode = unicode }

  var dash: String { unicode ? "─" : "-" }
  var lifeline: String { unicode ? "│" : "|" }
  var brokenLifeline: String { unicode ? "┊" : ":" }
  var leavesLeft: String { unicode ? "├" : "|" }
  var leavesRight: String { unicode ? "┤" : "|" }
  var reachesRight: String { unicode ? "▶" : ">" }
  var reachesLeft: String { unicode ? "◀" : "<" }
  var cross: String { unicode ? "✗" : "x" }
  var ellipsis: String { unicode ? "…" : "..." }
  var dot: String { unicode ? "·" : "-" }
  var becomes: String { unicode ? "→" : "->" }

  func sign(of mark: Mark) -> String {
    switch mark {
    case .confirmed: unicode ? "✓" : "+"
    case .contradicted: cross
    case .simplified: "~"
    case .conditional: unicode ? "◐" : "%"
    case .undecided: "?"
    case .unobservable: unicode ? "–" : "-"
    case .leftOut: unicode ? "○" : "o"
    }
  }
}
