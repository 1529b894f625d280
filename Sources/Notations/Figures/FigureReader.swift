import Documents
import TCP

/// Reads the lines of one figure with its participants in lanes.
struct FigureReader {
  private var lanes: FigureLanes
  private var names: [String] = []
  /// Tells whether names stand above the figure.
  private(set) var hasNames = false
  private var middles: [Int] = []
  private var items = FigureItems()
  private var refusal: SketchRefusal?
  private var lines: ClosedRange<Int>

  init?(_ lanes: FigureLanes) {
    self.lanes = lanes
    let rows = lanes.rows
    guard let firstArrow = rows.firstIndex(where: \.hasArrow),
      let lastArrow = rows.lastIndex(where: \.hasArrow)
    else { return nil }
    lines = rows[firstArrow].number...rows[lastArrow].number
    // Boxes between arrows are of a picture of states or of hosts.
    guard rows[firstArrow...lastArrow].count(where: \.hasBorder) < 2 else { return nil }
    guard findNames(above: firstArrow) else { return nil }
    for row in rows where row.number >= lines.lowerBound { read(row) }
    items.finish()
  }

  /// The sketch; nil where no arrow has a segment.
  var sketch: Sketch? {
    guard items.isTCP || refusal != nil else { return nil }
    var last = lines.upperBound
    for item in items.all { last = max(last, item.line) }
    var sketch = Sketch(names: names, lines: lines.lowerBound...last, refusal: refusal)
    sketch.steps = items.steps(of: names, unread: &sketch.unread)
    return sketch
  }

  // MARK: The participants

  private mutating func findNames(above firstArrow: Int) -> Bool {
    let rows = lanes.rows
    let count = lanes.poles.count
    let heads = rows[..<firstArrow].filter { $0.names != nil }
    if count == 0 {
      guard let head = heads.last(where: { $0.names?.count == 2 }), let found = head.names else {
        return false
      }
      names = found.map { Self.plain($0.text) }
      middles = found.map { ($0.columns.lowerBound + $0.columns.upperBound) / 2 }
      lines = head.number...lines.upperBound
      hasNames = true
    } else {
      middles = lanes.middles
      if let head = heads.first(where: { $0.names?.count == count })
        ?? heads.first(where: { ($0.names?.count ?? 0) > count }),
        let found = head.names
      {
        names = middles.map { middle in
          let near = found.min { Self.distance($0, middle) < Self.distance($1, middle) }
          return Self.plain(near?.text ?? "")
        }
        lines = head.number...lines.upperBound
        hasNames = true
      } else {
        if let first = rows[..<firstArrow].firstIndex(where: { !$0.isBlank }) {
          lines = rows[first].number...lines.upperBound
        }
        names = middles.indices.map {
          sideName(of: $0) ?? (count == 2 ? ["left", "right"][$0] : "party \($0 + 1)")
        }
      }
    }
    // Two heads of vertical arrows are no names.
    if Set(names).count == 1, count == 2 { names = ["left", "right"] }
    for place in names.indices.dropFirst() where names[..<place].contains(names[place]) {
      names[place] += " \(place + 1)"
    }
    return names.count > 1
  }

  /// A name in a box, or beside a life line.
  private func sideName(of pole: Int) -> String? {
    for row in lanes.rows {
      guard let places = lanes.places(in: row) else { continue }
      var text = row.line.text(places[pole].dropFirst().dropLast())
      if text.isEmpty, pole == 0 { text = row.line.text(0..<places[0].lowerBound) }
      if text.isEmpty, pole == places.count - 1 {
        text = row.line.text(places[pole].upperBound..<row.line.characters.count)
      }
      if !text.isEmpty { return FigureRow.isName(text) && text.count <= 24 ? Self.plain(text) : nil }
    }
    return nil
  }

  private static func distance(_ piece: FigureLine.Piece, _ middle: Int) -> Int {
    abs((piece.columns.lowerBound + piece.columns.upperBound) / 2 - middle)
  }

  private static func plain(_ text: String) -> String {
    var text = Markdown.unwrapped(text[...])
    if text.first == "[" && text.last == "]" || text.first == "<" && text.last == ">" {
      text = String(text.dropFirst().dropLast())
    }
    if ":：".contains(text.last ?? " ") { text.removeLast() }
    return text.replacing("|", with: "/")
  }

  // MARK: Lines

  private mutating func read(_ row: FigureRow) {
    guard !row.isBlank else { return items.addGap() }
    let drawn = lanes.places(in: row)
    let arrows = row.arrows.filter { $0.isDirected }
    let extent = arrows.first.map { first in
      [first.range.lowerBound..<first.range.lowerBound]
        + [(arrows.last ?? first).range.upperBound..<(arrows.last ?? first).range.upperBound]
    }
    guard let places = drawn ?? (names.count == 2 ? extent : nil) else { return readBare(row) }
    var sides: [(pole: Int, text: String)] = []
    let end = row.line.characters.count
    for pole in places.indices where places[pole].count > 1 {
      sides.append((pole, row.line.text(places[pole].dropFirst().dropLast())))
    }
    sides.append((0, row.line.text(0..<places[0].lowerBound)))
    sides.append((places.count - 1, row.line.text(places[places.count - 1].upperBound..<end)))
    sides = sides.flatMap { side in Self.parted(side.text).map { (side.pole, $0) } }
    let inner = places[0].upperBound..<places[places.count - 1].lowerBound
    let within = row.arrows.filter {
      $0.range.lowerBound >= inner.lowerBound && $0.range.upperBound <= inner.upperBound
    }
    guard within.contains(where: { !$0.label.isEmpty || $0.direction != .none }) else {
      if within.isEmpty { readLane(row, places) }
      for side in sides { items.add(side: side.pole, side.text, line: row.number, isBesideArrow: false) }
      if !within.isEmpty { items.addGap() }
      return
    }
    for arrow in within {
      read(arrow, in: row, places, isAlone: within.count == 1, sides: sides, isDrawn: drawn != nil)
    }
  }

  private mutating func read(
    _ arrow: FigureArrow, in row: FigureRow, _ places: [Range<Int>], isAlone: Bool,
    sides: [(pole: Int, text: String)],
    isDrawn: Bool
  ) {
    let label = Label(reading: arrow.label)
    guard arrow.isDirected else {
      if label.segment?.flags.isEmpty == false, refusal == nil {
        refusal = SketchRefusal(
          line: row.number,
          reason: arrow.direction == .none
            ? "an arrow has no head, so that its direction is not known"
            : "an arrow has a head at both ends, so that its direction is not known",
          isTCP: true)
      }
      return items.add(between: arrow.label, line: row.number)
    }
    var ends = (low: 0, high: places.count - 1)
    if places.count > 2 {
      let columns = row.line.columns
      ends.low = nearest(columns[arrow.range.lowerBound])
      ends.high = nearest(columns[arrow.range.upperBound])
      if ends.low == ends.high { ends = ends.low == 0 ? (0, 1) : (ends.low - 1, ends.low) }
    }
    let isRight = arrow.direction == .right
    var texts = [arrow.label]
    if isAlone, isDrawn {
      // The rest of the lane, where the label stands behind the head or before the shaft.
      let low = places[..<ends.high].last { $0.upperBound <= arrow.range.lowerBound }?.upperBound ?? 0
      let high =
        places[1...].first { $0.lowerBound >= arrow.range.upperBound }?.lowerBound ?? arrow.range.upperBound
      texts.insert(row.line.text(low..<max(low, arrow.range.lowerBound)), at: 0)
      texts.append(row.line.text(arrow.range.upperBound..<max(high, arrow.range.upperBound)))
    }
    items.add(
      FigureItems.Arrow(
        from: isRight ? ends.low : ends.high, to: isRight ? ends.high : ends.low,
        label: texts.filter { !$0.isEmpty }.joined(separator: " "), isLost: arrow.isLost,
        sides: isAlone ? sides : []),
      line: row.number)
  }

  /// The texts at a side: a segment and a state in two columns are two.
  private static func parted(_ text: String) -> [String] {
    let pieces = FigureLine(text[...], number: 0).pieces().map(\.text)
    let hasState = pieces.contains { !Label(reading: $0).states.isEmpty }
    let hasSegment = pieces.contains { Label(reading: $0).segment != nil }
    return pieces.count > 1 && hasState && hasSegment ? pieces : text.isEmpty ? [] : [text]
  }

  private func nearest(_ column: Int) -> Int { lanes.nearest(to: column, of: middles) }

  /// The texts between the life lines of a line without an arrow.
  private mutating func readLane(_ row: FigureRow, _ places: [Range<Int>]) {
    let range = places[0].upperBound..<max(places[0].upperBound, places[places.count - 1].lowerBound)
    let pieces = row.line.pieces(in: range)
    guard !pieces.isEmpty else { return items.addGap() }
    if pieces.count > 1, pieces.allSatisfy({ isState($0.text) }) {
      for piece in pieces {
        items.add(
          side: nearest((piece.columns.lowerBound + piece.columns.upperBound) / 2), piece.text,
          line: row.number,
          isBesideArrow: false)
      }
      return
    }
    let text = pieces.map(\.text).joined(separator: " ")
    if isState(text), let piece = pieces.first, names.count == 2 {
      let gaps = (
        left: piece.columns.lowerBound - row.line.columns[range.lowerBound],
        right: row.line.columns[range.upperBound] - (pieces.last?.columns.upperBound ?? 0)
      )
      if gaps.left * 3 < gaps.right {
        return items.add(side: 0, text, line: row.number, isBesideArrow: false)
      }
      if gaps.right * 3 < gaps.left {
        return items.add(side: 1, text, line: row.number, isBesideArrow: false)
      }
    }
    items.add(between: text, line: row.number)
  }

  private func isState(_ text: String) -> Bool {
    let label = Label(reading: text)
    return (!label.states.isEmpty || !label.unreadStates.isEmpty) && label.segment == nil
  }

  /// A line without life lines and arrows: states below them, or words.
  private mutating func readBare(_ row: FigureRow) {
    let pieces = row.texts
    guard !row.isRule, !pieces.isEmpty else { return items.addGap() }
    if pieces.allSatisfy({ Elision.isTold(in: $0.text) && !Elision.isPhrase($0.text) }) {
      return items.addElision(line: row.number)
    }
    if pieces.allSatisfy({ isState($0.text) }) {
      for piece in pieces {
        let middle = (piece.columns.lowerBound + piece.columns.upperBound) / 2
        items.add(below: nearest(middle), piece.text, line: row.number)
      }
      return
    }
    items.add(between: pieces.map(\.text).joined(separator: " "), line: row.number)
  }
}
