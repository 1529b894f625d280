import Documents
import Notations
import TCP

/// The reasons why a connection was never made, and the repetitions that show it.
extension EndingReader {
  /// Nil where the connection was made.
  var unopened: Ending? {
    for opener in Party.allCases {
      // Nothing but the SYN came from the opener.
      guard let syn = sides[opener].syn, !syn.flags.contains(.ack),
        sides[opener].segments == sides[opener].synCount
      else { continue }
      let begin = Ending.Proof(.syn, opener, [syn.number])
      guard let answer = sides[opener.other].syn else {
        guard sides[opener.other].segments == 0 else { continue }
        if !connection.errors.isEmpty {
          let icmp = Ending.Proof(.icmp, opener, connection.errors.map(\.number))
          return Ending(.unreachable, of: opener, [begin, icmp])
        }
        return Ending(.noAnswer, of: opener, [begin] + again(.synAgain, opener, .syn))
      }
      guard answer.flags.contains(.ack) else { continue }
      let proofs = [begin, Ending.Proof(.synAck, opener.other, [answer.number])]
      return Ending(.neverAcknowledged, of: opener, proofs + again(.synAckAgain, opener.other, .syn))
    }
    return nil
  }

  /// The repetitions of this party's segment with this flag.
  func again(_ role: Ending.Proof.Role, _ party: Party, _ flag: Flags) -> [Ending.Proof] {
    let all = segments.filter { $0.from == party && $0.flags.contains(flag) }
    guard all.count > 1, let first = all.first, let last = all.last else { return [] }
    return [
      Ending.Proof(role, party, all.dropFirst().map(\.number), nanoseconds: last.time - first.time)
    ]
  }
}
