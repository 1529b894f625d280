import Records

/// The text of a record with a few other values, so that no two say the same.
struct ChangedRecords {
  /// The number of values in which each record is unlike the first, beside the one in which it is unlike all others.
  private static let changes = 5
  private let lines: [Substring]
  /// The places of the lines that are rows with a figure.
  private let rows: [Int]

  init(of record: Record) {
    lines = record.markdown.split(separator: "\n", omittingEmptySubsequences: false)
    var rows: [Int] = []
    var (isBehaviour, isFigures) = (false, false)
    for (place, line) in lines.enumerated() {
      if line.hasPrefix("## ") { isBehaviour = line == "## \(Record.Heading.behaviour)" }
      if !line.hasPrefix("|") { isFigures = false }
      if isBehaviour, isFigures, !line.hasPrefix("| -") { rows.append(place) }
      if line.hasPrefix("| what ") { isFigures = true }
    }
    self.rows = rows
  }

  /// The record of this number.
  subscript(number: Int) -> String {
    var lines = lines
    for change in 0..<Self.changes {
      set(rows[(number &* 7 &+ change &* 131) % rows.count], number, in: &lines)
    }
    set(rows[0], number, in: &lines)
    return lines.joined(separator: "\n")
  }

  private func set(_ place: Int, _ number: Int, in lines: inout [Substring]) {
    var cells = lines[place].split(separator: "|", omittingEmptySubsequences: false)
    cells[2] = " value \(number) "
    lines[place] = Substring(cells.joined(separator: "|"))
  }
}
