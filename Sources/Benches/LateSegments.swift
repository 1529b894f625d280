import Documents
import TCP

/// The order of the segments of a page in which some arrive in a later row than the one in which they leave.
///
/// A segment that leaves while the run waits for one of an earlier row is kept until the run comes to its own row: then
/// it arrives, or is under way until the row that lets it arrive. Those of one party arrive in the order of their rows.
final class LateSegments {
  private struct Expected {
    /// The index of its step.
    var step: Int
    var pattern: SegmentPattern
    /// The index of the last step before it that makes other segments of its party of all that leave until then.
    var barrier: Int?
  }

  /// Each party's next segments, but for the one that is waited for.
  private var expected: Both<[Expected]> = Both([])
  /// The pattern of each party's segment that arrives at once.
  private var awaited: Both<SegmentPattern?> = Both(nil)
  private var step = 0
  /// The segments that have left before the run came to their rows.
  private var early: Both<[Segment]> = Both([])
  /// The segments that are under way until a later row, oldest first; nil is one that did not leave.
  private var underWay: Both<[(place: Int, segment: Segment)?]> = Both([])

  /// - Parameter plan: a plan in which nothing is under way until a later row makes everything arrive at once.
  init(of plan: Plan? = nil) {
    guard let plan, plan.steps.contains(where: { if case .expectHeld = $0.action { true } else { false } })
    else { return }
    for party in Party.allCases {
      var barrier: Int?
      for (step, action) in plan.steps.map(\.action).enumerated() {
        switch action {
        case .reboot(party), .resend(party): barrier = step
        case .expect(party, let pattern), .expectHeld(party, let pattern, _),
          .expectAbandoned(party, let pattern):
          expected[party].append(Expected(step: step, pattern: pattern, barrier: barrier))
        case .expectData(party, var pattern, let octets, _):
          pattern.length = octets
          expected[party].append(Expected(step: step, pattern: pattern, barrier: barrier))
        case .expectBoth(let patterns):
          expected[party].append(Expected(step: step, pattern: patterns[party], barrier: barrier))
        default: break
        }
      }
    }
  }

  /// Goes on to this step.
  func begin(_ step: Int, _ action: Plan.Action) {
    self.step = step
    for party in Party.allCases {
      expected[party].removeAll { $0.step < step }
      awaited[party] = nil
      if case .expectHeld = action { continue }
      if expected[party].first?.step == step { awaited[party] = expected[party].removeFirst().pattern }
    }
  }

  /// The fate of a segment that leaves; nil where it is none of a later row.
  ///
  /// What the kernel sends again meanwhile is lost, so that one copy arrives.
  func fate(of segment: Segment, from party: Party) -> Fate? {
    let kept = early[party] + underWay[party].compactMap { $0?.segment }
    if kept.contains(where: segment.repeats) { return .drop }
    if let pattern = awaited[party], pattern.isCompared(with: segment) {
      awaited[party] = pattern.rest(behind: segment)
      return nil
    }
    return keep(segment, of: party) ? .hold : nil
  }

  /// Notes the segment if it is the party's next one of a later row.
  func keep(_ segment: Segment, of party: Party) -> Bool {
    guard let next = expected[party].first, next.pattern.isCompared(with: segment),
      next.barrier.map({ $0 <= step }) ?? true
    else { return false }
    if let rest = next.pattern.rest(behind: segment) {
      expected[party][0].pattern = rest
    } else {
      expected[party].removeFirst()
    }
    early[party].append(segment)
    return true
  }

  /// Notes that the run has come to the row of this segment.
  func take(_ segment: Segment, of party: Party) { early[party].removeAll { $0 == segment } }

  /// Notes that this segment is under way until a later row; nil is one that did not leave.
  func send(_ segment: (place: Int, segment: Segment)?, of party: Party) {
    if let segment { take(segment.segment, of: party) }
    underWay[party].append(segment)
  }

  /// Takes the party's oldest segment from those that are under way.
  ///
  /// - Returns: the place where it left; nil where nothing is.
  func next(of party: Party) -> Int? {
    underWay[party].isEmpty ? nil : underWay[party].removeFirst()?.place
  }

  func isKept(_ segment: Segment, at place: Int, of party: Party) -> Bool {
    early[party].contains(segment) || underWay[party].contains { $0?.place == place }
  }
}

extension Segment {
  /// Tells whether this segment takes the same numbers as that one, and takes any.
  fileprivate func repeats(_ other: Segment) -> Bool {
    sequence == other.sequence && sequenceLength > 0 && sequenceLength == other.sequenceLength
  }
}
