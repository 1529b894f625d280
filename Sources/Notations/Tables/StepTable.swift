import Documents
import TCP

/// A table that tells an exchange in any other form than with a column for each party: by directions, by senders, by
/// stages with the states of both, or with columns for what each sends and for what each is.
struct StepTable {
  private let table: Table
  private let columns: StepColumns
  private let names: [String]
  /// The column of states of each party.
  private var stateColumns = Both<Int?>(nil)
  /// A column of states that belong to the one who speaks.
  private var speakers: Int?
  /// The columns of what each party sends.
  private var senders: Both<Int>?
  private var stages: StageSenders?

  /// nil where the table has no such form.
  init?(_ table: Table, _ columns: StepColumns) throws(SketchRefusal) {
    self.table = table
    self.columns = columns
    let header = table.header
    func titles(_ columns: [Int]) -> [String] { columns.map { PartyTitle.name(of: header[$0]) } }
    let states = columns.states
    let hasSteps = !columns.segments.isEmpty || !columns.bits.isEmpty
    if let direction = columns.direction,
      hasSteps || direction.rows.contains(where: { !($0?.label.isEmpty ?? true) }),
      !(columns.isStaged && states.count == 2)
    {
      names = direction.names
    } else if columns.sender != nil, hasSteps {
      var known = columns.partyNames
      if known.count == 1, states.count == 2 {
        known += titles(states).filter { !PartyTitle.matches($0, known[0]) }
      }
      names = known
    } else if columns.segments.count == 2, states.count <= 2, !states.isEmpty {
      guard !columns.segments.contains(where: { Words.received.areIn(header[$0].lowercased()) }) else {
        return nil
      }
      names = titles(columns.segments)
      senders = Both(left: columns.segments[0], right: columns.segments[1])
    } else if states.count == 2, columns.segments.count <= 1 {
      names = titles(states)
    } else {
      return nil
    }
    guard names.count >= 2 else { return nil }
    guard names.count == 2 else {
      throw SketchRefusal(
        line: table.line,
        reason:
          "segments of \(names.prefix(4).joined(separator: ", ")): a ladder has the two parties of one connection",
        isTCP: true)
    }
    if areChange(states) { return nil }
    placeStates(states, titles(states))
  }

  /// Tells whether two columns of states are what a party is before and behind a step.
  private func areChange(_ states: [Int]) -> Bool {
    guard states.count == 2 else { return false }
    let isNamed = states.allSatisfy { column in
      let header = table.header[column].lowercased()
      return Words.change.areIn(header)
        && !names.contains { name in
          Words.parties.areIn(name.lowercased()) && header.contains(name.lowercased())
        }
    }
    let rows = columns.cells.map { row in states.map { row[$0].states.last } }
    let isChain = zip(rows, rows.dropFirst()).allSatisfy { $0[1] == $1[0] && $0[0] != $0[1] }
    let areSame = rows.allSatisfy { $0[0] == $0[1] }
    return isNamed || (isChain && rows.count > 2) || areSame
  }

  private mutating func placeStates(_ states: [Int], _ titles: [String]) {
    if states.count == 2, senders == nil, columns.direction == nil, columns.sender == nil {
      stateColumns = Both(left: states[0], right: states[1])
      return
    }
    for party in Party.allCases {
      let name = names[party == .left ? 0 : 1]
      let other = names[party == .left ? 1 : 0]
      // Of two columns of one party the last is what it becomes.
      stateColumns[party] =
        Array(zip(states, titles)).last {
          PartyTitle.matches($0.1, name) && !PartyTitle.matches($0.1, other)
        }?.0
    }
    guard states.count == 2 else {
      if states.count == 1, stateColumns.left == nil, stateColumns.right == nil { speakers = states[0] }
      return
    }
    for party in Party.allCases where stateColumns[party] == nil {
      stateColumns[party] = states.first {
        $0 != stateColumns[party.other] && (stateColumns[party.other] != nil || party == .left)
      }
    }
    if stateColumns.right == nil { stateColumns.right = states.last }
  }

  /// The exchange; nil where fewer than two rows of it are segments.
  mutating func sketch() -> Sketch? {
    var unread: [Page.Unread] = []
    stages = StageSenders(
      states: columns.cells.map { row in
        Both(left: states(row, .left), right: states(row, .right))
      })
    var rows: [StepRow] = []
    for (place, row) in table.rows.enumerated() {
      if row.written > table.header.count {
        unread.append(
          Page.Unread(
            line: row.line, text: row.cells.dropFirst(table.header.count).joined(separator: " | "),
            kind: .other("cells beyond the table's header")))
      }
      rows += read(place, row)
    }
    guard arePlausible(rows) else { return nil }
    var writer = StepRowWriter()
    writer.write(rows)
    let end = table.line + table.lineCount - 1
    return Sketch(names: names, steps: writer.steps, lines: table.line...end, unread: unread)
  }

  /// Tells whether the rows are steps of one connection: both parties send, or one waits in vain.
  private func arePlausible(_ rows: [StepRow]) -> Bool {
    let events = rows.flatMap { [$0.event, $0.answer, $0.crossing].compactMap { $0 } }
    let senders = Set(events.compactMap { $0.mayBeSegment ? $0.sender : nil })
    let waits = events.contains { event in
      if case .timeout = event.kind { return true }
      return event.isLost
    }
    // No kernel sends SYN+FIN: such a table is about scans or filters.
    let isOdd = events.contains { event in
      guard let flags = event.segment?.flags else { return false }
      return flags.isSuperset(of: [.syn, .fin]) || flags.isSuperset(of: [.syn, .rst])
    }
    let count = events.count(where: \.mayBeSegment)
    let areStatesAlone =
      columns.segments.isEmpty && columns.direction == nil && columns.sender == nil && !columns.isNumbered
    guard !isOdd, count >= 2, !areStatesAlone || table.rows.count >= 3 else { return false }
    return senders.count == 2 || waits
  }

  private func states(_ row: [CellMeaning], _ party: Party) -> [State] {
    stateColumns[party].map { row[$0].states } ?? []
  }

  private func party(_ name: String) -> Party? {
    if let place = names.firstIndex(where: { StepColumns.name($0) == StepColumns.name(name) }) {
      return place == 0 ? .left : .right
    }
    return nil
  }

  /// The rows of the ladder that a row of the table is: more than one where states alone tell the steps.
  private mutating func read(_ place: Int, _ row: Table.Row) -> [StepRow] {
    let cells = columns.cells[place]
    var step = StepRow(line: row.line)
    step.states = Both(left: states(cells, .left), right: states(cells, .right))
    step.notes = columns.others.filter { !cells[$0].isSilent }.map {
      Rung.Note(column: table.header[$0], text: cells[$0].text)
    }
    var steps: [StepRow] = []
    if let direction = columns.direction, let directionColumn = columns.directionColumn, !columns.isStaged {
      if let found = direction.rows[place], let sender = party(found.from) {
        step.event = event(of: sender, cells, in: found.label)
      } else if !cells[directionColumn].isSilent {
        step.notes.append(Rung.Note(column: table.header[directionColumn], text: cells[directionColumn].text))
      }
    } else if let column = columns.sender {
      if let sender = party(cells[column].text) { readDeed(of: sender, cells, into: &step) }
    } else if let senders {
      readBoth(senders, cells, into: &step)
    } else if let column = columns.segments.first {
      readStage(cells[column], into: &step)
    } else {
      steps = readStates(place, step)
    }
    if let speakers, let speaker = step.event?.sender, step.answer == nil {
      step.states[speaker] = cells[speakers].states
    }
    if let event = step.event, let segment = event.segment { stages?.take(segment.flags, of: event.sender) }
    return steps.isEmpty ? [step] : steps
  }
}

// MARK: Directions and senders

extension StepTable {
  /// What the party sends in this row; `label` is the segment beside the direction.
  private func event(of sender: Party, _ cells: [CellMeaning], in label: String = "") -> StepRow.Event? {
    let column = columns.segments.first
    let meaning =
      !label[...].isBlank ? CellMeaning(of: label) : column.map { cells[$0] } ?? CellMeaning(of: "")
    var event = StepRow.Event(sender: sender, kind: .unread, text: meaning.text)
    event.isLost = meaning.label.isLost || columns.isLost(cells)
    if meaning.label.unread != nil { return event }
    var pattern = meaning.segment ?? SegmentPattern()
    if column.map({ cells[$0].text != meaning.text }) ?? false, let column, let more = cells[column].segment {
      pattern.flags.formUnion(more.flags)
    }
    guard columns.complete(&pattern, by: cells) else { return event }
    let isEmpty = pattern == SegmentPattern()
    if isEmpty {
      if meaning.label.isTimeout {
        event.kind = .timeout
        event.isLost = false
        return event
      }
      guard !meaning.isSilent, !meaning.isState, !Elision.isTold(in: meaning.text) else { return nil }
      // Words without a flag are data.
      pattern.isData = true
    }
    if event.text.isEmpty { event.text = pattern.description }
    event.kind = .segment(pattern)
    return event
  }

  /// What the party of this row does: it sends, receives or calls.
  private func readDeed(of party: Party, _ cells: [CellMeaning], into step: inout StepRow) {
    let deeds = columns.deeds.map { cells[$0] }
    let segment = columns.segments.first.map { cells[$0] }
    if let receipt = (deeds + [segment].compactMap { $0 }).first(where: { $0.isReceipt && $0.hasFlags }),
      segment == nil || segment?.isSilent == true || segment?.segment?.flags == receipt.segment?.flags
    {
      step.isReceipt = true
      if let pattern = receipt.segment {
        step.event = StepRow.Event(sender: party.other, kind: .segment(pattern), text: receipt.text)
      }
      return
    }
    step.event = event(of: party, cells)
    if step.event == nil,
      let deed = (deeds + columns.others.map { cells[$0] }).first(where: {
        $0.label.calls.count == 1 && $0.label.others == 0 && $0.segment == nil
      }), let call = deed.label.calls.first
    {
      step.event = StepRow.Event(sender: party, kind: .call(call), text: deed.text)
    }
  }
}

// MARK: Columns of both parties

extension StepTable {
  /// The segments of both, where a row has two: a segment and its answer, or two that cross.
  private func readBoth(_ senders: Both<Int>, _ cells: [CellMeaning], into step: inout StepRow) {
    var events: [StepRow.Event] = []
    for party in Party.allCases {
      let cell = cells[senders[party]]
      guard !cell.isSilent, !cell.isReceipt else { continue }
      if let pattern = cell.segment {
        events.append(
          StepRow.Event(sender: party, kind: .segment(pattern), text: cell.text, isLost: cell.label.isLost))
      } else if cell.label.isTimeout {
        events.append(StepRow.Event(sender: party, kind: .timeout, text: cell.text))
      } else if let call = cell.label.calls.first {
        events.append(StepRow.Event(sender: party, kind: .call(call), text: cell.text))
      } else if cell.label.isTCP {
        events.append(StepRow.Event(sender: party, kind: .unread, text: cell.text))
      }
    }
    guard let first = events.first else { return }
    step.event = first
    guard events.count == 2, let one = first.segment, let two = events[1].segment else { return }
    if two.answers(one) {
      step.answer = events[1]
    } else if one.answers(two) {
      step.event = events[1]
      step.answer = first
    } else {
      step.crossing = events[1]
    }
  }
}

// MARK: Stages

extension StepTable {
  /// A stage names the segment that was sent before it: "after the SYN", "SYN+ACK 수신 후".
  private func readStage(_ cell: CellMeaning, into step: inout StepRow) {
    step.notes.append(Rung.Note(column: "stage", text: cell.text))
    let lower = cell.text.lowercased()
    guard let pattern = cell.segment, !pattern.flags.isEmpty else {
      if cell.label.unread != nil {
        step.event = StepRow.Event(sender: .left, kind: .unread, text: cell.text)
      }
      return
    }
    let isBefore = Words.before.areIn(Words.sends.removed(from: lower)) && !Words.after.areIn(lower)
    if isBefore { return }
    step.isReceipt = cell.isReceipt
    let named = Party.allCases.compactMap { party in
      Mention.subjects(of: [names[party == .left ? 0 : 1]], in: lower).first.map { (party, $0) }
    }.min { $0.1 < $1.1 }?.0
    var sender = cell.isReceipt ? nil : named
    if cell.isReceipt, let last = stages?.last, last.flags == pattern.flags { sender = last.party }
    guard let sender = sender ?? stages?.sender(of: pattern.flags) ?? named?.other else {
      step.event = StepRow.Event(sender: .left, kind: .unread, text: cell.text)
      return
    }
    step.event = StepRow.Event(sender: sender, kind: .segment(pattern), text: cell.text)
  }

  /// The segments that led to the states of this row, by its stage's number or by the states alone.
  private mutating func readStates(_ place: Int, _ step: StepRow) -> [StepRow] {
    let cells = columns.cells[place]
    if columns.isNumbered {
      var step = step
      if let ordinal = columns.others.compactMap({ Ordinal(in: cells[$0].text) }).first(where: \.isStep) {
        let isClose =
          StageSenders.isOfClose(step.states)
          || (ordinal.isFarewell && !StageSenders.isOfOpening(step.states))
        if let flags = StageSenders.flags(ofStep: ordinal.number, isClose: isClose),
          let sender = stages?.sender(of: flags)
        {
          let pattern = SegmentPattern(flags: flags)
          step.event = StepRow.Event(sender: sender, kind: .segment(pattern), text: pattern.description)
          stages?.take(flags, of: sender)
        }
      }
      return [step]
    }
    guard let needed = stages?.advance(to: step.states), !needed.isEmpty else { return [step] }
    var rows = needed.map { sender, flags in
      let pattern = SegmentPattern(flags: flags)
      return StepRow(
        line: step.line,
        event: StepRow.Event(sender: sender, kind: .segment(pattern), text: pattern.description))
    }
    rows[rows.count - 1].states = step.states
    rows[rows.count - 1].notes = step.notes
    return rows
  }
}
