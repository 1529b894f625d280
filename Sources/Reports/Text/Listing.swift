/// Titles with a table each: what a command says that is no report of a run.
package struct Listing {
  private var lines: [Line] = []
  private let style: Style

  package init(style: Style) { self.style = style }

  /// Adds a line of its own, wrapped.
  package mutating func add(_ text: String, _ tone: Tone = .plain) {
    lines += wrapped(text, to: style.width).map { Line($0, tone) }
  }

  /// Adds a table under a title and a note, with an empty line before it.
  package mutating func add(_ title: String, note: String? = nil, _ rows: [[TextTable.Cell]]) {
    if !lines.isEmpty { lines.append(Line()) }
    add(title, .strong)
    if let note { add(note, .faint) }
    var table = TextTable()
    table.rows = rows
    lines += table.lines(width: style.width)
  }

  package var text: String { lines.map { $0.painted(color: style.color) + "\n" }.joined() }
}
