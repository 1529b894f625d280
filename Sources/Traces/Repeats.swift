package import Documents
import TCP

/// Data that a party sends again.
extension [Event] {
  /// Whether the segment that left at this place carries data, and only such as its party has sent before.
  package func repeatsData(at place: Int) -> Bool {
    guard let segment = self[place].segment, segment.length > 0, segment.flags.isDisjoint(with: .control)
    else { return false }
    return hasSent(upTo: segment, by: self[place].party, before: place)
  }

  /// Whether the segment that left at this place carries data, a SYN or a FIN, and only such as its party has sent before.
  package func repeatsAll(at place: Int) -> Bool {
    guard let segment = self[place].segment, segment.sequenceLength > 0 else { return false }
    return hasSent(upTo: segment, by: self[place].party, before: place)
  }

  private func hasSent(upTo segment: Segment, by party: Party?, before place: Int) -> Bool {
    let earlier = self[..<place].lazy.filter { $0.party == party }.compactMap(\.segment).filter {
      $0.sequenceLength > 0
    }
    return earlier.contains { segment.end <= $0.end } && earlier.contains { $0.sequence <= segment.sequence }
  }

  /// Whether a cell cannot mean the segment that left at this place, for it is data that the kernel sends again by itself:
  /// because it was lost, or because no ACK came in time. It still can be the ACK that a cell means.
  package func isUnnamedRepeat(at place: Int, for pattern: SegmentPattern) -> Bool {
    guard repeatsData(at: place) else { return false }
    guard pattern.mayBePureAck else { return true }
    guard let acknowledged = self[place].segment?.acknowledged else { return true }
    let party = self[place].party
    return self[..<place].contains { event in
      event.party == party && (event.segment?.acknowledged.map { acknowledged <= $0 } ?? false)
    }
  }
}
