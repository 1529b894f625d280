import Documents
import TCP
import Traces

/// Data that the kernel sends again.
extension LadderJudge {
  /// Tells whether the segment is data that the kernel sends again, and the page does not say so here. That does not
  /// contradict the page: what it says is lost comes again, and what is not acknowledged in time does. A written record
  /// shows all.
  func isUnnamedRepeat(_ place: Int, for pattern: SegmentPattern, rung: Int, party: Party) -> Bool {
    guard !judgement.ladder.isExhaustive, repeats(of: party, inRung: rung) == .none else { return false }
    if trace.events.isUnnamedRepeat(at: place, for: pattern) { return true }
    guard pattern.flags != .syn, trace.events.repeatsAll(at: place) else { return false }
    let isNamed = trace.events[place].segment.map {
      pattern.flags.isSuperset(of: $0.flags.intersection(.control))
    }
    if isNamed != true, isUnansweredYet(place) { return true }
    // A segment that is held comes again, as a lost one does.
    return trace.isLost(segmentAt: place)
      && judgement.ladder.rungs[...rung].contains { $0.cells[party].elements.contains(.arrivesLater) }
  }

  /// Tells whether the segment comes again while it, or the answer to it, is under way: the page does not say for how
  /// long.
  private func isUnansweredYet(_ place: Int) -> Bool {
    judgement.ladder.hasLateArrivals && trace.isAnythingUnderWay(at: place)
      && trace.events.repeatsAll(at: place) && trace.events.isDue(again: place)
  }

  /// Tells whether the segment is data of a call that was made while a segment was under way: it waits for the ACK.
  private func hasWaitedForAck(_ place: Int, of party: Party) -> Bool {
    guard judgement.ladder.hasLateArrivals, let segment = trace.events[place].segment, segment.length > 0,
      segment.flags.isDisjoint(with: .control)
    else { return false }
    let call = trace.events[..<place].lastIndex { event in
      if case .call(.send, _, _) = event.what { event.party == party } else { false }
    }
    return call.map(trace.isAnythingUnderWay) ?? false
  }

  /// Tells whether the segment is an RST, and answers one that came again because an answer is under way, or the ACK of
  /// such a one.
  private func answersRepeat(_ place: Int, of party: Party) -> Bool {
    guard trace.events[place].segment?.flags.contains(.rst) == true,
      let cause = lastArrival(at: party, before: place)
    else { return false }
    if isUnansweredYet(cause) { return true }
    guard trace.events[cause].segment?.isPureAck == true else { return false }
    return lastArrival(at: party.other, before: cause).map(isUnansweredYet) ?? false
  }

  /// The place of the segment that arrived last at this party before this place.
  private func lastArrival(at party: Party, before place: Int) -> Int? {
    trace.events[..<place].reversed().lazy.compactMap { event -> Int? in
      if case .delivered(let segment) = event.what, event.party == party { segment } else { nil }
    }.first
  }

  /// Tells whether the segment may follow the last step of a page: data that is sent again, what was lost, or what a
  /// late arrival causes.
  func mayFollow(_ place: Int, of party: Party) -> Bool {
    guard !judgement.ladder.isExhaustive else { return false }
    if goesOnOpening(place, of: party) { return true }
    if trace.events.repeatsData(at: place), trace.events.isDue(again: place) { return true }
    if isUnansweredYet(place) || answersRepeat(place, of: party) || hasWaitedForAck(place, of: party) {
      return true
    }
    guard trace.events.repeatsAll(at: place), let segment = trace.events[place].segment else { return false }
    return trace.segments(of: party).contains { earlier in
      earlier.place < place && earlier.segment.sequence == segment.sequence
        && trace.isLost(segmentAt: earlier.place)
    }
  }

  func repeats(of party: Party, inRung rung: Int) -> Plan.Repeats {
    plan?.repeats(of: party, inRung: rung) ?? .none
  }

  /// The segments that a cell is compared with which stands for data sent before: in any order, for a loss probe sends
  /// the last segment before a timeout sends the first. Nil where it is the next segment, or a part of that.
  mutating func runOfRepeats(
    from first: (place: Int, segment: Segment), for pattern: SegmentPattern, rung: Int, party: Party
  ) -> SegmentRun? {
    guard let length = pattern.length, let original = original(of: first.segment, rung: rung, party: party)
    else { return nil }
    // An ACK of all that was sent is meant, and not those that come before.
    let ends = trace.segments(of: party).lazy.filter { $0.place <= first.place && $0.segment.length > 0 }
    var start = original.sequence
    if let earlier = lastRun[party], earlier.first < start { start = earlier.first }
    lastRun[party] = (start, ends.map(\.segment.end).max(by: <) ?? first.segment.end)
    if let exact = exactRepeat(of: first, for: pattern, party: party) { return exact }
    guard first.segment.length < length else { return nil }
    var run = SegmentRun(places: [first.place], segment: first.segment)
    if repeats(of: party, inRung: rung) == .first {
      // It is lost, and the rest does not come before it has arrived.
      if length == original.length { (run.segment.sequence, run.segment.length) = original }
      return run
    }
    var ranges = [first.segment.range(from: original.sequence)]
    while octets(in: ranges) < length, let index = nextRepeat(of: party) {
      for passed in remaining[party][..<index] { passOver(passed.place, rung: rung, party: party) }
      let more = remaining[party][index]
      remaining[party].removeSubrange(...index)
      run.places.append(more.place)
      run.segment.flags.formUnion(more.segment.flags)
      ranges.append(more.segment.range(from: original.sequence))
    }
    run.segment.length = octets(in: ranges)
    run.segment.sequence = original.sequence + (ranges.map(\.lowerBound).min() ?? 0)
    return run
  }

  /// The one segment among those that are sent again which is what the cell says; those before it stay for other cells.
  private mutating func exactRepeat(
    of first: (place: Int, segment: Segment), for pattern: SegmentPattern, party: Party
  ) -> SegmentRun? {
    func isMeant(_ segment: Segment) -> Bool {
      guard let length = pattern.length, segment.length == length else { return false }
      guard let number = pattern.sequence else { return true }
      return numbering.value(of: number, of: party).map { $0 == segment.sequence } ?? true
    }
    if isMeant(first.segment) { return SegmentRun(places: [first.place], segment: first.segment) }
    let index = remaining[party].firstIndex { isMeant($0.segment) && trace.events.repeatsData(at: $0.place) }
    guard let index else { return nil }
    let found = remaining[party].remove(at: index)
    remaining[party].insert(first, at: 0)
    return SegmentRun(places: [found.place], segment: found.segment)
  }

  private func nextRepeat(of party: Party) -> Int? {
    guard let index = remaining[party].firstIndex(where: { !$0.segment.isPureAck }),
      trace.events.repeatsData(at: remaining[party][index].place)
    else { return nil }
    return index
  }

  /// The octets that an earlier cell of the party's stood for, and these among them: the number of the first, and the
  /// count.
  private func original(
    of segment: Segment, rung: Int, party: Party
  ) -> (sequence: SequenceNumber, length: Int)? {
    for run in judgement.runs[..<rung].reversed() {
      let segments = run[party].compactMap { trace.events[$0].segment }
      guard let first = segments.first, let last = segments.last, first.sequence <= segment.sequence,
        segment.end <= last.end
      else { continue }
      return (first.sequence, last.end - first.sequence)
    }
    return nil
  }

  private func octets(in ranges: [Range<Int>]) -> Int {
    var count = 0
    var end = Int.min
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.upperBound > end {
      count += range.upperBound - max(end, range.lowerBound)
      end = range.upperBound
    }
    return count
  }

  /// The reason why a difference is not held against the page; nil where it is.
  func doubt(_ comparison: SegmentComparison, _ run: SegmentRun, rung: Int, party: Party) -> String? {
    guard !comparison.differing.isEmpty else { return nil }
    // The step was not run to its end.
    if trace.end != .finished, !hasReached(rung + 1) { return trace.obstacle?.description }
    if let reason = frameDoubt(comparison, run, rung: rung, party: party) { return reason }
    guard repeats(of: party, inRung: rung) != .none, let first = run.places.first,
      let segment = trace.events[first].segment,
      Set(comparison.differing).isSubset(of: ["SEQ", "length"]),
      let original = original(of: segment, rung: rung, party: party), original.sequence < segment.sequence,
      original.sequence + original.length == segment.end
    else { return nil }
    return "the kernel first retransmitted the last segment, as a tail loss probe does before a timeout"
  }

  private func hasReached(_ rung: Int) -> Bool {
    trace.events.contains { $0.what == .rung(index: rung) }
  }

  /// Says of each cell which of its bytes were sent again though the page does not show it.
  mutating func noteRepeats() {
    for place in judgement.passedOver where trace.events.repeatsData(at: place) {
      guard let party = trace.events[place].party, let segment = trace.events[place].segment else { continue }
      let index = judgement.parts.lastIndex { part in
        guard case .segment(let rung, party) = part.subject else { return false }
        return judgement.runs[rung][party].contains { earlier in
          guard earlier < place, let sent = trace.events[earlier].segment else { return false }
          return sent.sequence < segment.end && segment.sequence < sent.end
        }
      }
      guard let index else { continue }
      let note = "\(segment.length) of its bytes were retransmitted, which the page does not show"
      if !judgement.parts[index].verdict.composition.contains(note) {
        judgement.parts[index].verdict.composition.append(note)
      }
    }
  }
}

extension Segment {
  /// The places of its octets behind this number.
  fileprivate func range(from number: SequenceNumber) -> Range<Int> {
    let start = sequence - number
    return start..<start + length
  }
}
