package import Documents
package import TCP

/// States that nobody saw, and that a segment proves: no other state sends it (RFC 9293 section 3.3.2).
extension Trace {
  /// The state that the party was in when it sent the segment at this place; nil where the segment proves none.
  package func provenState(ofSenderAt place: Int) -> State? {
    guard let party = events[place].party, let segment = events[place].segment, !segment.flags.contains(.rst)
    else { return nil }
    if segment.flags.contains(.syn) { return segment.flags.contains(.ack) ? .synReceived : .synSent }
    let coversFIN = acknowledgesFIN(of: party.other, before: place, segment)
    let firstFIN = events[..<place].firstIndex {
      $0.party == party && $0.segment?.flags.contains(.fin) == true
    }
    guard segment.flags.contains(.fin) else { return coversFIN && firstFIN == nil ? .closeWait : nil }
    guard coversFIN else { return .finWait1 }
    // A FIN that crossed the other's is sent again in CLOSING.
    let hasCrossed = firstFIN.flatMap { first in
      events[first].segment.map { !acknowledgesFIN(of: party.other, before: first, $0) }
    }
    return hasCrossed == true ? .closing : .lastAck
  }

  /// The place of a segment in these stretches that proves this state of the party; nil where there is none.
  package func proof(of state: State, of party: Party, in stretches: [Range<Int>]) -> Int? {
    stretches.lazy.flatMap { $0 }.first {
      self.events[$0].party == party && self.provenState(ofSenderAt: $0) == state
    }
  }

  /// Tells whether the segment acknowledges a FIN that this party sent before.
  private func acknowledgesFIN(of party: Party, before place: Int, _ segment: Segment) -> Bool {
    guard let acknowledged = segment.acknowledged else { return false }
    return events[..<place].contains { event in
      guard event.party == party, let sent = event.segment, sent.flags.contains(.fin) else { return false }
      return acknowledged - (sent.sequence + sent.sequenceLength) >= 0
    }
  }
}
