import Documents
import TCP

/// The rungs that states, notes and rows of a sketch belong to.
extension LadderBuilder {
  mutating func addNote(of places: [Int], _ text: String, line: Int, isSure: Bool = false) {
    let label = Label(reading: text)
    let owners = places.compactMap(party)
    if let note = WrittenNote(text, ofBoth: places == [parties.left, parties.right]) {
      if add(note, of: owners, text, line: line) { return }
    }
    if let loser = pendingLoss, label.isTimeout, owners.isEmpty || owners.contains(loser) {
      addTimeout(of: loser, text, line: line)
      return
    }
    if Elision.isTold(in: text), !Elision.isPhrase(text) { return addElision(text, line: line) }
    tellUnread(label, line: line)
    if let call = label.unreadCall { return addUnread(call, of: owners.first, text, line: line) }
    let states = attributed(label, to: owners)
    place(states, of: label, line: line, isSure: isSure)
    if states.isEmpty, let last = rungs.indices.last {
      rungs[last].notes.append(Rung.Note(column: "note", text: text))
    }
  }

  /// Tells of misspelled states. No step is hidden in them.
  mutating func tellUnread(_ label: Label, line: Int) {
    for word in label.unreadStates {
      unread.append(
        Page.Unread(line: line, text: word, kind: .cell(suggestion: Spelling.nearState(word))))
    }
  }

  /// A note with a call that was not read: what follows it hangs on it.
  mutating func addUnread(_ call: String, of party: Party?, _ text: String, line: Int) {
    placeCarried()
    let party = party ?? .left
    var cells = Both(left: Cell(column: 1), right: Cell(column: 2))
    cells[party] = Cell(
      text: text, column: column(party), unreadText: Cell.UnreadText(mayHideStep: true))
    rungs.append(Rung(line: line, cells: cells))
    unread.append(Page.Unread(line: line, text: call))
  }

  /// States that are told before a message in its sentence: they hold before it leaves, or come with it.
  mutating func addLead(of places: [Int], _ text: String, line: Int) {
    let label = Label(reading: text)
    tellUnread(label, line: line)
    place(attributed(label, to: places.compactMap(party)), of: label, line: line, isSure: false, isLead: true)
  }

  /// Takes a note as it was written; false where no message stands before it to which it could belong.
  mutating func add(_ note: WrittenNote, of owners: [Party], _ text: String, line: Int) -> Bool {
    switch note {
    case .row(let elements):
      placeCarried()
      var cells = Both(left: Cell(column: 1), right: Cell(column: 2))
      for party in Party.allCases {
        cells[party].elements = elements[party]
        if cells[party].isTimeout, pendingLoss == party { pendingLoss = nil }
      }
      rungs.append(Rung(line: line, cells: cells))
    case .cell(let elements):
      guard let party = owners.first, let last = lastMessage, rungs[last].cells[party].state == nil else {
        return false
      }
      rungs[last].cells[party].elements += elements
    case .kernelReason:
      guard let last = rungs.indices.last else { return false }
      let reason = text.dropFirst(WrittenNote.reason.count)
      rungs[last].notes.append(
        Rung.Note(column: Rung.Note.kernelReason, text: String(reason), of: owners.first))
    }
    return true
  }

  mutating func addTimeout(of party: Party, _ text: String, line: Int) {
    placeCarried()
    var cells = Both(left: Cell(column: 1), right: Cell(column: 2))
    cells[party] = Cell(text: text, column: column(party), elements: [.timeout])
    rungs.append(Rung(line: line, cells: cells))
    pendingLoss = nil
  }

  mutating func addElision(_ text: String, line: Int) {
    if let loser = pendingLoss { return addTimeout(of: loser, text, line: line) }
    placeCarried()
    let cells = Both(left: Cell(text: "...", column: 1), right: Cell(column: 2))
    rungs.append(Rung(line: line, cells: cells, isElision: true))
  }

  /// A state of a label, with the party that is in it.
  struct OwnedState {
    var party: Party
    var state: State
    var moment: Receipt.Moment
  }

  /// The states of a label, each of the party that is named before it; without a name, of these parties.
  func attributed(_ label: Label, to owners: [Party]) -> [OwnedState] {
    var current = owners
    var found: [(party: Party, place: Int)] = []
    for (place, named) in label.states.enumerated() {
      let context = named.context
      let mentioned = Party.allCases.compactMap { party -> (Party, String.Index)? in
        mention(of: sketch.names[parties[party]], in: context).map { (party, $0) }
      }
      if Words.both.areIn(context) {
        current = Party.allCases
      } else if mentioned.count == 2 {
        current =
          found.isEmpty && label.states.count == 1
          ? Party.allCases : [mentioned.max { $0.1 < $1.1 }?.0 ?? .left]
      } else if let last = mentioned.first {
        current = [last.0]
      }
      found += current.map { ($0, place) }
    }
    let places = Both(left: Party.left, right: .right).map { party in
      found.filter { $0.party == party }.map(\.place)
    }
    return found.map { party, place in
      OwnedState(
        party: party, state: label.states[place].state, moment: label.moment(at: place, among: places[party]))
    }
  }

  /// Puts the states of a label into the rung of the last message, and notes which are those behind its arrival.
  mutating func place(
    _ states: [OwnedState], of label: Label, line: Int, isSure: Bool, isLead: Bool = false
  ) {
    for owned in states {
      let isBehindArrival = owned.moment != .any && !isLead
      placeState(owned.state, of: owned.party, line: line, isSure: isSure || isBehindArrival)
      noteArrival(owned, label)
    }
  }

  func mention(of name: String, in context: String) -> String.Index? {
    Mention.subjects(of: [name], in: context).last
  }

  /// States below a figure, or in a row of their own.
  mutating func addStates(_ states: [Int: String], line: Int) {
    placeCarried()
    var cells = Both(left: Cell(column: 1), right: Cell(column: 2))
    for (place, text) in states {
      tellUnread(Label(reading: text), line: line)
      guard let party = party(place), let state = Label(reading: text).states.last?.state else { continue }
      cells[party] = Cell(text: text, column: column(party), elements: [.state(state)])
    }
    guard Party.allCases.contains(where: { !cells[$0].elements.isEmpty }) else { return }
    // Behind the last segment the states stand in its row, where the row has none of its own.
    if let last = lastMessage, last == rungs.count - 1,
      Party.allCases.allSatisfy({ cells[$0].state == nil || rungs[last].cells[$0].state == nil })
    {
      for party in Party.allCases {
        if let state = cells[party].state { rungs[last].cells[party].elements.append(.state(state)) }
      }
    } else {
      rungs.append(Rung(line: line, cells: cells))
    }
  }

  mutating func addRow(_ cells: Both<Cell>, _ notes: [Rung.Note], line: Int) {
    var rung = Rung(line: line, cells: cells, notes: notes).understood()
    // A reader of rows says itself which states follow an arrival.
    rung.isReceipt = false
    for note in notes { tellUnread(Label(reading: note.text), line: line) }
    for party in Party.allCases {
      rung.cells[party].column = column(party)
      if let part = rung.cells[party].unread {
        unread.append(
          Page.Unread(
            line: line, text: part, kind: .cell(suggestion: rung.cells[party].unreadText?.suggestion)))
      }
      if rung.cells[party].segment != nil { lastMessage = rungs.count }
    }
    rungs.append(rung)
  }

  /// Puts a state into the rung of the last message; the second of a party in one gap waits for the next rung.
  mutating func placeState(_ state: State, of party: Party, line: Int, isSure: Bool) {
    guard let last = lastMessage else {
      early.append((line, party, state))
      return
    }
    if let known = rungs[last].cells[party].state {
      if known != state || !carried[party].isEmpty { carried[party].append((line, state, isSure)) }
      return
    }
    rungs[last].cells[party].elements.append(.state(state))
    if !isSure { rungs[last].cells[party].elements.append(.orNext) }
  }

  /// Notes that the state is the one after the arrival of the last message, or may be. It may be the sender's, too, where
  /// another message crosses its own.
  private mutating func noteArrival(_ owned: OwnedState, _ label: Label) {
    let party = owned.party
    guard owned.moment != .any, let last = lastMessage, rungs[last].cells[party].state == owned.state,
      label.tellsArrival(of: rungs[last].cells[party.other].segment ?? rungs[last].cells[party].segment),
      !rungs[last].cells[party].elements.contains(where: { $0 == .received || $0 == .perhapsReceived })
    else { return }
    rungs[last].cells[party].elements.append(owned.moment == .after ? .received : .perhapsReceived)
  }

  /// Puts states that the last rung had no room for into rows of their own.
  mutating func placeCarried() {
    for place in 0..<max(carried.left.count, carried.right.count) {
      var cells = Both(left: Cell(column: 1), right: Cell(column: 2))
      var lines: [Int] = []
      for party in Party.allCases where place < carried[party].count {
        let (line, state, isSure) = carried[party][place]
        cells[party].elements = [.state(state)] + (isSure ? [] : [.orNext])
        lines.append(line)
      }
      rungs.append(Rung(line: lines.min() ?? 0, cells: cells))
    }
    carried = Both([])
  }

  /// States before the first message: those that a party begins in stand before it, the others in its row.
  mutating func placeEarly(at place: Int) {
    let opens =
      rungs[place].cells.left.segment?.flags.contains(.syn) ?? false
      || rungs[place].cells.right.segment?.flags.contains(.syn) ?? false
    let initial: Set<State> = opens ? [.closed, .listen] : [.established, .finWait2, .closeWait]
    var first = Both(left: Cell(column: 1), right: Cell(column: 2))
    var line: Int?
    for (number, party, state) in early where rungs[place].cells[party].state == nil {
      if initial.contains(state), first[party].state == nil {
        first[party].elements = [.state(state)]
        line = line ?? number
      } else {
        rungs[place].cells[party].elements += [.state(state), .orNext]
      }
    }
    early = []
    guard let line else { return }
    rungs.insert(Rung(line: line, cells: first), at: place)
    lastMessage = place + 1
  }
}
