package import Documents
import Linux
package import Traces

/// Keeps what is done and seen during one play.
package final class Recorder {
  /// When the play began, on the monotonic clock.
  package let start: Int64
  package private(set) var events: [Event] = []

  package init() { start = Clock.monotonic() }

  /// Adds an event; its time is now unless it is given, on the monotonic clock.
  ///
  /// - Returns: the event's place, for others to refer to.
  @discardableResult
  package func record(
    _ what: Event.What, party: Party? = nil, observer: ObserverKind? = nil, at time: Int64? = nil
  ) -> Int {
    events.append(
      Event(time: (time ?? Clock.monotonic()) - start, party: party, observer: observer, what: what))
    return events.count - 1
  }

  /// Takes over what another recorder has of a connection that was played meanwhile.
  func adopt(_ other: Recorder) {
    let offset = events.count
    for var event in other.events {
      event.time += other.start - start
      event.what = event.what.referring { $0 + offset }
      events.append(event)
    }
  }

  /// Says otherwise how what is recorded at this place went on.
  func amend(_ place: Int, _ what: Event.What) { events[place].what = what }

  /// Forgets what was recorded from this place on.
  func forget(from place: Int) { events.removeSubrange(place...) }
}
