import Benches
import Documents
import TCP
import Traces

/// Segments whose arrival makes an end take an edge. Where the peer's kernel sends such a segment, it is that one, which is
/// held until the end is in the edge's state; else it is made up.
extension Connection {
  func takeByArrival(_ arrival: Edge.Arrival, _ transition: Transition) throws {
    switch arrival {
    case .syn, .synAck, .ackOfSyn: try takeByOpening(arrival, transition)
    case .fin, .ackOfFin, .finAndAckOfFin: try takeByClosing(arrival, transition)
    default: try takeByMadeUp(arrival, transition)
    }
  }

  /// Holds what the party sends from here on.
  private func hold(_ party: Party) {
    path.rules.insert({ _, sender in sender == party ? .hold : nil }, at: 0)
  }

  /// Lets what is held arrive as the edge's event.
  ///
  /// - Parameter place: of the one segment that arrives; nil for all.
  private func observeRelease(_ transition: Transition, of party: Party, at place: Int? = nil) throws {
    try observe(transition, of: party) {
      if let place { try path.release(place) } else { try path.release() }
      return nil
    }
  }

  private func takeByOpening(_ arrival: Edge.Arrival, _ transition: Transition) throws {
    let (own, server) = (opener, opener.other)
    switch (arrival, transition.from) {
    case (.syn, .listen):
      try listen()
      hold(own)
      try call(.connect, by: own)
      try expect(own, SegmentPattern(flags: .syn))
      try observeRelease(transition, of: server)
    case (.syn, _):
      hold(own)
      hold(server)
      try call(.connect, by: own)
      try expect(own, SegmentPattern(flags: .syn))
      try call(.connect, by: server)
      try observeRelease(transition, of: own, at: try expect(server, SegmentPattern(flags: .syn)))
    case (.synAck, _):
      try listen()
      hold(server)
      try call(.connect, by: own)
      try expect(server, SegmentPattern(flags: [.syn, .ack]))
      try observeRelease(transition, of: own)
    default:
      try listen()
      path.rules = [{ segment, sender in sender == own && segment.isPureAck ? .hold : nil }]
      try shakeHands()
      try observe(transition, of: server) {
        try path.release()
        try call(.accept, by: server)
        return nil
      }
    }
  }

  private func takeByClosing(_ arrival: Edge.Arrival, _ transition: Transition) throws {
    let own = transition.from == .synReceived ? opener.other : opener
    let peer = own.other
    if transition.from == .synReceived { return try takeByFinOfHandshake(transition, of: own) }
    try open()
    try settle()
    func finish(_ party: Party) throws -> Int? {
      try call(.shutdown(.write), by: party)
      return try expect(party, SegmentPattern(flags: .fin))
    }
    switch (arrival, transition.from) {
    case (.fin, .finWait1): path.rules = [{ _, sender in sender == own ? .drop : .hold }]
    case (.finAndAckOfFin, _):
      path.rules = [{ segment, sender in sender == own ? nil : segment.isPureAck ? .drop : .hold }]
    case (.ackOfFin, .closing):
      hold(own)
      let fin = try finish(own)
      _ = try finish(peer)
      try expect(own, SegmentPattern(flags: .ack))
      hold(peer)
      if let fin { try path.release(fin) }
      return try observeRelease(transition, of: own, at: try expect(peer, SegmentPattern(flags: .ack)))
    case (.ackOfFin, .lastAck):
      _ = try finish(peer)
      try settle()
      hold(peer)
    case (.ackOfFin, _), (.fin, .established): hold(peer)
    default: break
    }
    if transition.from != .established {
      _ = try finish(own)
      try settle()
    }
    if arrival != .ackOfFin {
      hold(peer)
      _ = try finish(peer)
    } else {
      try expect(peer, SegmentPattern(flags: .ack))
    }
    try observeRelease(transition, of: own)
  }

  /// The last ACK of the handshake is lost, and the FIN behind it arrives.
  private func takeByFinOfHandshake(_ transition: Transition, of server: Party) throws {
    let client = server.other
    try listen()
    path.rules = [
      { segment, sender in
        sender == server ? nil : segment.isPureAck ? .drop : segment.flags.contains(.fin) ? .hold : nil
      }
    ]
    try shakeHands()
    try call(.shutdown(.write), by: client)
    try expect(client, SegmentPattern(flags: .fin))
    try observe(transition, of: server) {
      try path.release()
      try call(.accept, by: server)
      return nil
    }
  }

  private func takeByMadeUp(_ arrival: Edge.Arrival, _ transition: Transition) throws {
    let (own, server) = (opener, opener.other)
    func observe(of party: Party, _ segment: Segment) throws {
      try self.observe(transition, of: party) {
        try path.forge(segment, from: party.other)
        return nil
      }
    }
    func reset(at party: Party) throws {
      guard let place = place(of: party, in: .synReceived) else {
        throw NotMeasurable(reason: "an end has sent nothing")
      }
      try observe(of: party, StrangeSegment.reset.segment(at: place))
    }
    switch arrival {
    case .reset:
      ends[server].returnsToListen = true
      try reach(.synReceived, of: server)
      try reset(at: server)
    case .resetAfterActiveOpen:
      _ = try bring(into: .synReceived)
      try reset(at: own)
    case .finAgain:
      try open()
      guard let fin = log.segment(at: try closeIntoTimeWait(own).lastFin) else {
        throw NotMeasurable(reason: "no FIN left")
      }
      try observe(of: own, fin)
    case .largerSyn:
      let next = try closeAfterData(server).next
      try observe(
        of: server,
        Segment(flags: .syn, sequence: next + 1000, window: 64_000, options: [.maximumSegmentSize(1400)]))
    default:
      try reserve(server)
      try observe(
        of: server,
        Segment(
          flags: .ack, sequence: SequenceNumber(1_000_000), acknowledgment: SequenceNumber(2_000_000),
          window: 1000))
    }
  }
}
