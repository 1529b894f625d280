import Documents
import TCP

/// The steps and states that a page means and does not show: segments that cross, a first half, a port without a listener.
extension LadderBuilder {
  /// Two SYNs or two FINs that neither of the two acknowledges, and that are both acknowledged behind them, cross.
  mutating func crossTwins() {
    guard !sketch.steps.contains(where: { if case .row = $0.kind { true } else { false } }) else { return }
    for place in rungs.indices.dropLast() {
      let (first, second) = (rungs[place], rungs[place + 1])
      for party in Party.allCases {
        guard let one = first.cells[party].segment, let other = second.cells[party.other].segment,
          first.cells[party.other].segment == nil, second.cells[party].segment == nil,
          !first.cells[party.other].isLost, !second.cells[party].isLost,
          [Flags.syn, .fin].contains(where: { one.flags.contains($0) && other.flags.contains($0) }),
          !acknowledges(other, one), followingAcknowledge(place + 2)
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

  static func takeStates(of elements: inout [Cell.Element]) -> [Cell.Element] {
    let states = elements.filter {
      if case .state = $0 { true } else { $0 == .orNext || $0 == .received || $0 == .perhapsReceived }
    }
    elements.removeAll(where: states.contains)
    return states
  }

  mutating func insert(_ states: [Cell.Element], of party: Party, at place: Int, line: Int) {
    guard !states.isEmpty else { return }
    var cells = Both(left: Cell(column: 1), right: Cell(column: 2))
    cells[party].elements = states.filter { $0 != .received && $0 != .perhapsReceived }
    rungs.insert(Rung(line: line, cells: cells), at: place)
  }

  /// Tells whether the second of two segments of one kind can acknowledge the first.
  func acknowledges(_ answer: SegmentPattern, _ cause: SegmentPattern) -> Bool {
    guard answer.namesAck else { return false }
    // A SYN with ACK is always an answer; the ACK of a FIN may be of what came before.
    if answer.flags.contains(.syn) { return true }
    guard case .number(let number)? = answer.acknowledgment, let first = cause.sequence else { return true }
    return number != first
  }

  /// Tells whether both parties acknowledge behind this place.
  func followingAcknowledge(_ place: Int) -> Bool {
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
  mutating func joinAnswers(_ place: Int) {
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
  mutating func addRefuser() {
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
  mutating func addFirstHalf() {
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
  mutating func endGap() {
    guard let last = lastMessage else { return }
    for place in rungs.indices where place >= last {
      for party in Party.allCases { rungs[place].cells[party].elements.removeAll { $0 == .orNext } }
    }
  }

  /// CLOSED of a party in TIME_WAIT holds after 2 MSL, which no ladder waits for; and CLOSED of both, before one listens,
  /// is no state of a connection.
  mutating func dropUnjudged() {
    for party in Party.allCases {
      var waits = false
      for place in rungs.indices {
        let state = rungs[place].cells[party].state
        if state == .timeWait, waits, rungs[place].cells[party].segment == nil {
          removeState(of: party, at: place, nil, "TIME_WAIT is told again")
        }
        if state == .timeWait { waits = true }
        if waits, state == .closed {
          removeState(of: party, at: place, .afterTimeWait, "CLOSED, after the wait of 2 MSL, is not judged")
        }
      }
    }
    let isListening = rungs.first.map { rung in Party.allCases.contains { rung.cells[$0].state == .listen } }
    if let first = rungs.first, rungs.count > 1, isListening == false,
      Party.allCases.allSatisfy({ first.cells[$0].elements == [.state(.closed)] }),
      Party.allCases.contains(where: { rungs[1].cells[$0].state == .listen })
    {
      for party in Party.allCases {
        removeState(of: party, at: 0, .beforeListen, "CLOSED, before the call of listen(), is not judged")
      }
    }
  }

  private mutating func removeState(
    of party: Party, at place: Int, _ moment: UnjudgedState.Moment?, _ note: String
  ) {
    if let moment, let state = rungs[place].cells[party].state {
      unjudged.append(
        UnjudgedState(line: rungs[place].line, party: party, state: state, moment: moment))
    }
    rungs[place].cells[party].elements.removeAll { if case .state = $0 { true } else { $0 == .orNext } }
    if rungs[place].cells[party].elements.isEmpty { rungs[place].cells[party].text = "" }
    rungs[place].notes.append(Rung.Note(column: "note", text: note))
  }
}
