import Documents
import TCP

/// Departures and arrivals, as the lines of a figure tell them, put into the rows of a ladder.
struct StandardEvents {
  /// The column that parts the left end from the right one.
  let middle: Int
  private var rows: [Row] = []
  /// The segments that have left and have not arrived.
  private var underWay: [(party: Party, row: Int)] = []
  /// Calls that cause the party's next segment.
  private var calls = Both<[Call]>([])
  /// The states that the parties have before their first segment.
  private var isBegun = false

  init(middle: Int) { self.middle = middle }

  private struct Row {
    var line: Int
    var segments = Both<String?>(nil)
    var isLost = Both(false)
    var isTimeout = Both(false)
    var calls = Both<[Call]>([])
    var states = Both<State?>(nil)
    /// The states that hold only when the other party's segment has arrived.
    var isReceived = Both(false)
    /// The states after both segments of the row have arrived.
    var after = Both<State?>(nil)
    var notes: [Rung.Note] = []
  }

  mutating func add(_ line: StandardLine) throws(SketchRefusal) {
    switch line.kind {
    case .segment(let segment): try add(segment, line: line.number)
    case .ends(let pieces): try add(pieces, line: line.number)
    case .blank, .names, .other: break
    }
  }

  /// The segments that the figure leaves under way.
  mutating func end() throws(SketchRefusal) {
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
    var place = rows.count
    if let other = underWay.first {
      guard other.row == rows.count - 1, rows[other.row].segments[party] == nil else {
        throw SketchRefusal(
          line: line, reason: "more than two segments are under way at once, which no row of a ladder shows",
          isTCP: true)
      }
      place = other.row
    } else {
      rows.append(Row(line: line))
    }
    isBegun = true
    let crosses = underWay.contains { $0.party == party.other }
    rows[place].segments[party] = segment.fields
    rows[place].isLost[party] = isLost
    rows[place].calls[party] += calls[party]
    calls[party] = []
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
      } else if let call = Self.call(piece.text) {
        calls[party].append(call)
      } else if Label(reading: piece.text).isTimeout, rows.last?.isLost[party] == true {
        var row = Row(line: line)
        row.isTimeout[party] = true
        rows.append(row)
      }
    }
    guard Party.allCases.contains(where: { states[$0] != nil }) else { return }
    if !isBegun { try refuseHalfOpen(states, line: line) }
    var row = Row(line: line)
    row.states = states
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

  /// `(Close)`, `(Open)`, `[close()]`.
  private static func call(_ text: String) -> Call? {
    let name = text.filter(\.isLetter).lowercased()
    switch name {
    case "close": return .close
    case "abort": return .abort
    case "activeopen", "connect": return .connect
    case "passiveopen", "listen": return .listen
    default: return nil
    }
  }
}

// MARK: Rows

extension StandardEvents {
  var steps: [Sketch.Step] {
    var steps: [Sketch.Step] = []
    for (place, row) in rows.enumerated() {
      var cells = Both(Cell())
      for party in Party.allCases { cells[party] = cell(of: party, in: row) }
      steps.append(Sketch.Step(line: row.line, .row(cells, notes: row.notes)))
      // The states after two segments that cross are often those in which the next ones leave.
      let next = place + 1 < rows.count ? rows[place + 1].states : Both(nil)
      var after = Both(Cell())
      for party in Party.allCases {
        if let state = row.after[party], state != next[party] { after[party].elements = [.state(state)] }
      }
      if Party.allCases.contains(where: { !after[$0].elements.isEmpty }) {
        steps.append(Sketch.Step(line: row.line, .row(after, notes: [])))
      }
    }
    return steps
  }

  private func cell(of party: Party, in row: Row) -> Cell {
    var cell = Cell(text: row.segments[party] ?? "")
    if row.isLost[party.other] { cell.elements.append(.lost) }
    if row.isTimeout[party] { cell.elements.append(.timeout) }
    cell.elements += row.calls[party].map { .call($0) }
    if let fields = row.segments[party] {
      let label = Label(reading: fields)
      if let segment = label.segment, label.unread == nil {
        cell.elements.append(.segment(segment))
      } else {
        cell.unreadText = Cell.UnreadText(of: fields)
        cell.unreadText?.mayHideStep = true
      }
    }
    if let state = row.states[party] {
      cell.elements.append(.state(state))
      if row.isReceived[party] { cell.elements.append(.received) }
    }
    return cell
  }
}
