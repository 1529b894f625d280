import Documents
import TCP

/// Departures and arrivals, as the lines of a figure tell them, put into the rows of a ladder.
struct StandardEvents {
  /// The column that parts the left end from the right one.
  let middle: Int
  private(set) var rows: [StandardRow] = []
  /// The segments that have left and have not arrived.
  private var underWay: [(party: Party, row: Int)] = []
  /// The words in parentheses below the last segment, with their line: the cause of the party's next segment.
  private var pending = Both<[Cell.Element]>([])
  private var pendingLine = 0
  /// Tells whether a segment has left so far.
  private var isBegun = false

  init(middle: Int) { self.middle = middle }

  mutating func add(_ line: StandardLine) throws(SketchRefusal) {
    // A step with a number of its own does not belong to the one before.
    if line.step != nil { endPending() }
    switch line.kind {
    case .segment(let segment): try add(segment, line: line.number)
    case .ends(let pieces): try add(pieces, line: line.number)
    case .blank, .names, .other: break
    }
  }

  /// Gives calls and waits that cause no segment a row of their own.
  private mutating func endPending() {
    guard !pending.left.isEmpty || !pending.right.isEmpty else { return }
    var row = StandardRow(line: pendingLine)
    row.elements = pending
    pending = Both([])
    rows.append(row)
  }

  /// The segments that the figure leaves under way.
  mutating func end() throws(SketchRefusal) {
    endPending()
    guard let first = underWay.first else { return }
    throw SketchRefusal(
      line: rows[first.row].line,
      reason: "this segment is under way (`...`), and no line shows its arrival", isTCP: true)
  }
}

// MARK: Segments

extension StandardEvents {
  private mutating func add(_ segment: StandardSegment, line: Int) throws(SketchRefusal) {
    for text in [segment.texts.left, segment.texts.right] { try refusePuzzle(text, line: line) }
    switch (segment.marks.left, segment.marks.right) {
    case (.right, .left), (.left, .right), (.underWay, .underWay), (.lost, .lost), (.underWay, .lost),
      (.lost, .underWay), (.underWay, nil), (nil, .underWay), (nil, .lost), (.lost, nil), (nil, nil):
      throw SketchRefusal(
        line: line, reason: "its arrows do not say in which direction the segment goes", isTCP: true)
    case (.right, .underWay): try depart(.left, segment, line, arrives: false)
    case (.underWay, .left): try depart(.right, segment, line, arrives: false)
    case (.underWay, .right): try arrive(from: .left, segment, line)
    case (.left, .underWay): try arrive(from: .right, segment, line)
    case (.right, .lost): try depart(.left, segment, line, arrives: false, isLost: true)
    case (.lost, .left): try depart(.right, segment, line, arrives: false, isLost: true)
    case (.lost, .right): try depart(.left, segment, line, arrives: false, isLost: true)
    case (.left, .lost): try depart(.right, segment, line, arrives: false, isLost: true)
    case (.right, .right), (.right, nil), (nil, .right): try depart(.left, segment, line, arrives: true)
    case (.left, .left), (.left, nil), (nil, .left): try depart(.right, segment, line, arrives: true)
    }
  }

  private mutating func depart(
    _ party: Party, _ segment: StandardSegment, _ line: Int, arrives: Bool, isLost: Bool = false
  ) throws(SketchRefusal) {
    let ends = segment.texts.map(Self.state)
    let isLost =
      isLost || (!arrives && Label(reading: segment.remark + " " + segment.texts[party.other]).isLost)
    if underWay.contains(where: { $0.party == party }) {
      throw SketchRefusal(
        line: line,
        reason:
          "a second segment of this party leaves before the first has arrived, which no row of a ladder shows",
        isTCP: true)
    }
    // Only a call causes a segment.
    if pending[party].contains(where: { if case .call = $0 { false } else { true } }) { endPending() }
    var place = rows.count
    if let other = underWay.first {
      guard other.row == rows.count - 1, rows[other.row].segments[party] == nil else {
        throw SketchRefusal(
          line: line, reason: "more than two segments are under way at once, which no row of a ladder shows",
          isTCP: true)
      }
      place = other.row
    } else {
      rows.append(StandardRow(line: line))
    }
    isBegun = true
    let crosses = underWay.contains { $0.party == party.other }
    rows[place].segments[party] = segment.fields
    rows[place].isLost[party] = isLost
    rows[place].elements[party] += pending[party]
    pending[party] = []
    rows[place].states[party] = ends[party] ?? rows[place].states[party]
    if let state = ends[party.other] {
      if crosses, arrives {
        rows[place].after[party.other] = state
      } else {
        rows[place].states[party.other] = rows[place].states[party.other] ?? state
        rows[place].isReceived[party.other] = arrives
      }
    }
    if !segment.remark.isEmpty { rows[place].notes.append(Rung.Note(column: "note", text: segment.remark)) }
    if !arrives, !isLost { underWay.append((party, place)) }
  }

  private mutating func arrive(from party: Party, _ segment: StandardSegment, _ line: Int)
    throws(SketchRefusal)
  {
    let fields = Label(reading: segment.fields).segment
    guard
      let index = underWay.firstIndex(where: { entry in
        entry.party == party && Label(reading: rows[entry.row].segments[party] ?? "").segment == fields
      })
    else {
      throw SketchRefusal(
        line: line,
        reason: "a segment arrives that no line before shows to leave: it comes from outside this connection",
        isTCP: true)
    }
    let place = underWay.remove(at: index).row
    let ends = segment.texts.map(Self.state)
    if rows[place].segments[party.other] == nil {
      rows[place].states[party.other] = ends[party.other] ?? rows[place].states[party.other]
      rows[place].isReceived[party.other] = ends[party.other] != nil
    } else {
      rows[place].after[party.other] = ends[party.other]
    }
    if let state = ends[party], rows[place].states[party] != state { rows[place].after[party] = state }
  }

  /// `(??)` and `(!!)` stand where an end receives what belongs to no connection that it knows.
  private func refusePuzzle(_ text: String, line: Int) throws(SketchRefusal) {
    let inside = text.filter { $0 != " " }
    guard inside.first == "(", inside.last == ")", inside.count > 2,
      inside.dropFirst().dropLast().allSatisfy({ "?!？！".contains($0) })
    else { return }
    throw SketchRefusal(
      line: line, reason: "`\(text)`: this end knows no connection that the segment belongs to", isTCP: true)
  }

  private static func state(_ text: String) -> State? {
    guard let first = Label(reading: text).states.first, text.first != "(",
      first.context.allSatisfy({ !$0.isLetter })
    else { return nil }
    return first.state
  }
}

// MARK: States and calls in lines of their own

extension StandardEvents {
  private mutating func add(_ pieces: [FigureLine.Piece], line: Int) throws(SketchRefusal) {
    var states = Both<State?>(nil)
    for (place, piece) in pieces.prefix(2).enumerated() {
      let isRight = pieces.count > 1 ? place == 1 : piece.columns.lowerBound >= middle
      let party: Party = isRight ? .right : .left
      try refusePuzzle(piece.text, line: line)
      if let state = Self.state(piece.text) {
        states[party] = state
      } else if let elements = Self.elements(piece.text) {
        if pending.left.isEmpty, pending.right.isEmpty { pendingLine = line }
        pending[party] += elements
      } else if Label(reading: piece.text).isTimeout, rows.last?.isLost[party] == true {
        var row = StandardRow(line: line)
        row.elements[party] = [.timeout]
        rows.append(row)
      } else if Self.inside(piece.text).map(Elision.isTold) == true {
        endPending()
        var row = StandardRow(line: line)
        row.isElision = true
        rows.append(row)
      }
    }
    guard Party.allCases.contains(where: { states[$0] != nil }) else { return }
    if !isBegun { try refuseHalfOpen(states, line: line) }
    var row = StandardRow(line: line)
    row.states = states
    row.elements = pending
    pending = Both([])
    rows.append(row)
  }

  private func refuseHalfOpen(_ states: Both<State?>, line: Int) throws(SketchRefusal) {
    let unconnected: Set<State> = [.closed, .listen]
    guard let left = states.left, let right = states.right,
      unconnected.contains(left) != unconnected.contains(right)
    else { return }
    throw SketchRefusal(
      line: line,
      reason: "the connection is half-open: \(left.rawValue) and \(right.rawValue) are not of one connection",
      isTCP: true)
  }

  private static func inside(_ text: String) -> String? {
    guard let first = text.first, let last = text.last, "([".contains(first), ")]".contains(last) else {
      return nil
    }
    return String(text.dropFirst().dropLast()[...].trimmed)
  }

  /// `(Close)`, `(Open)`, `[close()]`; and `(send(100))`, `(timeout)`, `(lost)`, as tcpprobe writes them.
  private static func elements(_ text: String) -> [Cell.Element]? {
    if let inside = inside(text), let elements = Cell.written(inside), Cell(elements: elements).state == nil,
      Cell(elements: elements).segment == nil
    {
      return elements
    }
    switch text.filter(\.isLetter).lowercased() {
    case "close": return [.call(.close)]
    case "abort": return [.call(.abort)]
    case "activeopen", "connect": return [.call(.connect)]
    case "passiveopen", "listen": return [.call(.listen)]
    default: return nil
    }
  }
}
