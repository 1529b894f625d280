import Documents
import TCP

extension Table {
  /// The cell, a header included, that is first to look like a step of TCP's, with its line; nil where the table is
  /// prose.
  ///
  /// A table of steps has columns that hardly hold anything else. One whose sentences name a segment now and then is
  /// prose, and so is one that compares TCP with something else, that explains each flag, or that lists claims.
  var firstLookalike: (text: String, line: Int)? {
    if isAboutOthers { return nil }
    let steps = header.indices.filter { !TableColumns.areClaims(header[$0]) }.flatMap(steps(inColumn:))
      .sorted { ($0.row, $0.column) < ($1.row, $1.column) }
    // Steps stand below each other; a row with two such cells may be about anything of TCP's.
    guard Set(steps.map(\.row)).count >= 2, steps.map(\.words).areTCPs, !isGlossary(steps) else { return nil }
    return steps.first.map { ($0.text, $0.line) }
  }

  /// Tells whether the table compares TCP with another protocol, or is a list of claims.
  private var isAboutOthers: Bool {
    let names = header.map { $0.lowercased() }
    // The claims of a report of our own, which quote what was expected and seen.
    if names.contains("claim"), names.contains("verdict") { return true }
    let others: Set<Substring> = ["udp", "quic", "sctp", "dccp"]
    return names.contains { name in
      name.split { !$0.isLetter }.contains { others.contains($0) }
    }
  }

  /// Tells whether the cells hold words that only TCP has, so that it is worth the time to look for steps in them.
  var looksLikeTCP: Bool {
    guard !isAboutOthers else { return false }
    func isTCP(_ cell: String) -> Bool { Vocabulary(of: cell.prefix(200)).isAny }
    let names = header.map { $0.lowercased() }
    // Flags may be letters: `S`, `S.`.
    let hasFields =
      names.contains { Words.flags.areIn($0) } && names.contains { Words.sequence.areIn($0) }
    return hasFields || header.contains(where: isTCP) || rows.contains { $0.cells.contains(where: isTCP) }
  }

  /// The header is row 0; rows of HTML may share a line.
  private typealias Step = (text: String, line: Int, row: Int, column: Int, words: Vocabulary)

  /// The steps of a column that has at least as many of them as other cells; none of any other column.
  private func steps(inColumn column: Int) -> [Step] {
    let cells = [(header[column], line)] + rows.map { ($0.cells[column], $0.line) }
    let steps: [Step] = cells.enumerated().compactMap { row, cell in
      let (text, line) = cell
      let words = Vocabulary(of: text.prefix(200))
      return words.isBriefStep || words.isMisspelledStep ? (text, line, row, column, words) : nil
    }
    // A header says what its column holds.
    return steps.count * 2 >= rows.count(where: { !$0.cells[column].isEmpty }) ? steps : []
  }

  /// Tells whether these are the terms of a list that says what each flag means: single ones in the first column, each
  /// once, and nowhere a direction.
  private func isGlossary(_ steps: [Step]) -> Bool {
    let flags = steps.map(\.words.flags)
    return steps.allSatisfy { $0.column == 0 && $0.words.isSingleFlag }
      && flags.indices.allSatisfy { flags.firstIndex(of: flags[$0]) == $0 }
      && !rows.contains { $0.cells.contains { Lookalike.hasArrow($0[...]) } }
  }
}

extension Vocabulary {
  fileprivate var isSingleFlag: Bool { states.isEmpty && !hasNumbers && flags.rawValue.nonzeroBitCount == 1 }
}
