import Claims
import Documents
import Scenarios
import TCP
import Testing
import Traces

/// A page of one table, from its rows: `SYN | ...listening`.
func page(_ rows: String, columns: String = "client | server", isExhaustive: Bool = false) -> String {
  let lines =
    [columns, "--- | ---" + String(repeating: " | ---", count: columns.count { $0 == "|" } - 1)]
    + rows.split(separator: "\n").map(String.init)
  return (isExhaustive ? "<!-- exhaustive -->\n" : "") + lines.map { "| \($0) |\n" }.joined()
}

/// This page beside these traces.
func assess(_ page: String, _ traces: [Trace]) throws -> Assessment {
  try Assessment(
    of: Run(
      version: "0", command: "tcpprobe check page.md",
      machine: Machine(release: "6.18.0", architecture: "x86_64", hertz: 250, time: 0),
      documents: [Run.Source(name: "page.md", text: page)], traces: traces), by: Scenarios.catalogue)
}

func assess(_ page: String, _ traces: Trace...) throws -> Assessment { try assess(page, traces) }

/// This page beside what was run of it.
func assess(_ page: String, _ sketches: Sketch...) throws -> Assessment {
  try assess(page, sketches.map { $0.trace() })
}

/// The verdict on a page's only segment cell, with this in the left column, beside this segment of the left party.
func verdict(on cell: String, _ step: Sketch.Step, placed: Both<UInt32?> = Both(nil)) throws -> Verdict {
  let assessment = try assess(page("\(cell) |\n| close()"), Sketch([.rung, step, .rung], placed: placed))
  return try assessment.segment(1, .left)
}

extension Assessment {
  /// The verdict on this party's segment cell in this row, from 1.
  func segment(_ row: Int, _ party: Party) throws -> Verdict {
    try #require(parts { $0 == .segment(rung: row - 1, party: party) }.first?.verdict)
  }

  /// The verdict on this party's state cell in this row, from 1.
  func state(_ row: Int, _ party: Party) throws -> Verdict {
    try #require(parts { $0 == .state(rung: row - 1, party: party) }.first?.verdict)
  }

  /// What was seen and is in no row.
  var extras: [Part] { parts { if case .extra = $0 { true } else { false } } }

  /// The verdicts on all cells and all that is in none.
  var kinds: [Verdict.Kind] { parts { _ in true }.map(\.verdict.kind) }

  var passedOver: Int { ladders.map(\.passedOver.count).reduce(0, +) }

  private func parts(_ isMeant: (Part.Subject) -> Bool) -> [Part] {
    ladders.flatMap(\.parts).filter { isMeant($0.subject) }
  }
}
