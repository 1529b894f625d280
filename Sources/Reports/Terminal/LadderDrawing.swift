import Documents
import TCP

extension Picture {
  /// The columns that the longest call of each party takes; 0 where all have room in a usual column.
  fileprivate var widestCalls: Both<Int> {
    var widest = Both(0)
    for row in rows {
      guard case .call(let label, let party, _, _) = row.what, label.displayWidth > 14 else { continue }
      widest[party] = max(widest[party], label.displayWidth)
    }
    return widest
  }
}

/// A picture as lines: numbers of steps or times, the left party's states, the wire, the right party's states, marks.
struct LadderDrawing {
  private let picture: Picture
  private let glyphs: Glyphs
  private let width: Int
  /// Columns between the lifelines.
  private let wire: Int
  private let gutter: Int

  /// Columns of the steps' numbers or times.
  private let margin: Int
  private let hasTimes: Bool
  /// Tells whether the rows bring numbers of their own.
  private let hasNumbers: Bool
  /// `shutdown(WR)` stands in the left column; on the right it may run into the gutter. Longer calls make them wider.
  private let columns: Both<Int>

  init(_ picture: Picture, style: Style) {
    self.picture = picture
    glyphs = Glyphs(unicode: style.unicode)
    // A ladder that is drawn too wide falls apart; and where there is little room, the sign must do without its claim.
    width = min(style.width, 100)
    // Two claims' ids have room where a row stands for more than one.
    let hasTwo = picture.rows.contains { $0.claims.count > 1 }
    gutter = width < 72 ? 1 : hasTwo ? 11 : 6
    hasTimes = picture.rows.contains { $0.time != nil }
    hasNumbers = picture.rows.contains { $0.number != nil }
    let highest = picture.rows.compactMap(\.number).max() ?? picture.rows.count
    margin = hasTimes ? 7 : max(2, "\(highest)".count)
    // A long state may be inferred, and then stands in parentheses.
    let isLong = picture.rows.contains { $0.inferred.contains(.left) && $0.states.left == .established }
    let widest = picture.widestCalls.map { style.width < 72 ? 0 : min($0, 20) }
    columns = Both(left: max(isLong ? 13 : 12, widest.left), right: max(11, widest.right))
    wire = width - margin - columns.left - columns.right - gutter - 6
  }

  func lines() -> [Line] {
    var lines = [heads()]
    if picture.initial.left != nil || picture.initial.right != nil {
      lines.append(assembled(picture.initial.map { stateLine($0) }, wire: .blank(wire)))
    }
    var shown = ""
    for (index, (row, step)) in zip(picture.rows, picture.steps).enumerated() {
      if index == picture.difference {
        lines.append(differing)
      }
      // Rows that follow each other faster than the time is written share it.
      let time = row.time.map { readable(nanoseconds: $0, unicode: glyphs.unicode) } ?? ""
      let number =
        hasTimes ? (time == shown ? "" : time) : (hasNumbers ? row.number : step).map(String.init) ?? ""
      if !time.isEmpty { shown = time }
      lines += self.lines(of: row, number: number)
    }
    if picture.difference == picture.rows.count { lines.append(differing) }
    return lines
      + (inferences + picture.footnotes).flatMap { note in
        wrapped(note, to: width - left).map { .blank(left) + Line($0, .faint) }
      }
  }

  private var inferences: [String] {
    picture.rows.contains { !$0.inferred.isEmpty }
      ? ["a state in parentheses was not seen: the segment proves it"] : []
  }

  private var differing: Line {
    assembled(Both(Line()), wire: centred(Line("different from here on", .accent)))
  }

  /// Columns up to the left lifeline.
  private var left: Int { margin + 1 + columns.left + 1 }

  /// The parties' names, each over its lifeline as far as there is room.
  private func heads() -> Line {
    let half = (wire - 2) / 2
    let names = picture.names.map { Line($0, .strong).clipped(to: left + half - 2, mark: glyphs.ellipsis) }
    let first = Line.blank(max(0, left - names.left.width / 2)) + names.left
    let start = left + wire + 1 - names.right.width / 2
    return first.padded(to: min(start, width - names.right.width)) + names.right
  }

  private func lines(of row: Picture.Row, number: String) -> [Line] {
    var lines: [Line]
    var states = Both(Line())
    for party in Party.allCases {
      states[party] = stateLine(row.states[party], isInferred: row.inferred.contains(party))
    }
    switch row.what {
    case .segment(let label, let from, let part):
      lines = segment(label, from: from, part, row: row, number: number, states: states)
    case .call(let label, let party, let outcome, let failed):
      let after = states
      states[party] = Line(label, .accent)
      let told = outcome.map { Line(" " + $0 + " ", failed ? .bad : .faint) } ?? Line()
      let middle = party == .left ? told.padded(to: wire) : told.rightAligned(in: wire)
      lines = [assembled(states, wire: middle, row: row, number: number)]
      // The call stands in the place of its party's state.
      if row.states[party] != nil {
        lines.append(assembled(after, wire: .blank(wire), row: nil, number: ""))
      }
    case .pause(let nanoseconds, let timer):
      let text = waiting(nanoseconds, timer, unicode: glyphs.unicode)
      lines = [
        assembled(
          states, wire: centred(Line(text, .faint)), row: row, number: number, lifeline: glyphs.brokenLifeline
        )
      ]
    case .note(let text):
      lines = wrapped(text, to: wire - 2).enumerated().map { index, part in
        assembled(
          index == 0 ? states : Both(Line()), wire: centred(Line(part, .faint)), row: index == 0 ? row : nil,
          number: index == 0 ? number : "")
      }
    case .states:
      lines = [assembled(states, wire: .blank(wire), row: row, number: number)]
    }
    for reason in row.reasons.flatMap({ wrapped($0, to: wire - 2) }) {
      lines.append(assembled(Both(Line()), wire: centred(Line(reason, .soft))))
    }
    // Several parts of a row may be open for the same reason.
    var told: [[Line]] = []
    for remark in row.remarks.map({ self.remark(on: $0) }) where !told.contains(remark) {
      told.append(remark)
    }
    return lines + told.flatMap { $0 }
  }

  private func segment(
    _ label: String, from: Party, _ part: Picture.Passage, row: Picture.Row, number: String,
    states: Both<Line>
  ) -> [Line] {
    let tone: Tone = row.isFaint ? .faint : .plain
    let arrow: (String) -> Line = { self.arrow($0, from: from, part, tone: tone) }
    let ends = Both(
      left: from == .left && part != .arrives ? glyphs.leavesLeft : glyphs.lifeline,
      right: from == .right && part != .arrives ? glyphs.leavesRight : glyphs.lifeline)
    if label.displayWidth <= wire - (part == .whole ? 5 : 8) {
      return [assembled(states, wire: arrow(" \(label) "), row: row, number: number, ends: ends)]
    }
    // The label stands above its arrow where there is no room in it.
    var above = Picture.Row(row.what, at: row.place, time: nil)
    above.isFaint = row.isFaint
    return wrapped(label, to: wire - 2).map {
      assembled(Both(Line()), wire: centred(Line($0, tone)), row: above)
    } + [assembled(states, wire: arrow(""), row: row, number: number, ends: ends)]
  }

  /// The label in the middle of its arrow. A lost segment's arrow ends in a cross before it has arrived. One that arrives in
  /// a later row is drawn in two halves, with dots where it is on its way.
  private func arrow(_ label: String, from: Party, _ part: Picture.Passage, tone: Tone) -> Line {
    let text = Line(label, tone)
    let whole = arrowhead(from, part, tone)
    // Behind a cross the way goes on without the segment.
    let gap = part == .whole ? 0 : max(2, (wire - text.width) / 4)
    let tail = part == .arrives ? Line(glyphs.ellipsis, tone) : Line()
    let shaft = wire - text.width - gap - whole.width - tail.width
    let first = Line(String(repeating: glyphs.dash, count: max(1, shaft / 2)), tone)
    let second = Line(String(repeating: glyphs.dash, count: max(1, shaft - shaft / 2)), tone)
    // The gap is on the side where the segment was not yet, or is no more.
    let pieces = [tail, first, text, second, whole]
    let parts = part == .arrives ? [.blank(gap)] + pieces : pieces + [.blank(gap)]
    return (from == .left ? parts : parts.reversed()).reduce(Line(), +)
  }

  private func arrowhead(_ from: Party, _ part: Picture.Passage, _ tone: Tone) -> Line {
    switch part {
    case .whole, .arrives: Line(from == .left ? glyphs.reachesRight : glyphs.reachesLeft, tone)
    case .lost: Line(glyphs.cross, .bad)
    case .leaves: Line(glyphs.ellipsis, tone)
    }
  }

  private func remark(on remark: Picture.Remark) -> [Line] {
    let lines = remark.paragraphs(glyphs: glyphs).flatMap { $0.lines(in: width - left - 4) }
    return lines.enumerated().map { index, text in
      let sign = index == 0 ? Line(" \(glyphs.sign(of: remark.mark)) ", remark.mark.tone) : .blank(3)
      let start = Line.blank(left) + Line(glyphs.lifeline, .faint) + sign + text
      // A long remark runs through the right lifeline rather than round it.
      guard sign.width + text.width <= wire else { return start }
      return start.padded(to: left + 1 + wire) + Line(glyphs.lifeline, .faint)
    }
  }

  /// A state that nobody saw stands in parentheses.
  private func stateLine(_ state: State?, isInferred: Bool = false) -> Line {
    state.map { Line(isInferred ? "(\($0.rawValue))" : $0.rawValue, .strong) } ?? Line()
  }

  private func centred(_ line: Line) -> Line {
    (Line.blank((wire - line.width) / 2) + line).padded(to: wire)
  }

  private func assembled(
    _ sides: Both<Line>, wire: Line, row: Picture.Row? = nil, number: String = "",
    ends: Both<String>? = nil, lifeline: String? = nil
  ) -> Line {
    let plain = lifeline ?? glyphs.lifeline
    // What is too wide for its column takes from the blanks beside it.
    let before = (Line(number, .faint).rightAligned(in: margin) + .blank(1)).padded(
      to: left - 1 - sides.left.width)
    var line = (before + sides.left).padded(to: left - 1) + .blank(1)
    line += Line(
      ends?.left ?? plain, row?.isFaint == true || ends?.left == plain || ends == nil ? .faint : .plain)
    line += wire
    line += Line(
      ends?.right ?? plain, row?.isFaint == true || ends?.right == plain || ends == nil ? .faint : .plain)
    line += .blank(1) + sides.right.padded(to: columns.right)
    guard let row, let mark = row.mark else { return line }
    return line + .blank(1) + sign(mark, claims: row.claims)
  }

  private func sign(_ mark: Mark, claims: [String]) -> Line {
    let sign = Line(glyphs.sign(of: mark), mark.tone)
    guard gutter > 1, let first = claims.first, let last = claims.last else { return sign }
    let ids = claims.count < 3 ? claims.joined(separator: ",") : first + (glyphs.unicode ? "–" : "-") + last
    return sign + Line(" " + ids, .faint).clipped(to: gutter - 1, mark: glyphs.ellipsis)
  }
}
