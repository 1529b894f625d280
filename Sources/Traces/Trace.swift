package import Documents
package import TCP

/// All that was done and seen in one run, in the order of time.
package struct Trace: Codable, Equatable, Sendable {
  package var variant: Variant
  /// The parties' names, as the ladder's header has them.
  package var names: Both<String>
  /// The parties' endpoints.
  package var endpoints: Both<Endpoint>
  /// The party that calls connect().
  package var opener: Party
  /// The number at which each party was made to begin, by repair; nil where the kernel chose.
  package var placed: Both<SequenceNumber?>
  package var observers: [ObserverReport]
  /// The number of disturbed runs before this one: the machine stalled, and the run was made again.
  package var disturbances: Int
  /// The end of the run: finished, or the reason why it was not judged.
  package var end: End
  package var events: [Event]
  /// The counters of each party's namespace that moved during the run, and by how much; nil where they were not read.
  package var counters: Both<[String: Int]>?
  /// Tells that a step took so long that another run may have left other segments; nil where it is not known.
  package var wasSlow: Bool?

  package init(
    variant: Variant, names: Both<String>, endpoints: Both<Endpoint>, opener: Party = .left,
    placed: Both<SequenceNumber?> = Both(nil), observers: [ObserverReport] = [], disturbances: Int = 0,
    end: End = .finished, events: [Event] = []
  ) {
    self.variant = variant
    self.names = names
    self.endpoints = endpoints
    self.opener = opener
    self.placed = placed
    self.observers = observers
    self.disturbances = disturbances
    self.end = end
    self.events = events
  }

  package enum End: Equatable, Sendable {
    case finished
    /// The machine was too busy each time: nothing can be said.
    case stalled
    /// The bench could not run this, for this reason.
    case cannotRun(reason: Reason)
    /// A run that was left out by this option.
    case leftOut(by: Omission)
  }

  /// The segments that left this party, each with the place of its event.
  package func segments(of party: Party) -> [(place: Int, segment: Segment)] {
    events.indices.compactMap { place in
      guard events[place].party == party, let segment = events[place].segment else { return nil }
      return (place, segment)
    }
  }

  /// Tells whether segments can be seen at all in this run.
  package var seesSegments: Bool {
    observers.contains { ($0.kind == .wire || $0.kind == .capture) && $0.ran }
  }
}

extension Trace {
  /// The same without the segments at these places, and without what became of them.
  package func without(segments hidden: Set<Int>) -> Trace {
    guard !hidden.isEmpty else { return self }
    let kept = events.indices.filter { place in
      switch events[place].what {
      case .delivered(let segment), .dropped(let segment), .altered(let segment, _),
        .discarded(let segment, _):
        !hidden.contains(segment)
      default: !hidden.contains(place)
      }
    }
    let newPlaces = Dictionary(uniqueKeysWithValues: zip(kept, kept.indices))
    var copy = self
    copy.events = kept.map { old in
      var event = events[old]
      event.what = event.what.referring { newPlaces[$0] ?? $0 }
      return event
    }
    return copy
  }

  /// A trace of events that were recorded in another order than that of their time: sorted, references kept.
  package func sorted() -> Trace {
    let order = events.indices.sorted {
      (events[$0].time, $0) < (events[$1].time, $1)
    }
    var newPlace = [Int](repeating: 0, count: events.count)
    for (place, old) in order.enumerated() { newPlace[old] = place }
    var copy = self
    copy.events = order.map { old in
      var event = events[old]
      event.what = event.what.referring { newPlace[$0] }
      return event
    }
    return copy
  }
}
