import Documents
import Notations

extension EndingReader {
  /// The reasons of which repetitions are the proof.
  private static let areRepeated: Set<Ending.Kind> = [
    .noAnswer, .neverAcknowledged, .lastAckMissing, .retransmissionReset, .retransmissionsUnanswered,
    .finUnanswered,
  ]

  /// Properties of the capture that a reader must know, to judge the reason.
  func remarks(on kind: Ending.Kind) -> [Ending.Remark] {
    var remarks: [Ending.Remark] = []
    if !connection.isFromBeginning { remarks.append(.beganBefore) }
    if connection.omitted > 0 { remarks.append(.omitted(connection.omitted)) }
    for party in Party.allCases {
      let side = sides[party]
      if side.segments == 0, sides[party.other].acknowledged != nil { remarks.append(.unheard(party)) }
      if side.retransmissions > 0, !Self.areRepeated.contains(kind) {
        remarks.append(.retransmissions(party, side.retransmissions))
      }
      if side.gapsFilled > 0 { remarks.append(.gapsFilled(party, side.gapsFilled)) }
      if side.unseenOctets > 0 { remarks.append(.unseen(party, octets: side.unseenOctets)) }
      if side.superSegments > 0 { remarks.append(.superSegments(party, side.superSegments)) }
    }
    if connection.copies > 0 { remarks.append(.copies(connection.copies)) }
    if let next = connection.successor { remarks.append(.nextConnection(next)) }
    let rest = captureEnd - connection.times.upperBound
    if rest >= 1_000_000 { remarks.append(.captureGoesOn(rest)) }
    return remarks
  }
}
