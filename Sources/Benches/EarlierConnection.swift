import Documents
import TCP
import Traces

/// Remains of an earlier connection, and segments that arrive late.
extension PlanRun {
  /// Gives the run up on a bench that does not hold its packets.
  ///
  /// - Parameter purpose: a clause for the reason, such as "where two segments cross".
  func needWire(_ purpose: String) throws {
    guard connection.bench.holdsPackets else {
      throw CannotRun(reason: .needs("the wire, \(purpose): --on wire"))
    }
  }

  /// Waits for the party's next segment, and keeps it from arriving. What the kernel sends again meanwhile is lost, so
  /// that one copy arrives.
  mutating func hold(_ party: Party, _ pattern: SegmentPattern) throws {
    try needWire("where a segment arrives later than the ones behind it")
    var first: Segment?
    connection.path.rules.insert(
      { segment, sender in
        guard sender == party else { return nil }
        if let first { return segment.repeats(first) ? .drop : nil }
        guard pattern.isCompared(with: segment) else { return nil }
        first = segment
        return .hold
      }, at: 0)
    held[party] = try expectCell(party, pattern)
  }

  /// Lets what is held arrive.
  mutating func release(_ party: Party) throws {
    guard let place = held[party] else { return }
    held[party] = nil
    try connection.path.release(place)
  }

  /// Makes up a segment of an earlier connection between the same ports.
  func inject(_ pattern: SegmentPattern, of party: Party) throws {
    try needWire("where a segment of an earlier connection arrives")
    var segment = Segment(
      flags: pattern.flags, sequence: kernelNumber(pattern.sequence, of: party), window: 65_535,
      length: pattern.length ?? (pattern.isData ? 100 : 0))
    if pattern.namesAck {
      segment.flags.insert(.ack)
      var number: SegmentPattern.Number?
      if case .number(let named)? = pattern.acknowledgment { number = named }
      segment.acknowledgment = kernelNumber(number, of: party.other)
    }
    try connection.path.forge(segment, payload: connection.payload(segment.length), from: party)
  }

  /// The kernel's number that a number of an old duplicate stands for. A variable is bound to nothing: it stands for
  /// one that lies before those of the party's connection, and so does a number that the page leaves out.
  private func kernelNumber(_ number: SegmentPattern.Number?, of party: Party) -> SequenceNumber {
    let log = connection.log
    let syn = log.firstSegment(of: party, since: connection.first) { $0.flags.contains(.syn) }
    let begin = log.segment(at: syn)?.sequence
    let earlier = (begin ?? connection.placed[party] ?? SequenceNumber(1_000_000)) + -10_000
    switch number {
    case nil: return earlier
    case .variable(_, let plus): return earlier + plus
    case .literal(let literal):
      guard connection.placed[party] == nil, let begin, let first = first[party] else {
        return SequenceNumber(literal)
      }
      return begin + (SequenceNumber(literal) - SequenceNumber(first))
    }
  }

  /// The party's host loses all that it knows of the connection; its ports stay as they were.
  func reboot(_ party: Party) throws {
    try needWire("where a host loses its connection without a word")
    connection.log.record(.rebooted, party: party)
    try connection.vanish(party)
    let end = connection.ends[party]
    end.wasClosed = false
    end.wasSeen = false
    try connection.look()
  }
}

extension Segment {
  /// Tells whether this segment takes the same numbers as that one, and takes any.
  fileprivate func repeats(_ other: Segment) -> Bool {
    sequence == other.sequence && sequenceLength > 0 && sequenceLength == other.sequenceLength
  }
}
