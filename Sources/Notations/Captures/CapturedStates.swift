package import Documents
package import TCP

extension CapturedConnection {
  /// For each of ``segments`` the states that it proves the ends were in (RFC 9293 section 3.3.2), as far as it does.
  package var provenStates: [Both<State?>] {
    var reader = StateProver()
    let segments = segments
    var states = segments.map { reader.states(provedBy: $0) }
    // An end that acknowledges the other's FIN in TIME_WAIT has had its own acknowledged before.
    for party in Party.allCases {
      guard let fin = segments.lastIndex(where: { $0.from == party && $0.flags.contains(.fin) }),
        let end = states.indices.last(where: { $0 > fin && states[$0][party] == .timeWait }),
        let ack = segments[..<end].indices.first(where: { index in
          index > fin && segments[index].from == party.other && !segments[index].flags.contains(.rst)
            && (segments[index].acknowledged.map { $0 - segments[fin].end >= 0 } ?? false)
        }), !segments[ack].flags.contains(.fin)
      else { continue }
      states[ack][party] = .finWait2
    }
    // An RST is not answered: its receiver has nothing left.
    if let last = segments.last, last.flags.contains(.rst), states.count > 1 {
      let other = last.from.other
      if !segments.contains(where: { $0.from == other && $0.flags.contains(.rst) }) {
        states[states.count - 1][other] = .closed
      }
    }
    return states
  }
}

/// Goes through the segments of a connection and tells the state that each proves of its sender.
private struct StateProver {
  /// The number behind the FIN of each party that was seen so far.
  private var fins = Both<SequenceNumber?>(nil)
  /// The last number that each has acknowledged.
  private var acknowledged = Both<SequenceNumber?>(nil)
  /// The parties that had received the other's FIN when they sent theirs.
  private var hadReceived = Both(false)

  mutating func states(provedBy segment: CapturedSegment) -> Both<State?> {
    var states = Both<State?>(nil)
    let party = segment.from
    if segment.flags.contains(.rst) {
      states[party] = .closed
      return states
    }
    states[party] = state(of: party, sending: segment)
    if let number = segment.acknowledged, acknowledged[party].map({ number - $0 > 0 }) ?? true {
      acknowledged[party] = number
    }
    if segment.flags.contains(.fin), fins[party] == nil {
      fins[party] = segment.end
      hadReceived[party] = covers(segment, fins[party.other])
    }
    return states
  }

  private func covers(_ segment: CapturedSegment, _ end: SequenceNumber?) -> Bool {
    guard let end, let number = segment.acknowledged else { return false }
    return number - end >= 0
  }

  private func state(of party: Party, sending segment: CapturedSegment) -> State? {
    if segment.flags.contains(.syn) { return segment.flags.contains(.ack) ? .synReceived : .synSent }
    let hasReceivedFIN = covers(segment, fins[party.other])
    guard let fin = fins[party] else {
      if segment.flags.contains(.fin) { return hasReceivedFIN ? .lastAck : .finWait1 }
      return hasReceivedFIN ? .closeWait : segment.flags.contains(.ack) ? .established : nil
    }
    if hadReceived[party] { return .lastAck }
    let isAcknowledged = acknowledged[party.other].map { $0 - fin >= 0 } ?? false
    if hasReceivedFIN { return isAcknowledged ? .timeWait : .closing }
    return segment.flags.contains(.fin) ? .finWait1 : nil
  }
}
