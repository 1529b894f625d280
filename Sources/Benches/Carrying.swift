package import Documents
import Linux
import SystemPackage
package import TCP
import Traces

extension Stage {
  /// Moves the world by one segment of this connection: it leaves, is looked at, and meets its fate.
  ///
  /// - Returns: the place of its event, or nil where none leaves before the deadline.
  func move(until deadline: Int64) throws -> Int? {
    while let departure = try departure(until: deadline) {
      guard let party = sender(of: departure.packet) else {
        // A segment of an earlier connection: it goes its way and is none of this play's.
        try benchStep("carry a segment") { try bench.deliver(departure) }
        continue
      }
      let segment = departure.packet.segment
      let place = log.record(
        .segment(segment: segment, bytes: Bytes(departure.bytes)), party: party,
        observer: bench.segmentObserver.kind, at: departure.time)
      untaken[party].append(place)
      if bench.holdsPackets { try look() }
      let fate = try fate(of: segment, from: party)
      if case .deliver = fate { try noteUnmeantLoss(of: segment, from: party, at: departure.time) }
      try apply(fate, to: departure, place)
      if !bench.holdsPackets { try look() }
      try writeOn()
      return place
    }
    return nil
  }

  /// The next packet that leaves, of whatever connection; nil where none does before the deadline. A machine that stands
  /// still meanwhile makes no silence of it.
  package func departure(until deadline: Int64) throws -> Departure? {
    try waiting.wait(until: deadline) {
      try benchStep("wait for a segment") { try bench.departure(until: deadline) }
    }
  }

  private func fate(of segment: Segment, from party: Party) throws -> Fate {
    if var pattern = losses[party], pattern.isCompared(with: segment) {
      // Octets that leave in several segments are lost in all of them.
      if let octets = pattern.length, segment.length > 0, segment.length < octets {
        pattern.length = octets - segment.length
        losses[party] = pattern
        return .drop
      }
      losses[party] = nil
      try setLoss(false, of: party)
      return .drop
    }
    for rule in rules { if let fate = rule(segment, party) { return fate } }
    return .deliver
  }

  /// On loopback a filter at the receiver loses all that arrives until it is taken away. What the kernel sent again by
  /// then is lost, too, and no page says so: the run says nothing.
  private func noteUnmeantLoss(of segment: Segment, from party: Party, at time: Int64) throws {
    guard !bench.holdsPackets, segment.sequenceLength > 0 else { return }
    if losses[party] != nil || time <= lossEnded[party] {
      try waiting.disturbed(because: .lostMore(.nanoseconds(max(0, lossEnded[party] - time))))
    }
  }

  private func apply(_ fate: Fate, to departure: Departure, _ place: Int) throws {
    switch fate {
    case .deliver: try deliver(departure, place)
    case .drop:
      log.record(
        .dropped(segment: place), party: log.events[place].party?.other,
        observer: bench.segmentObserver.kind)
    case .late(let delay):
      try waiting.pause(delay)
      try deliver(departure, place)
    case .hold: held.append((departure, place))
    case .double:
      try deliver(departure, place)
      try deliver(departure, place)
    case .rewrite(let segment):
      var changed = departure
      changed.packet.segment = segment
      changed.bytes = changed.packet.bytes
      log.record(
        .altered(segment: place, into: segment), party: log.events[place].party,
        observer: bench.segmentObserver.kind)
      try deliver(changed, place)
    }
  }

  private func deliver(_ departure: Departure, _ place: Int) throws(BenchError) {
    guard bench.holdsPackets else { return }
    try benchStep("carry a segment") { try bench.deliver(departure) }
    log.record(
      .delivered(segment: place), party: log.events[place].party?.other,
      observer: bench.segmentObserver.kind)
    try look()
  }

  /// Lets what was held arrive, in the order in which it left.
  package func release() throws {
    while !held.isEmpty {
      let (departure, place) = held.removeFirst()
      try deliver(departure, place)
    }
  }

  /// Lets only the one arrive of what was held that left at this place.
  package func release(_ place: Int) throws {
    guard let index = held.firstIndex(where: { $0.place == place }) else { return }
    try deliver(held.remove(at: index).departure, place)
  }

  /// Makes up a segment and lets it arrive at the other party as if this one had sent it.
  ///
  /// - Parameter isMarked: whether it met congestion on its way, as routers say it (CE, RFC 3168).
  package func forge(
    _ segment: Segment, payload: [UInt8] = [], isMarked: Bool = false, from party: Party
  ) throws(BenchError) {
    let tuple = ends[party].tuple
    let packet = Packet(source: tuple.local, destination: tuple.remote, segment: segment, payload: payload)
    let bytes = isMarked ? packet.markedBytes : packet.bytes
    log.record(.forged(segment: packet.segment), party: party, observer: bench.segmentObserver.kind)
    try benchStep("carry a segment that was made up") {
      try bench.deliver(Departure(packet: packet, bytes: bytes, time: Clock.monotonic()))
    }
    try look()
  }

  /// Makes ready to lose the party's next segment that is like the pattern.
  package func lose(_ party: Party, like pattern: SegmentPattern) throws {
    losses[party] = pattern
    try setLoss(true, of: party)
  }

  /// Nothing of the party's is to be lost any more.
  func loseNoMore(_ party: Party) throws {
    guard losses[party] != nil else { return }
    losses[party] = nil
    try setLoss(false, of: party)
  }

  private func setLoss(_ isLossy: Bool, of party: Party) throws {
    guard !bench.holdsPackets else { return }
    let receiver = ends[party.other]
    // One that has yet to connect gets its filter with its socket.
    if receiver.socket == nil, receiver.listener == nil, !receiver.wasClosed { return }
    // A listener's filter does not reach a connection that was taken from it.
    guard let socket = receiver.socket ?? (receiver.wasClosed ? nil : receiver.listener) else {
      throw Unplayable(
        reason: .needs(
          "the wire, for \(names[party.other]) has closed the socket whose filter loses segments: --on wire"))
    }
    try setLoss(isLossy, at: socket, of: party.other)
    if !isLossy { lossEnded[party] = Clock.monotonic() }
  }

  /// Where the process may not do so, other plays still can be played.
  func setLoss(_ isLossy: Bool, at socket: Box<Socket>, of receiver: Party) throws {
    do throws(Errno) {
      try bench.setLoss(isLossy, at: socket.value)
    } catch {
      throw Unplayable(
        reason: .needs("a socket filter, to lose a segment to \(names[receiver]): \(error.explained)"))
    }
  }
}
