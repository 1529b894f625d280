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
        // What came before the bench could not go on may belong to a rung that was never played.
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
    var pattern = SegmentPattern(
      flags: segment.flags, sequence: numbering.written(segment.sequence, like: nil, of: party),
      length: segment.length > 0 ? segment.length : nil)
    if let acknowledged = segment.acknowledged {
      pattern.acknowledgment = .number(numbering.written(acknowledged, like: nil, of: party.other))
    }
    add(
      .extra(rung: rung, party: party),
      Verdict(
        .contradicted, expected: "nothing", seen: pattern.description,
        reason: "the document does not show this segment", evidence: evidence([place])))
  }
}
