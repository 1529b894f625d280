import Documents
import TCP

/// The passages of segments that were held: where each ended, and which one others overtook or crossed.
struct Passages {
  /// The place where each segment arrived first, or was lost.
  private(set) var ends: [Int: Int] = [:]
  /// The places where a segment arrived once more.
  private(set) var repeats: [Int: Int] = [:]
  /// The pure ACKs and RSTs that answer a segment which arrived once more.
  private(set) var answers: Set<Int> = []
  /// The segments that were passed or still are under way; those of one party arrive in the order in which they left. The
  /// value is the place where the first one passed each.
  private(set) var late: [Int: Int] = [:]
  /// The segments that were passed, and that overtook another one of their party's that was.
  private(set) var crowded: [Int] = []

  init(_ trace: Trace) {
    for place in trace.events.indices {
      switch trace.events[place].what {
      case .delivered(let segment):
        if ends[segment] == nil { ends[segment] = place } else { repeats[place] = segment }
      case .dropped(let segment): if ends[segment] == nil { ends[segment] = place }
      default: break
      }
    }
    for place in repeats.keys { answers.formUnion(answers(to: place, in: trace)) }
    find(in: trace)
  }

  /// The pure ACKs and RSTs that leave behind this arrival, before anything else is done.
  private func answers(to place: Int, in trace: Trace) -> [Int] {
    (place..<nextAction(behind: place, in: trace)).filter {
      guard trace.events[$0].party == trace.events[place].party, let segment = trace.events[$0].segment else {
        return false
      }
      return segment.isPureAck || segment.flags.contains(.rst)
    }
  }

  /// Notes that the segment, which has left, stands before this place, and once more where it arrives.
  mutating func delay(_ segment: Int, before place: Int) { late[segment] = place }

  private func nextAction(behind place: Int, in trace: Trace) -> Int {
    let next = trace.events.indices[(place + 1)...].first {
      switch trace.events[$0].what {
      case .call, .delivered, .dropped, .forged, .rebooted: true
      default: false
      }
    }
    return next ?? trace.events.endIndex
  }

  /// The segments that stand before this place, in the order in which they left.
  func standing(before place: Int) -> [Int] { late.filter { $0.value == place }.keys.sorted() }

  func isRepeated(_ segment: Int) -> Bool { repeats.values.contains(segment) }

  private mutating func find(in trace: Trace) {
    let places = trace.events.indices.filter { trace.events[$0].segment != nil && !answers.contains($0) }
    let again = retransmissions(in: trace)
    /// The place where each party's last late segment arrives.
    var until = Both(-1)
    for place in places {
      guard let party = trace.events[place].party, let segment = trace.events[place].segment,
        !trace.isLost(segmentAt: place)
      else { continue }
      let end = ends[place] ?? trace.events.endIndex
      var passing = places.compactMap { other -> Int? in
        guard other != place, let otherEnd = ends[other], place < otherEnd, otherEnd < end else { return nil }
        // A pure ACK is the same, whatever data crosses it.
        let passes =
          trace.events[other].party == party
          ? other > place
          : !segment.isPureAck || trace.events[other].segment.map { $0.isPureAck || $0.isControl } ?? false
        return passes ? otherEnd : nil
      }
      // Run again, it would arrive before a timer fires.
      passing += again.filter { place < $0 && $0 < end }
      // Whatever is done may stop the timer that sends it again.
      if again.contains(place) { passing += [nextAction(behind: place, in: trace)].filter { $0 < end } }
      guard var first = passing.min() ?? (ends[place] == nil ? trace.events.endIndex : nil) else { continue }
      // Run again, the kernel may delay an ACK: it is waited for before anything else is done.
      if segment.isPureAck { first = min(first, nextAction(behind: place, in: trace)) }
      guard until[party] <= end else {
        crowded.append(place)
        continue
      }
      until[party] = end
      late[place] = first
      // Those of its party's that left before it are under way as well, and arrive before it.
      for earlier in places where earlier < place && trace.events[earlier].party == party {
        guard !trace.isLost(segmentAt: earlier), ends[earlier].map({ first < $0 }) ?? true,
          !crowded.contains(earlier)
        else { continue }
        late[earlier] = min(late[earlier] ?? first, first)
      }
    }
  }

  /// The places of segments that a timer sends again.
  private func retransmissions(in trace: Trace) -> [Int] {
    var sent: Both<Set<SequenceNumber>> = Both([])
    return trace.events.indices.filter { place in
      guard let party = trace.events[place].party, let segment = trace.events[place].segment,
        segment.sequenceLength > 0
      else { return false }
      return !sent[party].insert(segment.sequence).inserted
    }
  }
}

extension Segment {
  fileprivate var isControl: Bool { !flags.isDisjoint(with: .control) }
}
