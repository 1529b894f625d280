import Documents
import TCP

/// Arrows that have the names of both participants in their own line: `client ---- SYN ----> server`.
struct InlineFigure {
  let sketches: [Sketch]

  /// Nil where the lines are of another form.
  init?(_ rows: ArraySlice<FigureRow>) {
    let lines = rows.compactMap { row in Line(row) }
    // A label within an arrow tells these lines from those of a list, which have it behind a colon.
    guard lines.contains(where: { line in line.arrows.contains { FigureItems.hasFlags($0.label) } }) else {
      return nil
    }
    var names: [String] = []
    for line in lines where names.isEmpty && line.isNamed { names = [line.left, line.rightName] }
    guard names.count == 2, names[0].lowercased() != names[1].lowercased() else { return nil }
    // `A --SYN--> B --ACK--> C` goes on from one to the next.
    guard
      !lines.contains(where: { $0.arrows.count > 1 && Set($0.arrows.map(\.direction.isRight)).count == 1 })
    else {
      return nil
    }
    guard lines.contains(where: { $0.isNamed && !$0.arrows.isEmpty }) else { return nil }
    var items = FigureItems()
    var participants = Sketch.Participants(names)
    var sketch = Sketch(lines: (lines.first?.number ?? 1)...(lines.last?.number ?? 1))
    for row in rows {
      guard let line = Line(row) else {
        if row.number > sketch.lines.lowerBound, row.number < sketch.lines.upperBound {
          Self.read(row, into: &items)
        }
        continue
      }
      line.read(into: &items, &sketch, &participants)
    }
    sketch.names = participants.names
    items.finish()
    guard items.isTCP || sketch.refusal != nil else { return nil }
    sketch.steps = items.steps(of: sketch.names, unread: &sketch.unread)
    sketches = FreshOpening.parts(of: sketch)
  }

  /// A line between two arrows.
  private static func read(_ row: FigureRow, into items: inout FigureItems) {
    let text = row.line.text(0..<row.line.characters.count).drop { "-*+ ".contains($0) }
    guard row.lifeLines.isEmpty, !text.isEmpty, text.contains(where: { $0.isLetter || ".…⋮".contains($0) })
    else { return }
    items.add(between: String(text), line: row.number)
  }

  private struct Line {
    var number: Int
    var left: String
    var right: String
    var arrows: [FigureArrow]

    init?(_ row: FigureRow) {
      guard row.lifeLines.isEmpty, row.hasArrow, let first = row.arrows.first, let last = row.arrows.last
      else {
        return nil
      }
      number = row.number
      arrows = row.arrows
      let text = Self.withoutBullet(row.line.text(0..<first.range.lowerBound))
      left =
        text.contains("()")
        ? text
        : text.prefix { !"(（".contains($0) }.isEmpty
          ? text : String(text.prefix { !"(（".contains($0) }[...].trimmed)
      right = row.line.text(last.range.upperBound..<row.line.characters.count)
    }

    /// The right participant's name: up to a gap, a parenthesis or a colon.
    var rightName: String {
      let text = right.prefix { !"(（:：,，;#".contains($0) }
      let name = text.firstRange(of: "  ").map { text[..<$0.lowerBound] } ?? text
      return String(name.trimmed)
    }

    var isNamed: Bool {
      !left.contains("()") && !right.hasPrefix(rightName + "()")
        && [left, rightName].allSatisfy {
          !$0.isEmpty && $0.count <= 30 && FigureRow.isName($0) && $0.contains(where: \.isLetter)
        }
        && arrows.allSatisfy { $0.direction != .none }
    }

    private static func withoutBullet(_ text: String) -> String {
      var rest = text[...]
      while let first = rest.first, "-*+•·".contains(first), rest.dropFirst().first == " " {
        rest = rest.dropFirst().trimmed
      }
      let digits = rest.prefix { $0.isNumber || "([".contains($0) }
      let behind = rest[digits.endIndex...]
      if !digits.isEmpty, let mark = behind.first, ".):]、 ".contains(mark) {
        rest = behind.dropFirst().trimmed
      }
      return String(rest)
    }

    func read(
      into items: inout FigureItems, _ sketch: inout Sketch, _ participants: inout Sketch.Participants
    ) {
      for arrow in arrows {
        guard arrow.isDirected else {
          if FigureItems.hasFlags(arrow.label), sketch.refusal == nil {
            sketch.refusal = SketchRefusal(
              line: number,
              reason: "an arrow has a head at both ends or at none, so that its direction is not known",
              isTCP: true)
          }
          continue
        }
        var ends = (low: 0, high: 1)
        if isNamed {
          ends = (participants.place(of: left), participants.place(of: rightName))
        }
        let isRight = arrow.direction == .right
        var label = arrow.label
        var rest = String(right.dropFirst(isNamed ? rightName.count : 0)[...].trimmed)
        if !FigureItems.hasFlags(label), FigureItems.hasFlags(rest) {
          label += " " + rest
          rest = ""
        }
        let sides = arrows.count == 1 && !rest.isEmpty ? [(pole: ends.high, text: rest)] : []
        items.add(
          FigureItems.Arrow(
            from: isRight ? ends.low : ends.high, to: isRight ? ends.high : ends.low, label: label,
            isLost: arrow.isLost, sides: sides), line: number)
      }
    }
  }
}
