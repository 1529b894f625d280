import Documents
import TCP

/// The rows of a run by hand, written from its first event to its last.
struct SteppedWriter {
  let trace: Trace
  private(set) var rungs: [Rung] = []
  private(set) var unsaid: [SteppedLadder.Unsaid] = []
  private let numbers: LadderNumbers
  private var sent: Both<Set<SequenceNumber>> = Both([])
  private var hasClosed = Both(false)
  /// The party has called connect(), and no row shows its SYN yet.
  private var isConnecting = Both(false)
  var passages: Passages
  /// The segments that stand in one row with another one that they crossed.
  private var crossed: Set<Int> = []
  /// The segments that stand already where others pass them.
  private var written: Set<Int> = []
  /// The ACKs that stand before a call that was made before they arrived.
  var early: Set<Int> = []
  /// Tells that a segment was lost or under way for longer: the kernel may send it again, or what it acknowledges.
  private(set) var mayBeSentAgain = false

  init(_ trace: Trace) {
    self.trace = trace
    // Where a segment is made up, its number has to be comparable with the kernel's.
    let hasForged = trace.events.contains { if case .forged = $0.what { true } else { false } }
    numbers = LadderNumbers(trace.events, isRenewed: !hasForged) { value, base, party in
      guard hasForged else { return nil }
      return UInt32(truncatingIfNeeded: (party == .left ? 1000 : 5000) + (value - (base ?? value)))
    }
    passages = Passages(trace)
    for place in passages.crowded {
      guard let party = trace.events[place].party, let segment = trace.events[place].segment else { continue }
      unsaid.append(
        .underWayToo(
          numbers.pattern(of: segment, from: party), party, arrived: passages.ends[place] != nil))
    }
  }

  mutating func write() {
    for place in trace.events.indices {
      writeLate(before: place)
      write(place)
    }
    writeLate(before: trace.events.endIndex)
    for party in Party.allCases { noteTimers(of: party) }
  }

  /// Notes what became of the party's state while nothing was done.
  private mutating func noteTimers(of party: Party) {
    var last: State?
    for event in trace.events {
      switch event.what {
      case .call, .segment, .delivered, .dropped, .forged, .rebooted: last = nil
      case .sighting(let record) where event.party == party && event.observer == .sockDiag:
        let state = record?.state ?? .closed
        if let last, last != state { unsaid.append(.stateByTimer(party, from: last, to: state)) }
        last = state
      default: break
      }
    }
  }

  private mutating func writeLate(before place: Int) {
    let standing = passages.standing(before: place).filter { !written.contains($0) }
    // What else is under way has not arrived before the two do.
    if standing.count == 1, writeCrossing(of: standing[0], before: place) { return }
    for late in standing { writeLate(late, before: place) }
  }

  mutating func writeLate(_ late: Int, before place: Int) {
    guard let party = trace.events[late].party, let segment = trace.events[late].segment,
      written.insert(late).inserted
    else { return }
    mayBeSentAgain = true
    add(segment, of: party, at: place, [.arrivesLater], other: [])
  }

  /// Writes a row for two segments that were under way at once and arrived one right after the other.
  private mutating func writeCrossing(of late: Int, before place: Int) -> Bool {
    guard trace.events.indices.contains(place), case .delivered(let other) = trace.events[place].what,
      let party = trace.events[late].party, trace.events[other].party == party.other,
      passages.late[other] == nil, !trace.isLost(segmentAt: late), let end = passages.ends[late],
      !passages.ends.values.contains(where: { place < $0 && $0 < end }),
      !(place..<end).contains(where: isRow),
      early.isDisjoint(with: [late, other]),
      trace.events[late].segment?.isPureAck == trace.events[other].segment?.isPureAck
    else { return false }
    var cells = Both(Cell())
    for segment in [late, other] {
      guard let party = trace.events[segment].party, let sent = trace.events[segment].segment,
        sent.sequenceLength == 0 || !self.sent[party].contains(sent.sequence)
      else { return false }
      cells[party] = Cell(
        elements: [.segment(numbers.pattern(of: sent, from: party))] + state(of: party, before: place))
    }
    rungs.append(Rung(cells: cells))
    for segment in [late, other] {
      crossed.insert(segment)
      guard let party = trace.events[segment].party, let segment = trace.events[segment].segment else {
        continue
      }
      if segment.sequenceLength > 0 { sent[party].insert(segment.sequence) }
    }
    return true
  }

  /// Tells whether something stands here that is no arrival: a call of a party, or a segment that is lost.
  private func isRow(_ place: Int) -> Bool {
    switch trace.events[place].what {
    case .call(.accept, _, _): false
    case .call: true
    case .segment: trace.isLost(segmentAt: place)
    default: false
    }
  }

  private mutating func write(_ place: Int) {
    let event = trace.events[place]
    switch event.what {
    case .call(let call, let outcome, _):
      guard let party = event.party else { return }
      write(call, outcome, of: party, at: place)
    // A lost segment stands where it leaves: when it was lost, nobody can tell.
    case .segment where trace.isLost(segmentAt: place) && passages.late[place] == nil:
      guard let party = event.party, let segment = event.segment else { return }
      let own = trace.settledState(of: party, in: place..<trace.endOfStretch(from: place))
      mayBeSentAgain = true
      noteRepetition(of: segment, from: party)
      add(
        party, [.segment(numbers.pattern(of: segment, from: party))] + (own.map { [.state($0)] } ?? []),
        other: [.lost] + state(of: party.other, from: place))
    case .delivered(let sent):
      guard passages.ends[sent] == place, !crossed.contains(sent), !early.contains(sent),
        !passages.answers.contains(sent),
        let party = trace.events[sent].party,
        let segment = trace.events[sent].segment
      else { return }
      let state = state(of: party.other, from: place)
      if passages.late[sent] != nil {
        add(party, [.arrivesNow] + self.state(of: party, before: place), other: state)
      } else {
        add(segment, of: party, at: place, [], other: state)
      }
      if passages.isRepeated(sent) {
        unsaid.append(.arrivedTwice(numbers.pattern(of: segment, from: party), party))
      }
    case .forged(let segment):
      guard let party = event.party else { return }
      for party in Party.allCases { writeConnect(of: party) }
      writeAcks(before: place)
      var pattern = numbers.pattern(of: segment, from: party)
      // A number that nobody has sent stands for itself.
      if segment.flags.contains(.ack) { pattern.sequence = nil }
      add(party, [.segment(pattern), .oldDuplicate], other: state(of: party.other, from: place))
    case .rebooted:
      guard let party = event.party else { return }
      writeAcks(before: place)
      hasClosed[party] = false
      add(party, [.reboot], other: [])
    default: break
    }
  }

  private mutating func write(_ call: Call, _ outcome: Outcome, of party: Party, at place: Int) {
    var errno: String?
    if case .failed(let name) = outcome { errno = name }
    switch call {
    case .listen, .accept: break
    case .connect:
      if let errno { unsaid.append(.callFailed(call, party, errno: errno)) }
      isConnecting[party] = trace.events[place...].contains {
        $0.party == party && $0.segment?.flags.contains(.syn) == true
      }
    case .send, .receive, .shutdown, .close, .abort:
      if hasClosed[party] || errno == "EBADF" {
        return unsaid.append(.callFailed(call, party, errno: errno ?? "no error"))
      }
      if let errno { unsaid.append(.errno(call, party, errno)) }
      writeAcks(before: place)
      if call == .close || call == .abort { hasClosed[party] = true }
      writeConnect(of: party)
      add(party, [.call(call)], other: [])
    }
  }

  /// A SYN that arrives implies connect(), but behind what is done before.
  private mutating func writeConnect(of party: Party) {
    if isConnecting[party] { add(party, [.call(.connect)], other: []) }
    isConnecting[party] = false
  }

  private mutating func noteRepetition(of segment: Segment, from party: Party) {
    if segment.flags.contains(.syn) { isConnecting[party] = false }
    if segment.sequenceLength > 0, !sent[party].insert(segment.sequence).inserted {
      add(party, [.timeout], other: [])
    }
  }

  mutating func add(
    _ segment: Segment, of party: Party, at place: Int, _ remarks: [Cell.Element], other: [Cell.Element]
  ) {
    noteRepetition(of: segment, from: party)
    let pattern = numbers.pattern(of: segment, from: party)
    add(party, [.segment(pattern)] + remarks + state(of: party, before: place), other: other)
  }

  func state(of party: Party, before place: Int) -> [Cell.Element] {
    trace.lastLook(of: party, before: place).map { [.state($0.state)] } ?? []
  }

  func state(of party: Party, from place: Int) -> [Cell.Element] {
    let stretch = place..<trace.endOfStretch(from: place)
    // The transition of what arrives next comes before its arrival.
    let end = trace.events[stretch].lastIndex { event in
      if case .sighting = event.what { event.party == party } else { false }
    }
    return trace.settledState(of: party, in: end.map { place..<$0 + 1 } ?? stretch).map { [.state($0)] } ?? []
  }

  private mutating func add(_ party: Party, _ own: [Cell.Element], other: [Cell.Element]) {
    var cells = Both(Cell())
    cells[party] = Cell(elements: own)
    cells[party.other] = Cell(elements: other)
    rungs.append(Rung(cells: cells))
  }
}
