package import Documents
import Linux
package import TCP
package import Traces

/// The events of one run so far, and questions about them.
///
/// All connections of a run share it. An event is named by its place in ``events``.
package final class Log {
  /// Tells that a step took so long that one of the kernel's timers may have sent something that it does not send in
  /// every run.
  package var wasSlow = false
  /// Tells that a part of the run was run again, and nothing of the first time is left but what the kernel counted.
  var wasRunInPart = false
  /// The time at which the run began, on the monotonic clock in nanoseconds.
  package let start: Int64
  package private(set) var events: [Event] = []

  package init() { start = Clock.monotonic() }

  /// The present time, as events have it.
  package var now: Int64 { Clock.monotonic() - start }
  /// The place of the event that will be recorded next.
  package var nextPlace: Int { events.count }

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

  /// Takes over the events of another log, of a connection that was driven meanwhile.
  func adopt(_ other: Log) {
    let offset = events.count
    if other.wasSlow { wasSlow = true }
    if other.wasRunInPart { wasRunInPart = true }
    for var event in other.events {
      event.time += other.start - start
      event.what = event.what.referring { $0 + offset }
      events.append(event)
    }
  }

  /// Replaces the event at this place, for a call that went on.
  func amend(_ place: Int, _ what: Event.What) { events[place].what = what }

  /// Removes the events from this place on.
  func forget(from place: Int) { events.removeSubrange(place...) }
}

/// Segments that left.
extension Log {
  /// The segment that left at this place; nil where the place is nil or holds something else.
  package func segment(at place: Int?) -> Segment? { place.flatMap { events[$0].segment } }

  /// The places of such segments that left the party, or either, from a place on.
  package func segments(
    of party: Party? = nil, since start: Int = 0, where isWanted: (Segment) -> Bool = { _ in true }
  ) -> [Int] {
    events[start...].indices.filter { isSegment(at: $0, of: party, isWanted) }
  }

  /// The place of the first such segment that left the party, or either, from a place on.
  package func firstSegment(
    of party: Party? = nil, since start: Int = 0, where isWanted: (Segment) -> Bool = { _ in true }
  ) -> Int? {
    events[start...].indices.first { isSegment(at: $0, of: party, isWanted) }
  }

  /// The place of the last such segment that left the party, from a place on.
  package func lastSegment(
    of party: Party, since start: Int = 0, where isWanted: (Segment) -> Bool = { _ in true }
  ) -> Int? {
    events[start...].indices.last { isSegment(at: $0, of: party, isWanted) }
  }

  /// The place of the first RST that left the party, or either, from a place on.
  package func firstReset(of party: Party? = nil, since start: Int = 0) -> Int? {
    firstSegment(of: party, since: start) { $0.flags.contains(.rst) }
  }

  /// The place of the last RST that left the party.
  package func lastReset(of party: Party) -> Int? {
    lastSegment(of: party) { $0.flags.contains(.rst) }
  }

  private func isSegment(at place: Int, of party: Party?, _ isWanted: (Segment) -> Bool) -> Bool {
    guard party == nil || events[place].party == party, let segment = events[place].segment else {
      return false
    }
    return isWanted(segment)
  }

  /// The place at which this segment arrived.
  package func arrival(of place: Int?) -> Int? {
    guard let place else { return nil }
    return events.firstIndex { if case .delivered(place) = $0.what { true } else { false } }
  }

  /// The place at which a segment arrived last at the party.
  package func lastArrival(at party: Party) -> Int? {
    events.lastIndex { if case .delivered = $0.what { $0.party == party } else { false } }
  }

  /// The place at which a segment was altered last.
  package var lastAltered: Int? {
    events.lastIndex { if case .altered = $0.what { true } else { false } }
  }

  /// Tells whether a timer of the kernel's has sent something for this party from a place on: data, a SYN or a FIN that
  /// had left before, or a probe (the number before the next one, without data).
  func hasTimerSent(for party: Party, since start: Int) -> Bool {
    var sent: Set<SequenceNumber> = []
    var next: SequenceNumber?
    for event in events[start...] where event.party == party {
      guard let segment = event.segment, !segment.flags.contains(.rst) else { continue }
      if segment.sequenceLength > 0 {
        if !sent.insert(segment.sequence).inserted { return true }
      } else if segment.sequence + 1 == next {
        return true
      }
      if next.map({ $0 <= segment.end }) ?? true { next = segment.end }
    }
    return false
  }

  /// Tells whether a party has sent a segment again, from this place on, later than this length after the time before.
  package func resentLate(since start: Int, after length: Duration) -> Bool {
    events.indices.dropFirst(start).contains { place in
      guard let segment = events[place].segment, segment.sequenceLength > 0 else { return false }
      let earlier = events[..<place].last { event in
        event.party == events[place].party
          && event.segment.map { $0.sequence == segment.sequence && $0.sequenceLength > 0 } ?? false
      }
      return earlier.map { .nanoseconds(events[place].time - $0.time) > length } ?? false
    }
  }

  /// Tells whether something has arrived at this party from a place on that it has not acknowledged: then its ACK may be
  /// delayed.
  func owesAck(_ party: Party, since start: Int) -> Bool {
    var owed: SequenceNumber?
    var lost: Set<Int> = []
    let own = events[start...]
    for event in own { if case .dropped(let place) = event.what { lost.insert(place) } }
    for (place, event) in zip(own.indices, own) {
      guard let segment = event.segment else { continue }
      if event.party == party.other, segment.sequenceLength > 0, !lost.contains(place) { owed = segment.end }
      if event.party == party, let end = owed, let acknowledged = segment.acknowledged, end <= acknowledged {
        owed = nil
      }
      if segment.flags.contains(.rst) { owed = nil }
    }
    return owed != nil
  }
}

/// Calls, looks, and what the machine did.
extension Log {
  /// The place of the last call; of the last such call, where one is given.
  package func lastCall(_ call: Call? = nil) -> Int? {
    events.lastIndex {
      if case .call(let made, _, _) = $0.what { call == nil || made == call } else { false }
    }
  }

  /// The number of octets that the kernel has taken from the party by send().
  package func octetsWritten(by party: Party) -> Int {
    events.reduce(0) { sum, event in
      guard event.party == party, case .call(.send, .returned(let count), _) = event.what else { return sum }
      return sum + count
    }
  }

  /// The place of the last look at the party's socket.
  package func lastLook(at party: Party) -> Int? {
    events.lastIndex { if $0.party == party, case .sighting = $0.what { true } else { false } }
  }

  /// Tells that a tracepoint has told of a timer.
  package var seesTimers: Bool { events.contains { if case .timer = $0.what { true } else { false } } }

  /// Tells whether the machine has disturbed the run from a place on.
  package func isDisturbed(since start: Int = 0) -> Bool {
    events[start...].contains(where: \.isDisturbance)
  }
}
