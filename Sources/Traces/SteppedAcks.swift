import Documents
import TCP

/// ACKs that were on their way while something was done.
extension SteppedWriter {
  /// Writes the ACKs that have left before something is done and arrive behind it. Run again, the kernel may delay
  /// such an ACK until what is done takes it along, or prevents it.
  mutating func writeAcks(before place: Int) {
    for sent in trace.events[..<place].indices where isAck(sent, onItsWayAt: place) {
      guard let party = trace.events[sent].party, let segment = trace.events[sent].segment,
        let end = passages.ends[sent]
      else { continue }
      // An end without a connection answers it with RST.
      if trace.lastLook(of: party.other, before: end)?.state == .closed {
        passages.delay(sent, before: place)
        writeLate(sent, before: place)
        continue
      }
      early.insert(sent)
      // The segments that it passes stand before it.
      for late in passages.standing(before: end) where late < place { writeLate(late, before: place) }
      // A state that the arrival did not lead to is another step's.
      let before = state(of: party.other, before: end)
      let after = state(of: party.other, from: end)
      add(
        segment, of: party, at: place, [],
        other: before == after ? state(of: party.other, before: place) : after)
    }
  }

  /// Tells whether a pure ACK that has no row yet left at this place, arrives behind that one, and overtakes nothing.
  private func isAck(_ sent: Int, onItsWayAt place: Int) -> Bool {
    guard let party = trace.events[sent].party, trace.events[sent].segment?.isPureAck == true,
      let end = passages.ends[sent], place < end, passages.late[sent] == nil, !early.contains(sent),
      !passages.answers.contains(sent), !trace.isLost(segmentAt: sent)
    else { return false }
    return !passages.late.keys.contains { late in
      trace.events[late].party == party && late < sent
        && place < passages.ends[late] ?? trace.events.endIndex
    }
  }
}
