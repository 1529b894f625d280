package import Documents
package import TCP

/// A run by hand as a ladder that can be run again, with all of the run that a ladder cannot say.
///
/// A segment stands where it arrives, or is lost. One that others overtake, or that crosses another, stands where it
/// leaves as `(arrives later)`, and once more where it arrives.
package struct SteppedLadder: Equatable, Sendable {
  package var ladder: Ladder
  package var unsaid: [Unsaid]

  /// Something that happened and that the ladder does not have.
  package enum Unsaid: Equatable, Sendable {
    /// The party's segment arrived a second time.
    case arrivedTwice(SegmentPattern, Party)
    /// The party's segment was under way together with another one of it; the ladder has it in order, or not at all.
    case underWayToo(SegmentPattern, Party, arrived: Bool)
    /// The party's call failed in a way for which the ladder has no row.
    case callFailed(Call, Party, errno: String)
    /// The party's call failed; the ladder has the call, and not the errno.
    case errno(Call, Party, String)
    /// A timer of the kernel's has changed the party's state.
    case stateByTimer(Party, from: State, to: State)
  }

  /// - Parameter trace: of a connection of which every segment was held and then let go, lost or left.
  package init(of trace: Trace) {
    var writer = SteppedWriter(trace)
    writer.write()
    unsaid = writer.unsaid
    ladder = Ladder(
      parties: trace.names, rungs: writer.rungs,
      isExhaustive: !writer.mayBeSentAgain
        && unsaid.allSatisfy {
          switch $0 {
          case .errno, .stateByTimer: true
          case .arrivedTwice, .underWayToo, .callFailed: false
          }
        })
  }
}

private struct SteppedWriter {
  let trace: Trace
  var rungs: [Rung] = []
  var unsaid: [SteppedLadder.Unsaid] = []
  private let numbers: LadderNumbers
  private var sent: Both<Set<SequenceNumber>> = Both([])
  private var hasClosed = Both(false)
  private let passages: Passages
  /// The segments that stand in one row with another one that they crossed.
  private var crossed: Set<Int> = []
  /// The ACKs that stand before a call that was made before they arrived.
  private var early: Set<Int> = []
  /// Tells that a segment was overtaken that the kernel may send again at once (RACK), or may not.
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
    for late in passages.standing(before: place) {
      guard let party = trace.events[late].party, let segment = trace.events[late].segment else { continue }
      if writeCrossing(of: late, before: place) { continue }
      if segment.sequenceLength > 0 { mayBeSentAgain = true }
      add(segment, of: party, at: place, [.arrivesLater], other: [])
    }
  }

  /// Writes the ACKs that have left before something is done and arrive behind it. Run again, the kernel may delay
  /// such an ACK until what is done takes it along, or prevents it.
  private mutating func writeAcks(before place: Int) {
    for sent in trace.events[..<place].indices {
      guard let party = trace.events[sent].party, let segment = trace.events[sent].segment, segment.isPureAck,
        let end = passages.ends[sent], place < end, passages.late[sent] == nil,
        !passages.answers.contains(sent),
        !trace.isLost(segmentAt: sent),
        // An end without a connection answers it with RST.
        trace.lastLook(of: party.other, before: end)?.state != .closed, early.insert(sent).inserted
      else { continue }
      // A state that the arrival did not lead to is another step's.
      let before = state(of: party.other, before: end)
      let after = state(of: party.other, from: end)
      add(
        segment, of: party, at: place, [],
        other: before == after ? state(of: party.other, before: place) : after)
    }
  }

  /// Writes a row for two segments that were under way at once and arrived one right after the other.
  private mutating func writeCrossing(of late: Int, before place: Int) -> Bool {
    guard trace.events.indices.contains(place), case .delivered(let other) = trace.events[place].what,
      let party = trace.events[late].party, trace.events[other].party == party.other,
      passages.late[other] == nil, !trace.isLost(segmentAt: late), let end = passages.ends[late],
      !passages.ends.values.contains(where: { place < $0 && $0 < end }),
      early.isDisjoint(with: [late, other])
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

  private mutating func write(_ place: Int) {
    let event = trace.events[place]
    switch event.what {
    case .call(let call, let outcome, _):
      guard let party = event.party else { return }
      writeAcks(before: place)
      write(call, outcome, of: party)
    // A lost segment stands where it leaves: when it was lost, nobody can tell.
    case .segment where trace.isLost(segmentAt: place) && passages.late[place] == nil:
      guard let party = event.party, let segment = event.segment else { return }
      let own = trace.settledState(of: party, in: place..<trace.endOfStretch(from: place))
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

  private mutating func write(_ call: Call, _ outcome: Outcome, of party: Party) {
    var errno: String?
    if case .failed(let name) = outcome { errno = name }
    switch call {
    case .listen, .accept: break
    case .connect:
      if let errno { unsaid.append(.callFailed(call, party, errno: errno)) }
    case .send, .receive, .shutdown, .close, .abort:
      if hasClosed[party] || errno == "EBADF" {
        return unsaid.append(.callFailed(call, party, errno: errno ?? "no error"))
      }
      if let errno { unsaid.append(.errno(call, party, errno)) }
      if call == .close || call == .abort { hasClosed[party] = true }
      add(party, [.call(call)], other: [])
    }
  }

  private mutating func noteRepetition(of segment: Segment, from party: Party) {
    if segment.sequenceLength > 0, !sent[party].insert(segment.sequence).inserted {
      add(party, [.timeout], other: [])
    }
  }

  private mutating func add(
    _ segment: Segment, of party: Party, at place: Int, _ remarks: [Cell.Element], other: [Cell.Element]
  ) {
    noteRepetition(of: segment, from: party)
    let pattern = numbers.pattern(of: segment, from: party)
    add(party, [.segment(pattern)] + remarks + state(of: party, before: place), other: other)
  }

  private func state(of party: Party, before place: Int) -> [Cell.Element] {
    trace.lastLook(of: party, before: place).map { [.state($0.state)] } ?? []
  }

  private func state(of party: Party, from place: Int) -> [Cell.Element] {
    trace.settledState(of: party, in: place..<trace.endOfStretch(from: place)).map { [.state($0)] } ?? []
  }

  private mutating func add(_ party: Party, _ own: [Cell.Element], other: [Cell.Element]) {
    var cells = Both(Cell())
    cells[party] = Cell(elements: own)
    cells[party.other] = Cell(elements: other)
    rungs.append(Rung(cells: cells))
  }
}
