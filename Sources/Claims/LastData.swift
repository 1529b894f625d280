import Documents
import TCP

/// Data and a FIN that a page shows as one segment. The calls decide how many segments the kernel makes of them.
extension LadderJudge {
  /// The reason why two segments in the place of this one are not held against the page: it leaves a call open, and the one
  /// that was added did not join them. Nil where they are held against it.
  func lastDataDoubt(_ comparison: SegmentComparison, _ run: SegmentRun, party: Party) -> String? {
    // A written record names all calls.
    guard !judgement.ladder.isExhaustive, comparison.expected.flags.contains(.fin),
      comparison.expected.carriesData,
      run.segment.length > 0, !run.segment.flags.contains(.fin),
      Set(comparison.differing).isSubset(of: ["flags", "length"])
    else { return nil }
    let named = names(of: party)
    let addsData =
      plan?.steps.contains {
        if case .call(party, .send(let count, more: true)) = $0.action {
          !named.contains(.send(count, more: true))
        } else {
          false
        }
      } ?? false
    guard addsData || !named.contains(where: \.sendsFin) else { return nil }
    return "the data left before the FIN; the page leaves calls open, and others may send both in one segment"
  }
}
