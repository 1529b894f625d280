import Benches
import Documents
import TCP
import Traces

/// The states in which strange segments are tried.
extension State {
  static let answering: [State] = [
    .closed, .listen, .synSent, .synReceived, .established, .finWait1, .finWait2, .closeWait, .lastAck,
    .closing, .timeWait,
  ]
}

extension Connection {
  /// Takes the party into this state by ordinary calls and losses, with its descriptor kept where the state allows it.
  /// From then on nothing that either end sends arrives.
  func reach(_ state: State, of party: Party) throws {
    let other = party.other
    // Where only a timer of 200 ms or more makes anything else of it, it is looked for whether one fired.
    waiting.isPatient = ![.synSent, .synReceived].contains(state)
    switch state {
    case .closed: try reserve(party)
    case .listen: try listen()
    case .synSent:
      try listen()
      path.rules.append { _, _ in .drop }
      try call(.connect, by: party)
      try expect(party, SegmentPattern(flags: .syn))
    case .synReceived:
      try listen()
      path.rules.append { _, sender in sender == party ? .drop : nil }
      try call(.connect, by: other)
      try expect(party, SegmentPattern(flags: [.syn, .ack]))
    default:
      try open()
      // So that something has been acknowledged which can be acknowledged again.
      try call(.send(100), by: party)
      try expect(party, SegmentPattern(isData: true))
      try expect(other, SegmentPattern(flags: .ack))
      try call(.receive(nil), by: other)
      try settle()
      try close(into: state, of: party)
    }
    path.rules.append { _, _ in .drop }
    try settle()
    try giveUpIfResent(by: party)
  }

  /// Gives the run up where a timer of the party's has fired.
  func giveUpIfResent(by party: Party) throws {
    if waiting.isPatient, hasTimerSent(for: party) {
      try waiting.disturbed(because: .resent)
    }
  }

  /// Takes an ESTABLISHED connection on to the state.
  private func close(into state: State, of party: Party) throws {
    let other = party.other
    func finish(_ party: Party) throws {
      try call(.shutdown(.write), by: party)
      try expect(party, SegmentPattern(flags: .fin))
    }
    func loseAll() { path.rules.append { _, sender in sender == party ? .drop : nil } }
    switch state {
    case .finWait1:
      loseAll()
      try finish(party)
    case .finWait2:
      try finish(party)
      try expect(other, SegmentPattern(flags: .ack))
    case .closeWait, .lastAck:
      try finish(other)
      try expect(party, SegmentPattern(flags: .ack))
      guard state == .lastAck else { return }
      loseAll()
      try finish(party)
    case .closing:
      loseAll()
      try finish(party)
      try finish(other)
      try expect(party, SegmentPattern(flags: .ack))
    case .timeWait: _ = try closeIntoTimeWait(party)
    default: break
    }
  }

  /// The numbers that the party is at, as its segments and the other's say; nil where there was none.
  func place(of party: Party, in state: State) -> StrangeSegment.Place? {
    func segments(_ party: Party) -> [Segment] {
      log.segments(of: party).compactMap { log.segment(at: $0) }
    }
    func clock(_ segments: [Segment]) -> UInt32 {
      for option in segments.reversed().flatMap(\.options) {
        if case .timestamps(let value, _) = option { return value }
      }
      return 0
    }
    let (own, others) = (segments(party), segments(party.other))
    if state == .closed || state == .listen { return .ofNobody }
    guard let sent = own.last?.end else { return nil }
    // A SYN or FIN of its own is under way.
    let owes = [.synSent, .synReceived, .finWait1, .lastAck, .closing].contains(state)
    let acknowledged = owes ? sent + -1 : sent
    let opens = [.synSent, .synReceived].contains(state)
    return StrangeSegment.Place(
      first: others.first?.sequence ?? SequenceNumber(1_000_000),
      next: others.last?.end ?? SequenceNumber(1_000_001), sent: sent, acknowledged: acknowledged,
      acceptable: opens ? sent : acknowledged, clock: clock(others), echo: clock(own),
      isAsking: state == .synSent, window: window(of: own))
  }

  /// The window that the segments of a party offer, with the scale that both ends have agreed on.
  private func window(of segments: [Segment]) -> Int {
    let shift = segments.lazy.filter { $0.flags.contains(.syn) }.flatMap(\.options).compactMap { option in
      if case .windowScale(let shift) = option { shift } else { nil }
    }.first
    guard let last = segments.last else { return 1 }
    return max(1, Int(last.window) << (last.flags.contains(.syn) ? 0 : Int(shift ?? 0)))
  }
}

extension StrangeSegment.Place {
  /// Numbers for an end that knows no connection.
  fileprivate static let ofNobody = StrangeSegment.Place(
    first: SequenceNumber(1_000_000), next: SequenceNumber(1_000_001), sent: SequenceNumber(2_000_001),
    acknowledged: SequenceNumber(2_000_001), acceptable: SequenceNumber(2_000_001), clock: 0, echo: 0,
    isAsking: false)
}
