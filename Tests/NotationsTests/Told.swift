import Documents
import Notations

/// The rows of each ladder of a page in the canonical notation, cells apart by ` | `; without those that say nothing.
func rows(_ text: String, name: String = "page.md") throws -> [[String]] {
  try Page(reading: text, name: name).ladders.map(\.told)
}

extension Ladder {
  /// `SYN(SEQ:x) [SYN_SENT] | `.
  var told: [String] {
    rungs.map { rung in
      Party.allCases.map { party in
        rung.cells[party].elements.filter { $0 != .orNext }.map(\.description).joined(separator: " ")
      }.joined(separator: " | ")
    }.filter { $0 != " | " }
  }
}

/// The segments of a handshake, as ``rows(_:name:)`` tells them.
let handshake = ["SYN | ", " | SYN+ACK", "ACK | "]
