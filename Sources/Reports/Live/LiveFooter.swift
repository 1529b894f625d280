import Documents
import TCP

/// The lower lines of the screen: the last result, the page's next step, and the keys.
extension LiveView {
  func footer(_ columns: Int, _ glyphs: Glyphs) -> [Line] {
    let said = wrapped(message, to: columns).prefix(LiveView.mostMessageLines).map {
      Line($0, isRefused ? .bad : .good)
    }
    let next: [Line] =
      switch self.next {
      case .step(let text): told(text, .strong, .plain, columns)
      case .obstacle(let text): told(text, .faint, .faint, columns)
      case .finished: told("the page has no further step; the other keys go on", .faint, .faint, columns)
      }
    return said + Array(repeating: Line(), count: max(0, 2 - said.count)) + next + keys(glyphs)
  }

  /// The line between the ladder and the footer. Where the ladder has more lines than there is room for, it says which
  /// are shown, and the keys that show others.
  func edge(_ columns: Int, _ shown: ShownLadder?, _ glyphs: Glyphs) -> Line {
    guard let shown, let keys = shown.keys else { return Line(glyphs.dash(columns), .faint) }
    let text = Line(" ladder: \(shown.words)  ") + Line(keys, .strong) + Line(" ")
    return Line(glyphs.dash(columns - text.width - 2), .faint) + text + Line(glyphs.dash(2), .faint)
  }

  /// The effect of a key and a timer on several segments and both ends is longer than two lines.
  static let mostMessageLines = 4

  private func told(_ text: String, _ key: Tone, _ tone: Tone, _ columns: Int) -> [Line] {
    wrapped(text, to: columns - 6).prefix(2).enumerated().map { index, part in
      (index == 0 ? Line("space ", key) : .blank(6)) + Line(part, tone)
    }
  }

  private func keys(_ glyphs: Glyphs) -> [Line] {
    let isCounting = !count.isEmpty
    let segment =
      waiting.isEmpty ? "" : isCounting ? " \(count)" : chosen.map { " \(waiting[$0].number)" } ?? ""
    let octets = isCounting ? "send(\(count))" : "send"
    let wire =
      Line("wire: ", .faint)
      + pairs(
        [
          ("d", "deliver\(segment)"), ("x", "lose"), ("b", "duplicate"), ("h", "hold"),
          ("> <", "next"),
          ("i I", "inject RST"),
        ])
    let left = Line(names.left, .faint).clipped(to: 11, mark: glyphs.ellipsis)
    let right = Line(names.right, .faint).clipped(to: 9, mark: glyphs.ellipsis)
    let calls =
      left + Line(": ", .faint)
      + pairs(
        [("o", "connect"), ("s", octets), ("r", "recv"), ("f", "shutdown"), ("c", "close")])
      + Line("  ") + right + Line(": ", .faint) + Line("O S R F C", .strong)
    let general = pairs(
      [
        ("?", "explain"), ("t", "wait for timer"), ("a", "again"), ("w", "save"), ("q", "quit"),
        ("5s", "send(5)"), ("2d", "deliver 2"),
      ])
    return [wire, calls, general]
  }

  private func pairs(_ pairs: [(key: String, text: String)]) -> Line {
    var line = Line()
    for (index, pair) in pairs.enumerated() {
      line += Line(index == 0 ? "" : "  ") + Line(pair.key, .strong) + Line(" \(pair.text)")
    }
    return line
  }
}
