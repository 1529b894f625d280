package import Documents
package import TCP

/// A state that an observer says a party was in.
package struct SeenState: Equatable, Sendable {
  package var state: State
  package var observer: ObserverKind
  /// The place of the event that says so.
  package var place: Int
}

extension Trace {
  /// The stretches of the trace in which nothing moved, around a segment: from its leaving to whatever moves next,
  /// and from its arrival to whatever moves next.
  ///
  /// On loopback the arrival is not seen, and the first stretch ends with the next segment.
  package func quietStretches(around place: Int) -> [Range<Int>] {
    var starts = [place]
    if let arrival = arrival(ofSegmentAt: place) { starts.append(arrival) }
    return starts.map { $0..<endOfStretch(from: $0) }
  }

  /// From this place up to before the next segment leaves or arrives, or a party's call changes what it is.
  package func endOfStretch(from start: Int) -> Int {
    events.indices.first { place in
      guard place > start else { return false }
      switch events[place].what {
      case .segment, .delivered, .dropped, .forged, .rebooted: return true
      case .call(.listen, _, _), .call(.connect, _, _), .call(.shutdown, _, _), .call(.close, _, _),
        .call(.abort, _, _):
        return true
      default: return false
      }
    } ?? events.endIndex
  }

  /// The place where the segment that left at this place was delivered or dropped.
  package func arrival(ofSegmentAt place: Int) -> Int? {
    events.indices.first {
      switch events[$0].what {
      case .delivered(let segment), .dropped(let segment): segment == place
      default: false
      }
    }
  }

  /// Tells whether the bench lost the segment that left at this place.
  package func isLost(segmentAt place: Int) -> Bool {
    guard let arrival = arrival(ofSegmentAt: place), case .dropped = events[arrival].what else {
      return false
    }
    return true
  }

  /// Tells whether a segment that left before this place has not arrived yet.
  package func isAnythingUnderWay(at place: Int) -> Bool {
    events[..<place].indices.contains {
      events[$0].segment != nil && arrival(ofSegmentAt: $0).map { place < $0 } ?? true
    }
  }

  /// The states that the party was in during this stretch: the one in force when it began, as far as transitions
  /// tell, and all that were seen within.
  package func states(of party: Party, in stretch: Range<Int>) -> [SeenState] {
    var seen: [SeenState] = []
    if let before = events[..<stretch.lowerBound].indices.last(where: { transition(at: $0, of: party) != nil }
    ),
      let state = transition(at: before, of: party)
    {
      seen.append(SeenState(state: state, observer: .stateTracepoint, place: before))
    }
    for place in stretch where events[place].party == party {
      guard let observer = events[place].observer else { continue }
      if let state = transition(at: place, of: party) ?? look(at: place) {
        seen.append(SeenState(state: state, observer: observer, place: place))
      }
    }
    return seen.filter { !isAmbiguous($0) }
  }

  /// The last state that the party was seen in during this stretch.
  package func lastState(of party: Party, in stretch: Range<Int>) -> State? {
    states(of: party, in: stretch).last?.state
  }

  /// A shorter silence is part of the ordinary course; during a longer one, in nanoseconds, a timer may expire.
  package static let pause: Int64 = 100_000_000

  /// The state that the beginning of this stretch left the party in. What it is seen in after a pause, a timer did.
  package func settledState(of party: Party, in stretch: Range<Int>) -> State? {
    guard !stretch.isEmpty else { return nil }
    let end = events[stretch.lowerBound].time + Trace.pause
    let seen = states(of: party, in: stretch)
    let within = seen.filter { $0.place >= stretch.lowerBound }
    // The machine may have stalled before the first look.
    let settled = within.last { events[$0.place].time < end } ?? within.first ?? seen.last
    return settled?.state
  }

  /// The state that an observer saw the party in last before this place.
  package func lastLook(of party: Party, before place: Int) -> SeenState? {
    for earlier in events[..<place].indices.reversed() where events[earlier].party == party {
      guard let observer = events[earlier].observer, let state = look(at: earlier) else { continue }
      return SeenState(state: state, observer: observer, place: earlier)
    }
    return nil
  }

  /// The state that the party went to, where the event at this place is a transition of its connection.
  private func transition(at place: Int, of party: Party) -> State? {
    guard events[place].party == party, case .transition(let from, let to) = events[place].what else {
      return nil
    }
    // A listener's own comings and goings are not the connection's.
    if to == .listen || (from == .listen && to == .closed) { return nil }
    return to
  }

  private func look(at place: Int) -> State? {
    switch events[place].what {
    case .sighting(let record): record?.state ?? .closed
    case .info(let info): info.state
    default: nil
    }
  }

  /// CLOSED may mean TIME_WAIT where the observer cannot see minisockets: a time-wait socket is no longer behind
  /// its descriptor, and the full socket's last transition is to CLOSE.
  private func isAmbiguous(_ seen: SeenState) -> Bool {
    guard seen.state == .closed else { return false }
    switch events[seen.place].what {
    case .info: return true
    case .transition(let from, _): return [.finWait1, .finWait2, .closing].contains(from)
    default: return false
    }
  }
}
