import Documents
import TCP

extension LiveView {
  /// The least size of a terminal that shows everything.
  package static let least = (width: 80, height: 24)

  /// Tells whether a terminal of this size shows everything.
  static func fits(width: Int, height: Int) -> Bool { width >= least.width && height >= least.height }

  /// The screen as exactly so many lines, none wider than the terminal.
  package func lines(width: Int, height: Int, unicode: Bool = true) -> [Line] {
    let glyphs = Glyphs(unicode: unicode)
    let columns = min(width, 120)
    guard LiveView.fits(width: width, height: height) else {
      return LiveView.tooSmall(width: width, height: height, glyphs)
    }
    if let help {
      return helpLines(help, columns, height, glyphs).map { $0.clipped(to: width, mark: glyphs.ellipsis) }
    }
    let parts = layout(columns, height, glyphs)
    let middle =
      explanation.isEmpty ? parts.ladder.lines : explained(columns, parts.ladder.lines.count, glyphs)
    let edge = self.edge(columns, explanation.isEmpty ? parts.ladder.shown : nil, glyphs)
    let lines = parts.top + parts.wire + middle + [edge] + parts.bottom
    return lines.map { $0.clipped(to: width, mark: glyphs.ellipsis) }
  }

  /// The parts of the screen, which have its height together with the edge below the ladder.
  func layout(
    _ columns: Int, _ height: Int, _ glyphs: Glyphs
  ) -> (top: [Line], wire: [Line], ladder: (lines: [Line], shown: ShownLadder?), bottom: [Line]) {
    let top = [header(columns, glyphs)] + boxes(columns, glyphs)
    let bottom = footer(columns, glyphs)
    let rest = height - top.count - bottom.count - 1
    let most = explanation.isEmpty ? max(2, min(max(3, waiting.count + 1), rest / 2)) : 2
    let wire = wireLines(columns, most: most, glyphs)
    return (top, wire, ladder(columns, rest - wire.count, glyphs), bottom)
  }

  private static func tooSmall(width: Int, height: Int, _ glyphs: Glyphs) -> [Line] {
    let text =
      "The terminal has \(width) columns and \(height) lines; tcpprobe live needs \(least.width) and "
      + "\(least.height). Make it larger, or press q to quit."
    let lines = wrapped(text, to: max(1, width)).map { Line($0) }
    return Array(
      (lines + Array(repeating: Line(), count: max(0, height - lines.count))).prefix(max(0, height)))
  }

  private func header(_ columns: Int, _ glyphs: Glyphs) -> Line {
    let name = Line("tcpprobe live", .strong)
    let right = Line(subtitle, .faint)
    let middle = Line("  " + title).clipped(to: columns - name.width - right.width - 2, mark: glyphs.ellipsis)
    return (name + middle).padded(to: columns - right.width) + right
  }

  /// The explanation, with a blank line between its paragraphs where there is room.
  private func explained(_ columns: Int, _ room: Int, _ glyphs: Glyphs) -> [Line] {
    let paragraphs = explanation.map { $0.lines(in: columns - 2).map { .blank(2) + $0 } }
    let count = paragraphs.reduce(0) { $0 + $1.count }
    let isSpaced = count + paragraphs.count - 1 <= room
    let lines = paragraphs.flatMap { isSpaced ? $0 + [Line()] : $0 }
    let shown = lines.prefix(room)
    return shown + Array(repeating: Line(), count: max(0, room - shown.count))
  }

  private func wireLines(_ columns: Int, most: Int, _ glyphs: Glyphs) -> [Line] {
    var lines = [Line("On the wire", .strong)]
    if waiting.isEmpty { lines.append(Line("  nothing waits", .faint)) }
    // The chosen one is always among those that are shown.
    let count = most - 1
    let first = max(0, min((chosen ?? 0) - count + 1, waiting.count - count))
    for (index, entry) in waiting.enumerated().dropFirst(first).prefix(count) {
      lines.append(self.line(of: entry, isChosen: index == chosen, glyphs))
    }
    let left = waiting.count - count
    if left > 0 {
      lines[0] += Line("  \(waiting.count) segments, \(count) shown: up and down choose", .faint)
    }
    return lines + Array(repeating: Line(), count: max(0, most - lines.count))
  }

  private func line(of entry: Waiting, isChosen: Bool, _ glyphs: Glyphs) -> Line {
    let dashes = glyphs.dash + glyphs.dash
    let arrow =
      entry.party == .left ? dashes + glyphs.reachesRight + " " : glyphs.reachesLeft + dashes + " "
    var line = Line(isChosen ? " \(glyphs.unicode ? "▸" : "*") " : "   ", .accent)
    line += Line("\(entry.number) ".leftPadded(to: 4), isChosen ? .strong : .plain)
    line += Line("\(arrow)\(entry.label)", isChosen ? .strong : .plain)
    if entry.isSentAgain {
      line += Line(entry.hasArrived ? "  retransmitted, has arrived" : "  retransmitted", .soft)
    }
    if entry.copies > 0 { line += Line("  retransmitted (copy \(entry.copies + 1))", .soft) }
    if entry.isHeldBack { line += Line("  held back", .soft) }
    return line
  }
}

extension String {
  fileprivate func leftPadded(to columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - displayWidth)) + self
  }
}
