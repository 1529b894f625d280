import Documents

/// A table of which one column tells the steps in sentences: "The client sends a SYN".
enum SentenceTable {
  /// The exchange that the sentences tell, read as those of a list are; nil where they do not say who sends.
  static func sketch(of table: Table, _ columns: StepColumns) -> Sketch? {
    guard let first = table.rows.first, table.rows.count >= 2 else { return nil }
    guard columns.segments.count == 1, columns.states.isEmpty, columns.direction == nil, columns.sender == nil
    else { return nil }
    let texts = columns.cells.map { $0[columns.segments[0]].text }
    let items = texts.enumerated().map { "\($0 + 1). \($1)"[...] }
    guard var sketch = ProseSteps.sketches(in: TextBlock(lines: items, first: first.line)).first else {
      return nil
    }
    sketch.lines = table.line...(table.line + table.lineCount - 1)
    return sketch
  }
}
