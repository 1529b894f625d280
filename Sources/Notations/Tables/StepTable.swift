import Documents
import TCP

/// A table that tells an exchange in any other form than with a column for each party: by directions, by senders, by
/// stages with the states of both, or with columns for what each sends and for what each is.
struct StepTable {
  let table: Table
  let columns: StepColumns
  let names: [String]
  /// The column of states of each party.
  var stateColumns = Both<Int?>(nil)
  /// A column of states that belong to the one who speaks.
  var speakers: Int?
  /// Columns of states of the one who sends in a row, and of the one who receives.
  var roleColumns: (sender: Int, receiver: Int)?
  /// The columns of what each party sends.
  var senders: Both<Int>?
  var stages: StageSenders?

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
      names = direction.isBare && states.count == 2 ? titles(states) : direction.names
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
    let isSpoken = columns.direction != nil || columns.sender != nil
    let isChain = zip(rows, rows.dropFirst()).allSatisfy { $0[1] == $1[0] && $0[0] != $0[1] }
    let areSame = rows.allSatisfy { $0[0] == $0[1] }
    return isNamed || (isChain && !isSpoken && rows.count > 2) || (areSame && columns.segments.isEmpty)
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
    let headers = states.map { table.header[$0].lowercased() }
    if let sender = headers.firstIndex(where: Words.sender.areIn),
      let receiver = headers.firstIndex(where: Words.receiver.areIn), sender != receiver
    {
      roleColumns = (states[sender], states[receiver])
      stateColumns = Both(nil)
      return
    }
    // Two columns of one party are what it was and what it becomes.
    let areOneParties = Party.allCases.contains { party in
      stateColumns[party] != nil
        && titles.allSatisfy { PartyTitle.matches($0, names[party == .left ? 0 : 1]) }
    }
    if areOneParties { return }
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
      for column in columns.states {
        for word in columns.cells[place][column].label.unreadStates {
          unread.append(
            Page.Unread(line: row.line, text: word, kind: .cell(suggestion: Spelling.nearState(word))))
        }
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

  func states(_ row: [CellMeaning], _ party: Party) -> [State] {
    stateColumns[party].map { row[$0].states } ?? []
  }

  func party(_ name: String) -> Party? {
    if let place = names.firstIndex(where: { StepColumns.name($0) == StepColumns.name(name) }) {
      return place == 0 ? .left : .right
    }
    return nil
  }
}
