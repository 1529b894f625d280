import Documents
import TCP

/// Departures and arrivals, as the lines of a figure tell them, put into the rows of a ladder.
struct StandardEvents {
  /// The column that parts the left end from the right one.
  let middle: Int
  var rows: [StandardRow] = []
  /// The segments that have left and have not arrived.
  private var underWay: [(party: Party, row: Int, isHeld: Bool)] = []
  /// The words in parentheses below the last segment, with their line: the cause of the party's next segment.
  var pending = Both<[Cell.Element]>([])
  var pendingLine = 0
  /// Tells whether a segment has left so far.
  private(set) var isBegun = false
  /// Tells whether a host has rebooted so far.
  var hasRebooted = false
  /// Misspelled states. No step is hidden in them.
  private(set) var unread: [Page.Unread] = []

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
  mutating func endPending() {
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
  mutating func add(_ segment: StandardSegment, line: Int) throws(SketchRefusal) {
    for text in [segment.texts.left, segment.texts.right] {
      try refusePuzzle(text, line: line)
      noteUnreadStates(text, line: line)
    }
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
    if let index = underWay.firstIndex(where: { $0.party == party && !$0.isHeld }) { hold(index) }
    // Only a call of its own causes a segment.
    if Party.allCases.contains(where: { !isCause(pending[$0], ofOwn: $0 == party) }) { endPending() }
    var place = rows.count
    let other = underWay.firstIndex { !$0.isHeld }
    if let other, underWay[other].row == rows.count - 1, rows[underWay[other].row].segments[party] == nil {
      place = underWay[other].row
    } else {
      if let other { hold(other) }
      rows.append(StandardRow(line: line))
    }
    isBegun = true
    let crosses = underWay.contains { $0.party == party.other && $0.row == place }
    rows[place].segments[party] = segment.fields
    rows[place].isLost[party] = isLost
    rows[place].elements[party] += pending[party]
    pending[party] = []
    rows[place].states[party] = ends[party] ?? rows[place].states[party]
    if let state = ends[party.other] ?? (arrives ? Self.outcome(segment.texts[party.other]) : nil) {
      if crosses, arrives {
        rows[place].after[party.other] = state
      } else {
        rows[place].states[party.other] = rows[place].states[party.other] ?? state
        rows[place].isReceived[party.other] = arrives
      }
    }
    if !segment.remark.isEmpty { rows[place].notes.append(Rung.Note(column: "note", text: segment.remark)) }
    if !arrives, !isLost { underWay.append((party, place, isHeld: false)) }
  }

  private func isCause(_ elements: [Cell.Element], ofOwn isSender: Bool) -> Bool {
    elements.allSatisfy { element in
      if case .call = element { return true }
      return !isSender && element != .reboot
    }
  }

  /// The segment is still under way when the next one leaves that it does not cross.
  private mutating func hold(_ index: Int) {
    underWay[index].isHeld = true
    let (party, row, _) = underWay[index]
    rows[row].elements[party].append(.arrivesLater)
  }

  private mutating func arrive(from party: Party, _ segment: StandardSegment, _ line: Int)
    throws(SketchRefusal)
  {
    let fields = Label(reading: segment.fields).segment
    guard
      let index = underWay.firstIndex(where: { entry in
        entry.party == party && Label(reading: rows[entry.row].segments[party] ?? "").segment == fields
      })
    else { return try addOldDuplicate(from: party, segment, line) }
    let (_, place, isHeld) = underWay.remove(at: index)
    guard !isHeld || !underWay[..<index].contains(where: { $0.party == party && $0.isHeld }) else {
      throw SketchRefusal(
        line: line,
        reason:
          "a segment overtakes another one of its party's that was under way before: a ladder has them in order",
        isTCP: true)
    }
    let ends = segment.texts.map(Self.state)
    if isHeld {
      var row = StandardRow(line: line)
      row.elements[party] = [.arrivesNow]
      row.states = ends
      row.isReceived[party.other] = ends[party.other] != nil
      rows.append(row)
      return
    }
    if rows[place].segments[party.other] == nil {
      rows[place].states[party.other] = ends[party.other] ?? rows[place].states[party.other]
      rows[place].isReceived[party.other] = ends[party.other] != nil
    } else {
      rows[place].after[party.other] = ends[party.other]
    }
    if let state = ends[party], rows[place].states[party] != state { rows[place].after[party] = state }
  }

  /// `(??)` and `(!!)` stand where an end receives what belongs to no connection that it knows. The figure must say why.
  func refusePuzzle(_ text: String, line: Int) throws(SketchRefusal) {
    let inside = text.filter { $0 != " " }
    guard inside.first == "(", inside.last == ")", inside.count > 2,
      inside.dropFirst().dropLast().allSatisfy({ "?!？！".contains($0) }),
      !hasRebooted, !rows.contains(where: \.isOldDuplicate)
    else { return }
    throw SketchRefusal(
      line: line,
      reason:
        "`\(text)`: this end knows no connection that the segment belongs to; expected `(reboot)` above",
      isTCP: true)
  }

  /// A segment arrives that no line before shows to leave: it is one of an earlier connection.
  private mutating func addOldDuplicate(from party: Party, _ segment: StandardSegment, _ line: Int)
    throws(SketchRefusal)
  {
    let words = Set(segment.texts[party].lowercased().split { !$0.isLetter })
    let isKnown = rows.contains { $0.segments[party] == segment.fields }
    guard !isKnown, fieldsAreSyn(segment) || !words.isDisjoint(with: ["duplicate", "old"]) else {
      throw SketchRefusal(
        line: line,
        reason: "a segment arrives that no line before shows to leave: expected that line, or `(duplicate)` "
          + "where the sender stands",
        isTCP: true)
    }
    for index in underWay.indices where !underWay[index].isHeld { hold(index) }
    isBegun = true
    var row = StandardRow(line: line)
    row.segments[party] = segment.fields
    row.elements[party] = [.oldDuplicate]
    let state = Self.state(segment.texts[party.other])
    row.states[party.other] = state
    row.isReceived[party.other] = state != nil
    rows.append(row)
  }

  mutating func noteUnreadStates(_ text: String, line: Int) {
    for word in Self.misspelledStates(in: text) {
      let near = Spelling.nearState(word.replacing("-", with: "_"))
      unread.append(Page.Unread(line: line, text: word, kind: .cell(suggestion: near)))
    }
  }

  private func fieldsAreSyn(_ segment: StandardSegment) -> Bool {
    Label(reading: segment.fields).segment?.flags == .syn
  }

  static func state(_ text: String) -> State? {
    guard let first = Label(reading: text).states.first, text.first != "(",
      first.context.allSatisfy({ !$0.isLetter })
    else { return nil }
    return first.state
  }
}
