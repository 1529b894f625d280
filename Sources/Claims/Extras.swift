import Documents
import TCP
import Traces

/// The segments that were sent and that the document does not have.
extension LadderJudge {
  /// Judges segments after the last rung: more than pure ACKs contradicts, if the run came to its end.
  mutating func judgeTheRest() {
    let last = judgement.ladder.rungs.count - 1
    for party in Party.allCases {
      for (place, segment) in remaining[party] {
        // A segment from before the bench could not go on may belong to a rung that was never run.
        if segment.isPureAck || trace.end != .finished {
          passOver(place, rung: last, party: party)
        } else if mayFollow(place, of: party) {
          judgement.passedOver.append(place)
        } else {
          addExtra(place, rung: last, party: party)
        }
      }
    }
  }

  /// A pure ACK that the document does not have; only a written record says that there is none.
  mutating func passOver(_ place: Int, rung: Int, party: Party) {
    if judgement.ladder.isExhaustive, trace.end == .finished {
      addExtra(place, rung: rung, party: party)
    } else {
      judgement.passedOver.append(place)
    }
  }

  mutating func addExtra(_ place: Int, rung: Int, party: Party) {
    guard let segment = trace.events[place].segment else { return }
    var pattern = SegmentPattern(flags: segment.flags, length: segment.length > 0 ? segment.length : nil)
    if let first = firstNumber(of: party) {
      pattern.sequence = numbering.named(segment.sequence, of: party, from: first)
    }
    if let acknowledged = segment.acknowledged, let first = firstNumber(of: party.other) {
      pattern.acknowledgment = .number(numbering.named(acknowledged, of: party.other, from: first))
    }
    add(
      .extra(rung: rung, party: party),
      Verdict(
        .contradicted, expected: "nothing", seen: pattern.description,
        reason: "the document does not show this segment", evidence: evidence([place])))
  }

  /// The first number of the party's that a segment names since the first rung.
  private func firstNumber(of party: Party) -> SequenceNumber? {
    for event in trace.events[(trace.firstRung ?? trace.events.startIndex)...] {
      guard let segment = event.segment else { continue }
      if event.party == party { return segment.sequence }
      if let acknowledged = segment.acknowledged { return acknowledged }
    }
    return nil
  }
}
