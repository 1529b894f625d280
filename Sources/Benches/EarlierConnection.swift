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

  /// Waits for the party's next segment, which is kept from arriving.
  func hold(_ party: Party, _ pattern: SegmentPattern, isAgain: Bool) throws {
    try needWire("to deliver a segment later than those sent after it")
    let place = try expectCell(party, pattern, isAgain: isAgain)
    late.send(
      place.flatMap { place in connection.log.segment(at: place).map { (place, $0) } }, of: party)
  }

  /// The reason why this segment cannot be lost in real time; nil where it can.
  func lossObstacle(of party: Party, _ pattern: SegmentPattern) -> Reason? {
    if connection.bench.holdsPackets { return nil }
    if pattern.mayBePureAck || pattern.flags.isSuperset(of: [.syn, .ack]) {
      return .needs("the wire, which loses the kernel's answers: --on wire")
    }
    if connection.ends[party.other].wasClosed {
      let name = connection.names[party.other]
      return .needs("the wire, for \(name) has closed the socket whose filter loses segments: --on wire")
    }
    return nil
  }

  /// Waits until a timer of the party's sends something again. What it has sent before this row was lost, and may
  /// acknowledge less.
  func awaitResend(of party: Party) throws {
    connection.path.untaken[party].removeAll { late.isCopy(at: $0, in: connection.log) }
    try connection.awaitResend(of: party)
  }

  /// Lets the party's oldest segment that is under way arrive.
  func release(_ party: Party) throws {
    // What the party's timer has sent again by now is lost.
    try connection.carryDeparted()
    if let place = late.next(of: party) { try connection.path.release(place) }
  }

  /// Lets a segment arrive that has left before the run came to its row.
  func releaseEarly(_ place: Int?, of party: Party) throws {
    guard let place, let segment = connection.log.segment(at: place) else { return }
    late.take(segment, of: party)
    try connection.path.release(place)
  }

  /// Lets everything that is held arrive but for what arrives later, in the order in which it left.
  ///
  /// - Parameter taken: the places of the segments that arrive in this step.
  func releaseTheRest(but taken: [Int]) throws {
    for (departure, place) in connection.path.held {
      guard let party = connection.log.events[place].party else { continue }
      let segment = departure.packet.segment
      if taken.contains(place) {
        late.take(segment, of: party)
      } else if late.isKept(segment, at: place, of: party) || late.keep(segment, of: party) {
        continue
      }
      try connection.path.release(place)
    }
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
