package import Documents
package import TCP

/// The course of a page beside a connection that is run by hand: the page's next step, as the action that does it.
package struct Guide {
  /// The page's next step.
  package enum Next: Equatable, Sendable {
    /// This action does the step, or a part of it.
    case action(HandAction, Reason)
    /// The step is not possible now.
    case obstacle(Obstacle)
    /// The page has no further step.
    case finished
  }

  /// The part that an action has in the page.
  package enum Reason: Equatable, Sendable {
    /// The page has exactly this.
    case page
    /// The page shows another segment in its place.
    case otherwise(SegmentPattern)
    /// The page does not show the segment, which has to arrive before it goes on.
    case unshown
  }

  package enum Obstacle: Equatable, Sendable {
    /// The party's program has closed its socket.
    case closed(Party, Call)
    /// The party has not sent this.
    case notSent(Party, SegmentPattern)
  }

  private let plan: Plan
  private var index = 0
  /// The pattern of each party's next segment that the page loses.
  private var losses: Both<SegmentPattern?> = Both(nil)
  /// Octets of the present data step that have arrived or were lost.
  private var octets = 0
  /// The numbers of each party's segments that the page keeps under way, in the order of its rows.
  private var kept: Both<[Int]> = Both([])
  /// The parties whose segment of the present pair has arrived.
  private var arrived: Set<Party> = []

  package init(_ plan: Plan) { self.plan = plan }

  /// The index of the rung that comes next; nil behind the last.
  package var rung: Int? { plan.steps.indices.contains(index) ? plan.steps[index].rung : nil }

  /// The next step of the page, with the connection as it is.
  package mutating func next(for hand: HandStatus) -> Next {
    while plan.steps.indices.contains(index) {
      if let next = next(plan.steps[index].action, hand) { return next }
      advance()
    }
    return .finished
  }

  /// Notes a step. If it is the page's next one, the page goes on.
  ///
  /// - Parameter next: the page's next step as it was before.
  package mutating func note(_ step: HandStep, was next: Next) {
    guard step.isDone, plan.steps.indices.contains(index) else { return }
    // Of a pair, a person may take either first.
    if case .expectBoth(let patterns) = plan.steps[index].action, case .deliver = step.action,
      let taken = step.segment, patterns[taken.party].isCompared(with: taken.segment)
    {
      arrived.insert(taken.party)
      if arrived.count == 2 { advance() }
      return
    }
    guard case .action(step.action, let reason) = next, reason != .unshown else { return }
    if case .lose = step.action, let lost = step.segment {
      losses[lost.party] = losses[lost.party]?.rest(behind: lost.segment)
    }
    switch plan.steps[index].action {
    case .expectData(_, _, let count, let repeats):
      octets += step.segment?.segment.length ?? 0
      if repeats == .first || octets >= count { advance() }
    case .expectBoth:
      if let party = step.segment?.party { arrived.insert(party) }
      if arrived.count == 2 { advance() }
    case .expectAbandoned:
      if case .deliver = step.action { advance() }
    case .expectHeld(let party, _, _):
      if let number = step.segment?.number { kept[party].append(number) }
      advance()
    case .release(let party):
      if !kept[party].isEmpty { kept[party].removeFirst() }
      advance()
    case .expect(_, let pattern):
      // The pure ACKs before it were passed over.
      if let segment = step.segment?.segment, pattern.isCompared(with: segment) { advance() }
    default: advance()
    }
  }

  private mutating func advance() {
    index += 1
    octets = 0
    arrived = []
  }
}

extension Guide {
  /// The action that this step of the plan asks for; nil where nothing is to be done for it.
  private mutating func next(_ action: Plan.Action, _ hand: HandStatus) -> Next? {
    switch action {
    case .look, .place: return nil
    case .lose(let party, let pattern):
      losses[party] = pattern
      return nil
    // A program listens from the beginning, and takes each connection as soon as it is there.
    case .call(_, .listen), .call(_, .accept): return nil
    case .call(let party, let call):
      if hand.closed.contains(party) { return .obstacle(.closed(party, call)) }
      return .action(.call(party, call), .page)
    case .read(let party):
      guard hand.readable.contains(party) else { return nil }
      return .action(.call(party, .receive(nil)), .page)
    case .expect(let party, let pattern), .expectData(let party, let pattern, _, _):
      return arrival(of: party, pattern, hand)
    case .expectAbandoned(let party, let pattern):
      if !hand.closed.contains(party.other) { return .action(.call(party.other, .close), .page) }
      return arrival(of: party, pattern, hand)
    case .expectBoth(let patterns):
      let left = Party.allCases.filter { !arrived.contains($0) }
      let party = left.first { entry(of: $0, patterns[$0], hand) != nil } ?? left.first
      return party.map { arrival(of: $0, patterns[$0], hand) }
    case .expectHeld(let party, let pattern, _):
      guard let entry = entry(of: party, pattern, hand) else { return missing(party, pattern, hand) }
      return .action(.holdBack(entry.number), .page)
    case .release(let party):
      guard let number = kept[party].first, hand.waiting.contains(where: { $0.number == number }) else {
        kept[party] = Array(kept[party].dropFirst())
        return nil
      }
      return .action(.deliver(number), .page)
    case .inject(let party, let pattern): return .action(.inject(party, pattern), .page)
    case .reboot(let party): return .action(.reboot(party), .page)
    case .resend(let party):
      return hand.waiting.contains { $0.party == party && $0.isSentAgain } ? nil : .action(.awaitTimer, .page)
    }
  }

  /// The party's first segment in the list that the pattern is compared with. What a timer has sent again since the first
  /// one arrived is meant only where nothing else can be.
  private func entry(of party: Party, _ pattern: SegmentPattern, _ hand: HandStatus) -> WaitingSegment? {
    let own = hand.waiting.filter {
      $0.party == party && !kept[party].contains($0.number) && pattern.isCompared(with: $0.segment)
    }
    return own.first { $0.segment.flags.intersection(.control) == pattern.flags.intersection(.control) }
      ?? own.first { !$0.isSentAgain }
  }

  private func arrival(of party: Party, _ pattern: SegmentPattern, _ hand: HandStatus) -> Next {
    guard let entry = entry(of: party, pattern, hand) else { return missing(party, pattern, hand) }
    // An ACK that the page does not show goes before it.
    if let earlier = hand.waiting.first(where: {
      $0.party == party && !kept[party].contains($0.number) && !$0.isSentAgain
    }), earlier.number < entry.number {
      return .action(.deliver(earlier.number), .unshown)
    }
    let isLike = entry.segment.flags.isSuperset(of: pattern.flags.intersection(.control))
    let isLost = losses[party].map { $0.isCompared(with: entry.segment) } ?? false
    return .action(
      isLost ? .lose(entry.number) : .deliver(entry.number), isLike ? .page : .otherwise(pattern))
  }

  /// The next step where the segment is not on the wire: another one may have to arrive first, or the party's timer sends
  /// again what was lost.
  private func missing(_ party: Party, _ pattern: SegmentPattern, _ hand: HandStatus) -> Next {
    let others = hand.waiting.filter { !$0.isHeldBack && !kept[$0.party].contains($0.number) }
    if let other = others.first(where: { !$0.isSentAgain }) ?? others.first {
      return .action(.deliver(other.number), .unshown)
    }
    if hand.retransmitting == party { return .action(.awaitTimer, .unshown) }
    return .obstacle(.notSent(party, pattern))
  }
}
