import Documents
import TCP
import Traces

/// Sizes that loopback cannot show: one of its packets holds 65,536 octets, and a page tells of a network.
extension LadderJudge {
  /// The reason why a size is not held against the page; nil where it is.
  ///
  /// A page that divides one segment of loopback in two, by the length of what is sent again or by what an ACK
  /// acknowledges, may be right where the segment is too long for an Ethernet frame.
  func frameDoubt(_ comparison: SegmentComparison, _ run: SegmentRun, rung: Int, party: Party) -> String? {
    guard trace.variant.bench == .loopback, !judgement.ladder.isExhaustive else { return nil }
    let divided: Segment?
    switch comparison.differing {
    case ["length"] where repeats(of: party, inRung: rung) != .none:
      let segment = run.places.first.flatMap { trace.events[$0].segment }
      let isPart = comparison.expected.length.map { $0 < segment?.length ?? 0 } ?? false
      divided = isPart ? segment : nil
    case ["ACK"]:
      guard case .number(let number)? = comparison.expected.acknowledgment,
        let named = numbering.value(of: number, of: party.other), let seen = run.segment.acknowledged
      else { return nil }
      divided = trace.segments(of: party.other).lazy.map(\.segment).first {
        $0.length > longestInFrame && $0.sequence < named && named < $0.end && $0.end <= seen
      }
    default: return nil
    }
    guard let divided, divided.length > longestInFrame else { return nil }
    return "one packet of loopback holds these \(divided.length) bytes, an Ethernet frame does not;"
      + " --on wire can tell"
  }

  /// The octets of data that an Ethernet frame holds at most, behind headers without options.
  private var longestInFrame: Int { trace.variant.family == .ipv4 ? 1460 : 1440 }
}
