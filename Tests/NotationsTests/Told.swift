import Documents
import Notations

/// The rows of each ladder of a page in the canonical notation, cells apart by ` | `; without those that say nothing.
func rows(_ text: String, name: String = "page.md") throws -> [[String]] {
  try Page(reading: text, name: name).ladders.map(\.told)
}

extension Ladder {
  /// `SYN(SEQ:x) [SYN_SENT] | `.
  var told: [String] { told { $0 != .orNext }.filter { $0 != " | " } }

  /// The same with all that the cells hold, and with the rows that say nothing.
  var allTold: [String] { told { _ in true } }

  private func told(_ isMeant: (Cell.Element) -> Bool) -> [String] {
    rungs.map { rung in
      Party.allCases.map { party in
        rung.cells[party].elements.filter(isMeant).map(\.description).joined(separator: " ")
      }.joined(separator: " | ")
    }
  }
}

/// The segments of a handshake, as ``rows(_:name:)`` tells them.
let handshake = ["SYN | ", " | SYN+ACK", "ACK | "]
