import Documents
import TCP

// Reads the rows of a table of steps, in each of its forms.

extension StepTable {
  /// The rows of the ladder that a row of the table is: more than one where states alone tell the steps.
  mutating func read(_ place: Int, _ row: Table.Row) -> [StepRow] {
    let cells = columns.cells[place]
    var step = StepRow(line: row.line)
    step.states = Both(left: states(cells, .left), right: states(cells, .right))
    step.notes = columns.others.filter { !cells[$0].isSilent }.map {
      Rung.Note(column: table.header[$0], text: cells[$0].text)
    }
    var steps: [StepRow] = []
    if let direction = columns.direction, let directionColumn = columns.directionColumn, !columns.isStaged {
      if let found = direction.rows[place],
        let sender = direction.isBare
          ? (found.from == direction.names[0] ? .left : .right) : party(found.from)
      {
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
    if let roleColumns, let sender = step.event?.sender {
      step.states[sender] = cells[roleColumns.sender].states
      step.states[sender.other] = cells[roleColumns.receiver].states
    }
    if let speakers, let sender = step.event?.sender, step.answer == nil {
      // Of a row about an arrival the party that it names is the receiver.
      let speaker = columns.sender != nil && step.isReceipt ? sender.other : sender
      placeStates(cells[speakers], of: speaker, into: &step)
    }
    if let event = step.event, let segment = event.segment { stages?.take(segment.flags, of: event.sender) }
    return steps.isEmpty ? [step] : steps
  }
}

// MARK: One column of states
extension StepTable {
  /// The states of a cell, of the parties that it names; without names, of the one who speaks.
  private func placeStates(_ cell: CellMeaning, of speaker: Party, into step: inout StepRow) {
    let named = cell.label.states.map { state in
      Words.both.areIn(state.context)
        ? Party.allCases
        : Party.allCases.filter { party in
          !Mention.all(of: [names[party == .left ? 0 : 1]], in: state.context).isEmpty
        }
    }
    if named.allSatisfy(\.isEmpty) {
      // Two states may be those of two parties.
      if cell.states.count == 1 { step.states[speaker] = cell.states }
      return
    }
    for (state, parties) in zip(cell.label.states, named) {
      for party in parties where parties.count == 1 || Words.both.areIn(state.context) {
        step.states[party].append(state.state)
      }
    }
  }
}

// MARK: Directions and senders

extension StepTable {
  /// The segment that the party sends in this row; `label` is the one beside the direction.
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
    if pattern == SegmentPattern(), meaning.label.isTimeout {
      event.kind = .timeout
      event.isLost = false
      return event
    }
    let isTold = !meaning.isSilent && !meaning.isState && !Elision.isTold(in: meaning.text)
    if pattern.flags.isEmpty, meaning.segment == nil, isTold {
      // Words without a flag are data.
      let data = Label(reading: "data: " + meaning.text).segment
      pattern.length = pattern.length ?? data?.length
      pattern.isData = true
    }
    guard pattern != SegmentPattern() else { return nil }
    if event.text.isEmpty { event.text = pattern.description }
    event.kind = .segment(pattern)
    return event
  }

  /// The action of the party of this row: it sends, receives or calls.
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
