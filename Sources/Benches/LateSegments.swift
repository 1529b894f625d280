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
    /// Tells that the party's timer sends it again: the copy arrives, though an earlier one may be under way.
    var isAgain: Bool

    /// The same with what is left behind a part of it; nil where nothing is left.
    func rest(behind segment: Segment) -> Expected? {
      guard let pattern = pattern.rest(behind: segment) else { return nil }
      return Expected(step: step, pattern: pattern, barrier: barrier, isAgain: isAgain)
    }
  }

  /// Each party's next segments, but for the one that is waited for.
  private var expected: Both<[Expected]> = Both([])
  /// Each party's segment that arrives at once.
  private var awaited: Both<Expected?> = Both(nil)
  private var step = 0
  /// The segments that have left before the run came to their rows.
  private var early: Both<[Segment]> = Both([])
  /// The segments that have left and were not lost.
  private var sent: Both<[Segment]> = Both([])
  /// The segments that timers have sent again meanwhile, and no row shows.
  private var copies: Both<[Segment]> = Both([])
  /// The segments that are under way until a later row, oldest first; nil is one that did not leave.
  private var underWay: Both<[(place: Int, segment: Segment)?]> = Both([])

  /// - Parameter plan: a plan in which nothing is under way until a later row makes everything arrive at once.
  init(of plan: Plan? = nil) {
    guard let plan, plan.steps.contains(where: { if case .expectHeld = $0.action { true } else { false } })
    else { return }
    for party in Party.allCases {
      var barrier: Int?
      var isAgain = false
      for (step, action) in plan.steps.map(\.action).enumerated() {
        switch action {
        case .reboot(party): barrier = step
        case .resend(party): (barrier, isAgain) = (step, true)
        default: break
        }
        guard let pattern = action.segment(of: party) else { continue }
        expected[party].append(Expected(step: step, pattern: pattern, barrier: barrier, isAgain: isAgain))
        isAgain = false
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
      if expected[party].first?.step == step { awaited[party] = expected[party].removeFirst() }
    }
  }

  /// The fate of a segment that leaves; nil where it is none of a later row.
  ///
  /// A copy that the kernel sends while something is under way, and that no row shows, is lost: one of what is under way
  /// would arrive too early, and one of what has arrived would bring the ACK, or cause the ACK, that is under way.
  func fate(of segment: Segment, from party: Party) -> Fate? {
    let isSomethingKept = Party.allCases.contains {
      !early[$0].isEmpty || underWay[$0].contains { $0 != nil }
    }
    let next = awaited[party] ?? expected[party].first
    if isSomethingKept, sent[party].contains(where: segment.repeats),
      next.map({ $0.isAgain && hasPassed($0.barrier) }) != true
    {
      copies[party].append(segment)
      return .drop
    }
    sent[party].append(segment)
    if let next = awaited[party], next.pattern.isCompared(with: segment) {
      awaited[party] = next.rest(behind: segment)
      return nil
    }
    return keep(segment, of: party) ? .hold : nil
  }

  /// Notes the segment if it is the party's next one of a later row.
  func keep(_ segment: Segment, of party: Party) -> Bool {
    guard let next = expected[party].first, next.pattern.isCompared(with: segment),
      hasPassed(next.barrier)
    else { return false }
    if let rest = next.rest(behind: segment) {
      expected[party][0] = rest
    } else {
      expected[party].removeFirst()
    }
    early[party].append(segment)
    return true
  }

  private func hasPassed(_ barrier: Int?) -> Bool { barrier.map { $0 <= step } ?? true }

  /// Notes that the run has come to the row of this segment.
  func take(_ segment: Segment, of party: Party) {
    early[party].removeAll { $0 == segment }
    sent[party].append(segment)
  }

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

  /// Tells whether a timer has sent the segment again while one was under way: no cell means it.
  ///
  /// Without timestamps the first may be the same in all fields, so the place is looked at, too.
  func isCopy(at place: Int, in log: Log) -> Bool {
    guard let party = log.events[place].party, let segment = log.segment(at: place) else { return false }
    return copies[party].contains(segment) && log.events.repeatsAll(at: place)
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

extension Plan.Action {
  /// The pattern of the party's segment that is waited for; nil where none is.
  fileprivate func segment(of party: Party) -> SegmentPattern? {
    switch self {
    case .expect(party, let pattern), .expectHeld(party, let pattern, _),
      .expectAbandoned(party, let pattern):
      return pattern
    case .expectData(party, var pattern, let octets, _):
      pattern.length = octets
      return pattern
    case .expectBoth(let patterns): return patterns[party]
    default: return nil
    }
  }
}
