import Documents
import TCP

/// A run by hand as it is drawn: each segment stands where it arrives, and the time that a person took is left out.
package struct ArrivalOrder: Equatable, Sendable {
  package var trace: Trace
  /// The segments that others have passed: they stand where they leave.
  package var late: Set<Int>
  /// The places where a segment arrives that has arrived before.
  package var repeats: Set<Int>

  /// - Parameters:
  ///   - trace: of a connection of which every segment was held and then let go, lost or left.
  ///   - byTimer: the places of what has come by itself: it has its time.
  package init(of trace: Trace, byTimer: (Event) -> Bool = { _ in false }) {
    let passages = Passages(trace)
    // A segment stands where it left if nothing else was done while it waited.
    let prompt = Set(passages.ends.filter { !trace.isMoved(between: $0.key, and: $0.value) }.keys)
    var order: [Int] = []
    var looks: Both<Int?> = Both(nil)
    for place in trace.events.indices {
      let event = trace.events[place]
      if case .sighting = event.what, let party = event.party { looks[party] = place }
      if event.segment != nil, !prompt.contains(place) { continue }
      var standing = passages.standing(before: place)
      if let segment = event.endedSegment, passages.ends[segment] == place, passages.late[segment] == nil,
        !prompt.contains(segment)
      {
        standing.append(segment)
      }
      for segment in standing {
        order.append(segment)
        // The state that the sender has come to since it sent it stands with the segment.
        if let party = trace.events[segment].party, let look = looks[party] { order.append(look) }
      }
      order.append(place)
    }
    var newPlaces: [Int: Int] = [:]
    // A look that stands twice is nobody's reference.
    for (place, old) in order.enumerated() { newPlaces[old] = place }
    var time: Int64 = 0
    var last: Int64 = 0
    var events: [Event] = []
    for old in order {
      var event = trace.events[old]
      let gap = max(0, event.time - last)
      last = max(last, event.time)
      time += byTimer(event) ? gap : min(gap, 1_000)
      event.time = time
      event.what = event.what.referring { newPlaces[$0] ?? $0 }
      events.append(event)
    }
    self.trace = trace
    self.trace.events = events
    self.late = Set(passages.late.keys.compactMap { newPlaces[$0] })
    repeats = Set(passages.repeats.keys.compactMap { newPlaces[$0] })
  }
}

extension Event {
  /// The place of the segment that arrives or is lost here.
  fileprivate var endedSegment: Int? {
    switch what {
    case .delivered(let segment), .dropped(let segment): segment
    default: nil
    }
  }
}

extension Trace {
  /// Tells whether something was called, made up, delivered or lost between these two places.
  fileprivate func isMoved(between first: Int, and second: Int) -> Bool {
    events[(first + 1)..<second].contains {
      switch $0.what {
      case .call, .forged, .delivered, .dropped: true
      default: false
      }
    }
  }
}
