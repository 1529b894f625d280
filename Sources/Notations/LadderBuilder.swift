import Documents
import TCP

/// Puts the steps of a sketch into the two columns of a ladder.
struct LadderBuilder {
  private let sketch: Sketch
  /// The participants of the two columns.
  private var parties = Both(left: 0, right: 1)
  private var rungs: [Rung] = []
  private(set) var unread: [Page.Unread] = []
  /// Notes and states before the first message.
  private var early: [(line: Int, states: [(Party, State)])] = []
  /// The place of the last rung with a segment.
  private var lastMessage: Int?
  /// The sender of a segment that was lost, and that is not sent again so far.
  private var pendingLoss: Party?
  /// Tells whether the sketch shows a SYN, and whether it has been answered so far.
  private let opens: Bool
  private var isOpened = false
  /// Tells whether its labels write flags as `SYN=1`.
  private let setsFlags: Bool
  /// The parties that have sent their FIN so far.
  private var ended: Set<Party> = []
  /// States of the last gap: the second of one party in a gap belongs to the next rung.
  private var carried: [(line: Int, party: Party, state: State, isSure: Bool)] = []

  init(_ sketch: Sketch) {
    self.sketch = sketch
    unread = sketch.unread
    setsFlags = sketch.steps.contains {
      guard case .message(let message) = $0.kind else { return false }
      return SegmentPattern.setsFlags(message.label)
    }
    opens = sketch.steps.contains {
      guard case .message(let message) = $0.kind else { return false }
      return message.reading.segment?.flags.contains(.syn) ?? false
    }
  }

  /// The ladder, without its number and heading.
  mutating func build() throws(SketchRefusal) -> Ladder {
    if let refusal = sketch.refusal { throw refusal }
    parties = try findParties()
    for step in sketch.steps {
      switch step.kind {
      case .message(let message): add(message, line: step.line)
      case .note(let places, let text): addNote(of: places, text, line: step.line)
      case .remark(let places, let text): addNote(of: places, text, line: step.line, isSure: true)
      case .states(let states): addStates(states, line: step.line)
      case .row(let cells, let notes): addRow(cells, notes, line: step.line)
      case .elision(let text): addElision(text, line: step.line)
      }
    }
    placeCarried()
    crossTwins()
    endGap()
    addRefuser()
    addFirstHalf()
    dropUnjudged()
    guard rungs.contains(where: { rung in Party.allCases.contains { rung.cells[$0].segment != nil } }) else {
      throw SketchRefusal(
        line: sketch.lines.lowerBound, reason: "no step of it is a segment", isTCP: !unread.isEmpty)
    }
    return Ladder(line: sketch.lines.lowerBound, parties: parties.map { sketch.names[$0] }, rungs: rungs)
  }

  private func party(_ place: Int) -> Party? {
    place == parties.left ? .left : place == parties.right ? .right : nil
  }
}

// MARK: The parties

extension LadderBuilder {
  /// The two participants between which segments go.
  private func findParties() throws(SketchRefusal) -> Both<Int> {
    if sketch.steps.contains(where: { if case .row = $0.kind { true } else { false } }) {
      return Both(left: 0, right: 1)
    }
    var pairs: [(low: Int, high: Int, line: Int)] = []
    var isTCP = false
    for step in sketch.steps {
      guard case .message(let message) = step.kind, message.from != message.to else { continue }
      let label = message.reading
      guard let segment = label.segment,
        !segment.flags.isEmpty || segment.sequence != nil || segment.isData || label.unread != nil
      else { continue }
      isTCP = isTCP || !segment.flags.isEmpty
      let pair = (min(message.from, message.to), max(message.from, message.to), step.line)
      // More than four pairs say no more than four.
      if pairs.count < 4, !pairs.contains(where: { ($0.low, $0.high) == (pair.0, pair.1) }) {
        pairs.append(pair)
      }
    }
    guard let first = pairs.first else {
      throw SketchRefusal(
        line: sketch.lines.lowerBound, reason: "no arrow of it names SYN, ACK, FIN or RST", isTCP: false)
    }
    if pairs.count > 1 {
      throw SketchRefusal(
        line: pairs[1].line,
        reason:
          "segments go between \(names(of: pairs)): a ladder has the two parties of one connection",
        isTCP: isTCP)
    }
    return Both(left: first.low, right: first.high)
  }

  private func names(of pairs: [(low: Int, high: Int, line: Int)]) -> String {
    pairs.prefix(3).map { "\(sketch.names[$0.low]) and \(sketch.names[$0.high])" }.joined(
      separator: ", and between ")
  }
}

// MARK: Messages

extension LadderBuilder {
  private mutating func add(_ message: Sketch.Message, line: Int) {
    guard let sender = party(message.from), let receiver = party(message.to), sender != receiver else {
      let places = message.from == message.to ? [message.from] : []
      return addNote(of: places, message.label, line: line)
    }
    let label = message.reading
    var cells = Both(Cell())
    cells[sender] = Cell(text: message.label, column: column(sender))
    cells[receiver].column = column(receiver)
    let written = Cell.written(message.label).flatMap { Cell(elements: $0).segment == nil ? nil : $0 }
    if let written {
      cells[sender].elements = written
    } else if label.unread != nil || (label.segment == nil && label.isTCP && label.calls.isEmpty) {
      cells[sender].unreadText = Cell.UnreadText(of: message.label)
      cells[sender].unreadText?.mayHideStep = true
      unread.append(Page.Unread(line: line, text: message.label))
    } else if var segment = label.segment {
      if setsFlags { segment.setAcknowledgmentFlag() }
      cells[sender].elements = [.segment(segment)]
    } else if isOpen(sender) {
      // Between the two ends of a connection, words without a flag are data.
      cells[sender].elements = [.segment(SegmentPattern(isData: true))]
    } else {
      return addNote(of: [], message.label, line: line)
    }
    if message.isLost || label.isLost { cells[receiver].elements = [.lost] }
    if let flags = cells[sender].segment?.flags {
      if flags.isSuperset(of: [.syn, .ack]) { isOpened = true }
      if flags.contains(.fin) { ended.insert(sender) }
    }
    placeCarried()
    if message.isTogether, join(cells, of: sender) { return }
    let place = rungs.count
    rungs.append(Rung(line: line, cells: cells))
    let isFirst = lastMessage == nil
    lastMessage = place
    if isFirst, !early.isEmpty { placeEarly(at: place) }
    if cells[receiver].isLost { pendingLoss = sender } else if pendingLoss == sender { pendingLoss = nil }
    if written != nil { return }
    placeOwnStates(label, of: message, sender, line: line)
  }

  /// Puts a message into the row of the one before, which the other party sends at the same time. No row holds a segment
  /// beside a loss.
  private mutating func join(_ cells: Both<Cell>, of sender: Party) -> Bool {
    guard let last = rungs.indices.last, last == lastMessage, !rungs[last].cells[sender].isSent,
      rungs[last].cells[sender.other].isSent, !rungs[last].cells[sender].isLost,
      !cells[sender.other].isLost
    else { return false }
    let before = rungs[last].cells[sender].elements
    rungs[last].cells[sender] = cells[sender]
    if cells[sender].state == nil { rungs[last].cells[sender].elements += before }
    return true
  }

  private func column(_ party: Party) -> Int { party == .left ? 1 : 2 }

  /// Tells whether words of this party can be data: the connection is open, and the party has not sent its FIN.
  private func isOpen(_ party: Party) -> Bool { (isOpened || !opens) && !ended.contains(party) }

  /// The states in the label or in the arrow's own line.
  private mutating func placeOwnStates(_ label: Label, of message: Sketch.Message, _ sender: Party, line: Int)
  {
    let named = attributed(label, to: [sender])
    for (party, state) in named { placeState(state, of: party, line: line, isSure: true) }
    for (party, text) in [(sender, message.states.from), (sender.other, message.states.to)] {
      guard let text, let last = rungs.indices.last else { continue }
      for (owner, state) in attributed(Label(reading: text), to: [party]) {
        placeState(state, of: owner, line: line, isSure: true)
        // The state at the head is the one after the arrival.
        if party != sender, owner == party { rungs[last].cells[party].elements.append(.received) }
      }
    }
  }
}

// MARK: Notes and states

extension LadderBuilder {
  private mutating func addNote(of places: [Int], _ text: String, line: Int, isSure: Bool = false) {
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
    let states = attributed(label, to: owners)
    for (party, state) in states {
      if lastMessage == nil, carried.isEmpty {
        early.append((line, [(party, state)]))
      } else {
        placeState(state, of: party, line: line, isSure: isSure)
      }
    }
    if states.isEmpty, let last = rungs.indices.last {
      rungs[last].notes.append(Rung.Note(column: "note", text: text))
    }
  }

  /// Takes a note as it was written; false where no message stands before it to which it could belong.
  private mutating func add(_ note: WrittenNote, of owners: [Party], _ text: String, line: Int) -> Bool {
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
    }
    return true
  }

  private mutating func addTimeout(of party: Party, _ text: String, line: Int) {
    placeCarried()
    var cells = Both(left: Cell(column: 1), right: Cell(column: 2))
    cells[party] = Cell(text: text, column: column(party), elements: [.timeout])
    rungs.append(Rung(line: line, cells: cells))
    pendingLoss = nil
  }

  private mutating func addElision(_ text: String, line: Int) {
    if let loser = pendingLoss { return addTimeout(of: loser, text, line: line) }
    placeCarried()
    let cells = Both(left: Cell(text: "...", column: 1), right: Cell(column: 2))
    rungs.append(Rung(line: line, cells: cells, isElision: true))
  }

  /// The states of a label, each of the party that is named before it; without a name, of these parties.
  private func attributed(_ label: Label, to owners: [Party]) -> [(Party, State)] {
    var current = owners
    var found: [(Party, State)] = []
    for named in label.states {
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
      found += current.map { ($0, named.state) }
    }
    return found
  }

  private func mention(of name: String, in context: String) -> String.Index? {
    Mention.subjects(of: [name], in: context).last
  }

  /// States below a figure, or in a row of their own.
  private mutating func addStates(_ states: [Int: String], line: Int) {
    placeCarried()
    var cells = Both(left: Cell(column: 1), right: Cell(column: 2))
    for (place, text) in states {
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

  private mutating func addRow(_ cells: Both<Cell>, _ notes: [Rung.Note], line: Int) {
    var rung = Rung(line: line, cells: cells, notes: notes).understood()
    // A reader of rows says itself which states follow an arrival.
    rung.isReceipt = false
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
  private mutating func placeState(_ state: State, of party: Party, line: Int, isSure: Bool) {
    guard let last = lastMessage else {
      early.append((line, [(party, state)]))
      return
    }
    let isTaken = rungs[last].cells[party].state != nil || carried.contains { $0.party == party }
    if isTaken {
      if rungs[last].cells[party].state != state || carried.contains(where: { $0.party == party }) {
        carried.append((line, party, state, isSure))
      }
      return
    }
    rungs[last].cells[party].elements.append(.state(state))
    if !isSure { rungs[last].cells[party].elements.append(.orNext) }
  }

  /// Puts states that the last rung had no room for into rows of their own.
  private mutating func placeCarried() {
    while !carried.isEmpty {
      var cells = Both(left: Cell(column: 1), right: Cell(column: 2))
      var rest: [(line: Int, party: Party, state: State, isSure: Bool)] = []
      for entry in carried {
        if cells[entry.party].state == nil, !rest.contains(where: { $0.party == entry.party }) {
          cells[entry.party].elements = [.state(entry.state)] + (entry.isSure ? [] : [.orNext])
        } else {
          rest.append(entry)
        }
      }
      rungs.append(Rung(line: carried[0].line, cells: cells))
      carried = rest
    }
  }

  /// States before the first message: those that a party begins in stand before it, the others in its row.
  private mutating func placeEarly(at place: Int) {
    let opens =
      rungs[place].cells.left.segment?.flags.contains(.syn) ?? false
      || rungs[place].cells.right.segment?.flags.contains(.syn) ?? false
    let initial: Set<State> = opens ? [.closed, .listen] : [.established, .finWait2, .closeWait]
    var first = Both(left: Cell(column: 1), right: Cell(column: 2))
    var line: Int?
    for (number, states) in early {
      for (party, state) in states {
        if initial.contains(state), first[party].state == nil, rungs[place].cells[party].state == nil {
          first[party].elements = [.state(state)]
          line = line ?? number
        } else if rungs[place].cells[party].state == nil {
          rungs[place].cells[party].elements += [.state(state), .orNext]
        }
      }
    }
    early = []
    guard let line else { return }
    rungs.insert(Rung(line: line, cells: first), at: place)
    lastMessage = place + 1
  }
}

// MARK: What the page implies

extension LadderBuilder {
  /// Two SYNs or two FINs that neither of the two acknowledges, and that are both acknowledged behind them, cross.
  private mutating func crossTwins() {
    guard !sketch.steps.contains(where: { if case .row = $0.kind { true } else { false } }) else { return }
    for place in rungs.indices.dropLast() {
      let (first, second) = (rungs[place], rungs[place + 1])
      for party in Party.allCases {
        guard let one = first.cells[party].segment, let other = second.cells[party.other].segment,
          first.cells[party.other].segment == nil, second.cells[party].segment == nil,
          !first.cells[party.other].isLost, !second.cells[party].isLost,
          [Flags.syn, .fin].contains(where: { one.flags.contains($0) && other.flags.contains($0) }),
          !acknowledges(other, one, of: party), followingAcknowledge(place + 2)
        else { continue }
        var (mine, theirs) = (second.cells[party].elements, first.cells[party.other].elements)
        // Of two states in one cell the earlier, or the later, gets a row of its own.
        let late = first.cells[party].state == nil ? [] : Self.takeStates(of: &mine)
        let early = second.cells[party.other].state == nil ? [] : Self.takeStates(of: &theirs)
        rungs[place].cells[party].elements += mine
        rungs[place].cells[party.other].text = second.cells[party.other].text
        rungs[place].cells[party.other].elements = second.cells[party.other].elements + theirs
        rungs[place].notes += second.notes
        rungs.remove(at: place + 1)
        joinAnswers(place + 1)
        insert(late, of: party, at: place + 1, line: second.line)
        insert(early, of: party.other, at: place, line: first.line)
        return
      }
    }
  }

  private static func takeStates(of elements: inout [Cell.Element]) -> [Cell.Element] {
    let states = elements.filter { if case .state = $0 { true } else { $0 == .orNext || $0 == .received } }
    elements.removeAll(where: states.contains)
    return states
  }

  private mutating func insert(_ states: [Cell.Element], of party: Party, at place: Int, line: Int) {
    guard !states.isEmpty else { return }
    var cells = Both(left: Cell(column: 1), right: Cell(column: 2))
    cells[party].elements = states.filter { $0 != .received }
    rungs.insert(Rung(line: line, cells: cells), at: place)
  }

  /// Tells whether the second of two segments of one kind can acknowledge the first.
  private func acknowledges(_ answer: SegmentPattern, _ cause: SegmentPattern, of party: Party) -> Bool {
    guard answer.namesAck else { return false }
    // A SYN with ACK is always an answer; the ACK of a FIN may be of what came before.
    if answer.flags.contains(.syn) { return true }
    guard case .number(let number)? = answer.acknowledgment, let first = cause.sequence else { return true }
    return number != first
  }

  /// Tells whether both parties acknowledge behind this place.
  private func followingAcknowledge(_ place: Int) -> Bool {
    guard place < rungs.count else { return false }
    let behind = rungs[place...].prefix(3)
    return Party.allCases.allSatisfy { party in
      behind.contains { rung in
        guard let segment = rung.cells[party].segment else { return false }
        return segment.namesAck && segment.flags.isDisjoint(with: .fin)
      }
    }
  }

  /// The answers to two segments that cross go at once, too.
  private mutating func joinAnswers(_ place: Int) {
    guard place + 1 < rungs.count else { return }
    let (first, second) = (rungs[place], rungs[place + 1])
    for party in Party.allCases {
      guard first.cells[party].segment != nil, second.cells[party.other].segment != nil,
        first.cells[party.other].segment == nil, second.cells[party].segment == nil
      else { continue }
      rungs[place].cells[party].elements += second.cells[party].elements
      rungs[place].cells[party.other].text = second.cells[party.other].text
      rungs[place].cells[party.other].elements =
        second.cells[party.other].elements
        + first.cells[party.other].elements.filter { if case .state = $0 { false } else { $0 != .orNext } }
      rungs.remove(at: place + 1)
      return
    }
  }

  /// A SYN that is answered by nothing but RST goes to a port without a listener.
  private mutating func addRefuser() {
    let segments = rungs.flatMap { rung in Party.allCases.compactMap { rung.cells[$0].segment } }
    guard segments.count == 2, segments[0].flags == .syn, segments[1].flags.contains(.rst),
      let place = rungs.firstIndex(where: { rung in
        Party.allCases.contains { rung.cells[$0].segment?.flags == .syn }
      })
    else { return }
    for party in Party.allCases where rungs[place].cells[party].segment?.flags == .syn {
      let isSilent = rungs.allSatisfy { $0.cells[party.other].state == nil }
      if isSilent, !rungs[place].cells[party.other].isLost {
        rungs[place].cells[party.other].elements.append(.state(.closed))
      }
    }
  }

  /// A picture that begins in FIN_WAIT_2 and CLOSE_WAIT implies the FIN and the ACK before.
  private mutating func addFirstHalf() {
    guard let first = rungs.first, Party.allCases.allSatisfy({ first.cells[$0].segment == nil }) else {
      return
    }
    for party in Party.allCases
    where first.cells[party].state == .finWait2 && first.cells[party.other].state == .closeWait {
      let line = first.line
      var fin = Both(left: Cell(column: 1), right: Cell(column: 2))
      fin[party].elements = [.segment(SegmentPattern(flags: .fin))]
      rungs[0].cells[party.other].elements.insert(.segment(SegmentPattern(flags: .ack)), at: 0)
      rungs.insert(Rung(line: line, cells: fin), at: 0)
      return
    }
  }

  /// A state in a note behind the last message has no next rung.
  private mutating func endGap() {
    guard let last = lastMessage else { return }
    for place in rungs.indices where place >= last {
      for party in Party.allCases { rungs[place].cells[party].elements.removeAll { $0 == .orNext } }
    }
  }

  /// CLOSED of a party in TIME_WAIT holds after 2 MSL, which no ladder waits for; and CLOSED of both, before one listens,
  /// is no state of a connection.
  private mutating func dropUnjudged() {
    for party in Party.allCases {
      var waits = false
      for place in rungs.indices {
        let state = rungs[place].cells[party].state
        if state == .timeWait, waits, rungs[place].cells[party].segment == nil {
          removeState(of: party, at: place, "TIME_WAIT is told again")
        }
        if state == .timeWait { waits = true }
        if waits, state == .closed {
          removeState(of: party, at: place, "CLOSED, after the wait of 2 MSL, is not judged")
        }
      }
    }
    let isListening = rungs.first.map { rung in Party.allCases.contains { rung.cells[$0].state == .listen } }
    if let first = rungs.first, rungs.count > 1, isListening == false,
      Party.allCases.allSatisfy({ first.cells[$0].elements == [.state(.closed)] }),
      Party.allCases.contains(where: { rungs[1].cells[$0].state == .listen })
    {
      for party in Party.allCases {
        removeState(of: party, at: 0, "CLOSED, before the call of listen(), is not judged")
      }
    }
  }

  private mutating func removeState(of party: Party, at place: Int, _ note: String) {
    rungs[place].cells[party].elements.removeAll { if case .state = $0 { true } else { $0 == .orNext } }
    if rungs[place].cells[party].elements.isEmpty { rungs[place].cells[party].text = "" }
    rungs[place].notes.append(Rung.Note(column: "note", text: note))
  }
}
