import Documents
import TCP

/// A run by hand as it is drawn: in the order of its events, without the time that a person took.
package struct StepTrace: Equatable, Sendable {
  /// With the time between two events only where a timer expired meanwhile.
  package var trace: Trace
  /// With the times of the clock.
  package var original: Trace
  /// The segments whose arrival is a step of its own, or that have not arrived.
  package var late: Set<Int>
  /// The places where a segment arrives that has arrived before.
  package var repeats: Set<Int>
  /// The places of what came by a timer.
  package var byTimer: Set<Int>

  /// - Parameters:
  ///   - trace: of a connection of which every segment was held and then let go, lost or left.
  ///   - isByTimer: tells whether the event came by itself.
  package init(of trace: Trace, isByTimer: (Event) -> Bool = { _ in false }) {
    original = trace
    self.trace = trace
    byTimer = Set(trace.events.indices.filter { isByTimer(trace.events[$0]) })
    var ends: [Int: Int] = [:]
    (late, repeats) = ([], [])
    for place in trace.events.indices {
      switch trace.events[place].what {
      case .delivered(let segment):
        if ends[segment] == nil { ends[segment] = place } else { repeats.insert(place) }
      case .dropped(let segment): if ends[segment] == nil { ends[segment] = place }
      default: break
      }
    }
    for place in trace.events.indices where trace.events[place].segment != nil {
      guard let end = ends[place], !trace.isMoved(between: place, and: end) else {
        late.insert(place)
        continue
      }
    }
    var time: Int64 = 0
    for place in trace.events.indices {
      // Of a state that a timer led to it must be plain that nothing else did.
      let isFirst = byTimer.contains(place) && (place == 0 || !byTimer.contains(place - 1))
      time += isFirst ? 2 * Trace.pause : 1_000
      self.trace.events[place].time = time
    }
  }
}

extension Trace {
  /// Tells whether something was called, made up, sent, delivered or lost between these two places.
  fileprivate func isMoved(between first: Int, and second: Int) -> Bool {
    events[(first + 1)..<second].contains {
      switch $0.what {
      case .call, .forged, .rebooted, .segment, .delivered, .dropped: true
      default: false
      }
    }
  }
}
