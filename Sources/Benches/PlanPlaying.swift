package import Documents
import TCP
import Traces

extension Stage {
  /// Plays a plan from its first step to its last.
  func play(_ plan: Plan, of ladder: Ladder, delaysAck: Bool) throws {
    let active = plan.steps.lazy.compactMap { step -> Party? in
      guard case .expect(let party, let pattern) = step.action, pattern.flags.contains(.fin) else {
        return nil
      }
      return party
    }.first
    try begin(plan, primer: delaysAck ? active : nil)
    for step in plan.steps { try play(step) }
    try settle()
    try look()
  }

  /// Brings the connection to where the ladder begins.
  ///
  /// - Parameter primer: a party that sends one octet before: the other's next ACK is then delayed by 40 ms instead
  ///   of at most one tick.
  private func begin(_ plan: Plan, primer: Party?) throws {
    if plan.opens {
      let connects = Set(
        plan.steps.compactMap { step -> Party? in
          if case .call(let party, .connect) = step.action { party } else { nil }
        })
      if connects.count == 1 { try listen() }
      if bench.placementObstacle == nil {
        for party in connects {
          placed[party] = plan.first[party].map { SequenceNumber($0) }.flatMap(\.ifPlaceable)
        }
      }
      return
    }
    let isNumbered = plan.first.left != nil || plan.first.right != nil
    // A party that the document gives no number begins at 2, so that there is room for a primer.
    var first = plan.first.map { SequenceNumber($0 ?? 2) }
    if let primer { first[primer] = first[primer] + -1 }
    let isPlaceable = first.left.ifPlaceable != nil && first.right.ifPlaceable != nil
    if isNumbered, isPlaceable, bench.placementObstacle == nil {
      try establish(at: first)
      if let primer { placed[primer] = first[primer] + 1 }
    } else {
      try open()
    }
    if let primer { try prime(primer) }
    try settle()
    untaken = Both([])
  }

  package func prime(_ party: Party) throws {
    try call(.send(1), by: party)
    try expect(party, SegmentPattern(length: 1))
    try settle()
    try call(.receive(nil), by: party.other)
  }

  /// Why this segment cannot be lost in real time; nil where it can.
  private func lossObstacle(of party: Party, _ pattern: SegmentPattern) -> String? {
    if bench.holdsPackets { return nil }
    if pattern.mayBePureAck || pattern.flags.isSuperset(of: [.syn, .ack]) {
      return "the kernel's answer has arrived before it can be lost; --on wire holds it"
    }
    if ends[party.other].wasClosed {
      return "\(names[party.other]) has closed its socket, whose filter loses segments here; use --on wire"
    }
    return nil
  }

  private func play(_ step: Plan.Step) throws {
    switch step.action {
    case .look:
      recorder.record(.rung(index: step.rung))
      try look()
    case .lose(let party, let pattern):
      if let reason = lossObstacle(of: party, pattern) { throw Unplayable(reason: reason) }
      try lose(party, like: pattern)
    case .call(let party, let call): try self.call(call, by: party)
    case .expect(let party, let pattern):
      try expect(party, pattern)
      for party in Party.allCases { try acceptIfWaiting(party) }
    case .expectBoth(let patterns):
      guard bench.holdsPackets else {
        throw Unplayable(reason: "two segments that cross each other need --on wire")
      }
      rules.insert({ _, _ in .hold }, at: 0)
      for party in Party.allCases { try expect(party, patterns[party]) }
      rules.removeFirst()
      try release()
    case .resend(let party): try awaitResend(of: party)
    }
  }
}

extension SequenceNumber {
  /// The number, or nil for 0, which to TCP_REPAIR means "choose one": a document that begins there is bound to the
  /// kernel's number, as one that may not place any.
  fileprivate var ifPlaceable: SequenceNumber? { rawValue == 0 ? nil : self }
}
