import TCP

/// Two segments in one row: one of them may be the answer to the other.
extension Planner {
  /// The party whose segment the other's answers, in a row in which both send; nil where the two cross each other.
  ///
  /// Two SYNs, two FINs and two segments with data cross each other, unless a number says that one acknowledges the
  /// other.
  func answered(_ segments: Both<SegmentPattern>) -> Party? {
    // An ACK that ends a handshake answers the SYN+ACK of an earlier row.
    let opening = history[opener.other]
    if opening.hasAnswered, !history[opener].hasAcknowledged, segments[opener].mayBePureAck { return opener }
    let answers = Party.allCases.filter {
      isAnswer(segments[$0], of: $0, to: segments[$0.other])
    }
    return answers.count == 1 ? answers[0].other : nil
  }

  private func isAnswer(_ answer: SegmentPattern, of party: Party, to cause: SegmentPattern) -> Bool {
    // A SYN+ACK answers the SYN, whatever number a page gives it: no end sends one before a SYN has come.
    if answer.flags.contains(.syn), answer.namesAck, cause.flags.contains(.syn), !cause.namesAck {
      return true
    }
    if let isAcknowledged = acknowledges(answer, cause, of: party.other) { return isAcknowledged }
    if cause.flags.contains(.rst) { return false }
    if answer.flags.contains(.rst) { return true }
    if answer.mayBePureAck { return !cause.mayBePureAck }
    for flag in [Flags.syn, .fin] where answer.flags.contains(flag) && cause.flags.contains(flag) {
      return answer.namesAck && !cause.namesAck
    }
    return false
  }

  /// Tells whether the number that the answer acknowledges is the one behind the cause's last; nil where the numbers do
  /// not say.
  private func acknowledges(_ answer: SegmentPattern, _ cause: SegmentPattern, of party: Party) -> Bool? {
    guard case .number(let acknowledged)? = answer.acknowledgment else { return nil }
    var first = cause.sequence
    if first == nil, let begin = history[party].begin { first = .literal(begin &+ history[party].taken) }
    let distance: Int
    switch (first, acknowledged) {
    case (.literal(let first)?, .literal(let last)): distance = Int(Int32(bitPattern: last &- first))
    case (.variable(let name, let first)?, .variable(let other, let last)) where name == other:
      distance = last - first
    default: return nil
    }
    let flags = [Flags.syn, .fin].count { cause.flags.contains($0) }
    if cause.carriesData, cause.length == nil { return distance > flags }
    return distance > 0 && distance == flags + (cause.length ?? 0)
  }
}
