import Documents
import TCP
import Traces

/// Segments that a cell is compared with as one: they carry octets of one write and adjoin each other. Where the document
/// makes more segments of a write than the kernel, the cell is compared with a part of a segment.
struct SegmentRun {
  var places: [Int]
  var segment: Segment

  /// The difference between the kernel's segments and what the cell is compared with; nil where it is one segment.
  func note(in trace: Trace) -> String? {
    let lengths = places.compactMap { trace.events[$0].segment?.length }
    if lengths == [segment.length] { return nil }
    let octets = "these \(segment.length) bytes"
    guard lengths.count > 1, let least = lengths.min(), let most = lengths.max() else {
      let length = lengths.first ?? 0
      return length < segment.length
        ? "the first segment carries \(length) of \(octets)" : "\(octets) are part of a segment of \(length)"
    }
    let each = lengths.count == 2 ? "\(lengths[0]) and \(lengths[1])" : "\(least) to \(most)"
    return "\(octets) left in \(lengths.count) segments of \(each)"
  }
}

/// A party's stream as its calls wrote it: for each call that sent something, the octets that it put there.
struct Writes {
  /// The number of the stream's first octet; nil where no data was sent.
  private let base: SequenceNumber?
  private var ranges: [Range<Int>] = []

  init(of party: Party, in trace: Trace, from start: Int) {
    base = trace.segments(of: party).first { $0.place >= start && $0.segment.length > 0 }?.segment.sequence
    var end = 0
    for event in trace.events[start...] where event.party == party {
      guard case .call(.send, .returned(let count), _) = event.what, count > 0 else { continue }
      ranges.append(end..<end + count)
      end += count
    }
  }

  /// The octets of the same write, from this one on; nil where no call is known to have written it.
  func rest(from number: SequenceNumber) -> Int? {
    guard let base else { return nil }
    let offset = number - base
    return ranges.first { $0.contains(offset) }.map { $0.upperBound - offset }
  }
}

extension LadderJudge {
  /// The segments that a cell for data is compared with, beginning with the party's next one.
  ///
  /// A written record shows every segment as it was, so there each cell is compared with one.
  mutating func run(
    from first: (place: Int, segment: Segment), for pattern: SegmentPattern, rung: Int, party: Party
  ) -> SegmentRun {
    if !judgement.ladder.isExhaustive, repeats(of: party, inRung: rung) != .none,
      trace.events.repeatsData(at: first.place)
    {
      let run = runOfRepeats(from: first, for: pattern, rung: rung, party: party)
      if let run { return run }
    }
    var run = SegmentRun(places: [first.place], segment: first.segment)
    guard pattern.carriesData, first.segment.length > 0, !judgement.ladder.isExhaustive,
      let write = writes[party].rest(from: first.segment.sequence)
    else { return run }
    // What is sent again may be less or more than one write, and the segments of it are not sent in one go.
    let isAgain = isSentAgain(first, by: party)
    let rest = isAgain ? first.segment.length : write
    // A cell behind which no other stands for data takes all that its write has left: what differs is its length then, and
    // not the cells that follow.
    let wanted = expectsMore(of: party, after: rung) ? min(pattern.length ?? rest, rest) : rest
    while !isAgain, run.segment.length < wanted, let index = next(of: party, adjoining: run.segment) {
      for passed in remaining[party][..<index] { passOver(passed.place, rung: rung, party: party) }
      let more = remaining[party][index]
      remaining[party].removeSubrange(...index)
      run.places.append(more.place)
      run.segment.length += more.segment.length
      run.segment.flags.formUnion(more.segment.flags)
    }
    if run.segment.length > wanted, wanted < rest {
      var tail = run.segment
      tail.sequence = tail.sequence + wanted
      tail.length -= wanted
      run.segment.length = wanted
      run.segment.flags.remove(.fin)
      remaining[party].insert((run.places[run.places.count - 1], tail), at: 0)
    }
    lastRun[party] = run.places.count > 1 ? (run.segment.sequence, run.segment.end) : nil
    return run
  }

  /// The index of the party's next segment that is no pure ACK, and does not only repeat data as a timer does, where it
  /// goes on with the same write.
  private func next(of party: Party, adjoining segment: Segment) -> Int? {
    let index = remaining[party].firstIndex { place, next in
      !next.isPureAck && !(trace.events.repeatsData(at: place) && trace.events.isDue(again: place))
    }
    guard let index else { return nil }
    let next = remaining[party][index].segment
    return next.length > 0 && next.sequence == segment.end ? index : nil
  }

  /// Tells whether the octets of this segment have left before.
  private func isSentAgain(_ sent: (place: Int, segment: Segment), by party: Party) -> Bool {
    trace.segments(of: party).contains {
      $0.place < sent.place && $0.segment.sequenceLength > 0 && sent.segment.sequence < $0.segment.end
    }
  }

  /// Tells whether the party's next cell with a segment stands for data, too.
  private func expectsMore(of party: Party, after rung: Int) -> Bool {
    judgement.ladder.rungs[(rung + 1)...].lazy.compactMap { $0.cells[party].segment }.first?.carriesData
      ?? false
  }

  /// Tells whether this ACK covers only some of the segments that were put together, and a later one covers more; the
  /// cell is compared with the later one, unless its number is this one's.
  func isSuperseded(_ segment: Segment, for pattern: SegmentPattern, of party: Party) -> Bool {
    guard pattern.mayBePureAck, segment.isPureAck, let run = lastRun[party.other],
      run.first <= segment.acknowledgment, segment.acknowledgment < run.end
    else { return false }
    let isFollowed = remaining[party].prefix { $0.segment.isPureAck }.contains { later in
      segment.acknowledgment < later.segment.acknowledgment && later.segment.acknowledgment <= run.end
    }
    guard isFollowed else { return false }
    guard case .number(let number)? = pattern.acknowledgment else { return true }
    return numbering.value(of: number, of: party.other) != segment.acknowledgment
  }
}

extension LadderJudge {
  /// Tells whether this ACK is the one that a later cell of the party's names, and this cell names another: then the
  /// kernel sent nothing for this cell. Nothing that the other party sends stands between the two cells.
  func isNamedLater(_ segment: Segment, than pattern: SegmentPattern, rung: Int, party: Party) -> Bool {
    guard segment.isPureAck, let named = acknowledgment(of: pattern, by: party),
      named != segment.acknowledgment
    else { return false }
    for later in judgement.ladder.rungs[(rung + 1)...] {
      if later.isElision { return false }
      if let answered = later.cells[party.other].segment, !answered.mayBePureAck { return false }
      guard let cell = later.cells[party].segment else { continue }
      guard cell.mayBePureAck else { return false }
      if acknowledgment(of: cell, by: party) == segment.acknowledgment { return true }
    }
    return false
  }

  /// The kernel's number that the cell acknowledges; nil where it names none, or nothing binds it yet.
  private func acknowledgment(of pattern: SegmentPattern, by party: Party) -> SequenceNumber? {
    guard pattern.mayBePureAck, case .number(let number)? = pattern.acknowledgment else { return nil }
    return numbering.value(of: number, of: party.other)
  }
}
