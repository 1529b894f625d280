import Documents
import TCP

/// Figures that people draw with signs: arrows between life lines, between columns, or between two names in a line.
enum TextFigure: Notation {
  static let name = "an ASCII diagram"

  static func sketches(in block: TextBlock) -> [Sketch] {
    guard block.lines.contains(where: Lookalike.hasArrow) || block.lines.contains(where: isShaft) else {
      return []
    }
    var lines = block.lines.enumerated().map { index, line in FigureLine(line, number: block.line(index)) }
    FigureFrame.blank(in: &lines)
    SlantedArrow.straighten(in: &lines)
    let rows = lines.map(FigureRow.init)
    let isFence = block.language != nil
    return regions(of: rows, isFence: isFence).flatMap { sketches(of: $0, isFence: isFence) }
  }

  private static let shafts: Pieces = ["--", "─", "==", "━", "═", "->", "<-", "\\ "]
  private static func isShaft(_ line: Substring) -> Bool { shafts.isAny(in: line) }

  private static func sketches(of rows: ArraySlice<FigureRow>, isFence: Bool) -> [Sketch] {
    guard rows.contains(where: \.hasArrow) else { return [] }
    if let sketches = InlineFigure(rows)?.sketches { return sketches }
    return FigureLanes.halves(of: Array(rows)).compactMap { lanes in
      // Outside of a fence, lines that begin with `|` and have no names above may be a damaged table.
      guard let reader = FigureReader(lanes), isFence || reader.hasNames || lanes.columns.first != 0 else {
        return nil
      }
      return reader.sketch
    }
    .flatMap(FreshOpening.parts)
  }

  /// The parts of a block that are figures: each begins with its names, if it has some.
  private static func regions(of rows: [FigureRow], isFence: Bool) -> [ArraySlice<FigureRow>] {
    var regions: [ArraySlice<FigureRow>] = []
    var begin = 0
    var hasArrow = false
    func close(at end: Int) {
      if hasArrow { regions.append(rows[begin..<end]) }
      begin = end
      hasArrow = false
    }
    for (place, row) in rows.enumerated() {
      if row.hasArrow {
        hasArrow = true
      } else if hasArrow,
        isTitle(row, at: place, in: rows) || (row.names != nil && leadsFigure(place, in: rows))
      {
        close(at: place)
      } else if !isFence, isProse(row) {
        close(at: place)
        begin = place + 1
      }
    }
    close(at: rows.count)
    return regions
  }

  /// Tells whether life lines, or an arrow, follow soon.
  private static func leadsFigure(_ place: Int, in rows: [FigureRow]) -> Bool {
    let next = rows[(place + 1)...].prefix(6).first { !$0.isBlank && !$0.isRule }
    guard let next else { return false }
    return next.hasArrow || !next.lifeLines.isEmpty
      || (next.texts.count == 2 && next.texts.allSatisfy { !Label(reading: $0.text).states.isEmpty })
  }

  private static func isTitle(_ row: FigureRow, at place: Int, in rows: [FigureRow]) -> Bool {
    guard row.signs.isEmpty, !row.isBlank, place > 0, rows[place - 1].isBlank else { return false }
    let text = row.line.text(0..<row.line.characters.count)
    return ":：".contains(text.last ?? " ") || text.hasPrefix("#") || text.hasPrefix("【")
      || text.hasPrefix("[")
  }

  /// A line of prose between two figures that are in no fence.
  private static func isProse(_ row: FigureRow) -> Bool {
    guard row.lifeLines.isEmpty, row.arrows.isEmpty, !row.isBlank, row.names == nil else { return false }
    let words = row.line.pieces(gap: 1).count
    guard row.line.pieces(gap: 3).count == 1,
      !Markdown.beginsItem(row.line.text(0..<row.line.characters.count)[...])
    else { return words > 16 }
    return words > 9 || (row.line.characters.first != " " && words > 3)
  }
}

/// The frame around a whole figure.
enum FigureFrame {
  private static let corners = "┌└╔╚╭╰+*├╠"

  /// Puts blanks in the place of the frame's sides.
  static func blank(in lines: inout [FigureLine]) {
    var begin: (place: Int, side: Int)?
    for place in lines.indices {
      let text = lines[place].characters
      guard let first = text.firstIndex(where: { $0 != " " }), let last = text.lastIndex(where: { $0 != " " })
      else {
        continue
      }
      let isBorder =
        last - first > 24 && corners.contains(text[first])
        && text[(first + 1)..<last].allSatisfy { ArrowSigns.isShaft($0) || "┬┴┼╦╩+".contains($0) }
      if isBorder {
        if let opened = begin, opened.side == first { blankSides(of: &lines, opened.place...place) }
        begin = (place, first)
      } else if let opened = begin, first != opened.side || !ArrowSigns.isLifeLine(text[first]) {
        begin = nil
      }
    }
  }

  private static func blankSides(of lines: inout [FigureLine], _ range: ClosedRange<Int>) {
    for place in range {
      let text = lines[place].characters
      guard let first = text.firstIndex(where: { $0 != " " }), let last = text.lastIndex(where: { $0 != " " })
      else {
        continue
      }
      if place == range.lowerBound || place == range.upperBound {
        for index in text.indices { lines[place].characters[index] = " " }
      } else {
        lines[place].characters[first] = " "
        if ArrowSigns.isLifeLine(text[last]) { lines[place].characters[last] = " " }
      }
    }
  }
}

/// A SYN behind the end of a connection begins another one.
enum FreshOpening {
  static func parts(of sketch: Sketch) -> [Sketch] {
    var parts: [Sketch] = []
    var begin = 0
    var hasEnded = false
    func close(at end: Int) {
      var part = sketch
      part.steps = Array(sketch.steps[begin..<end])
      if !parts.isEmpty { part.unread = [] }
      let first = parts.isEmpty ? sketch.lines.lowerBound : part.steps.first?.line ?? sketch.lines.lowerBound
      let last = end == sketch.steps.count ? sketch.lines.upperBound : part.steps.last?.line ?? first
      part.lines = first...max(first, last)
      parts.append(part)
      begin = end
    }
    for (place, step) in sketch.steps.enumerated() {
      guard case .message(let message) = step.kind, let flags = message.reading.segment?.flags
      else {
        continue
      }
      if flags.contains(.syn), !flags.contains(.ack), hasEnded {
        close(at: place)
        hasEnded = false
      }
      if !flags.isDisjoint(with: [.fin, .rst]) { hasEnded = true }
    }
    close(at: sketch.steps.count)
    return parts
  }
}
