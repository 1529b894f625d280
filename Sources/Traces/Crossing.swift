package import Documents

extension Trace {
  /// The places of segments that are on their way while another leaves, or while a call is made.
  ///
  /// - Parameter late: the places of segments whose late arrival the document tells.
  package func crossingSegments(except late: Set<Int> = []) -> Set<Int> {
    var places: Set<Int> = []
    var underWay: Set<Int> = []
    for (place, event) in events.enumerated() {
      switch event.what {
      case .call: places.formUnion(underWay)
      case .segment where !late.contains(place):
        if !underWay.isEmpty { places.formUnion(underWay.union([place])) }
        underWay.insert(place)
      case .delivered(let segment), .dropped(let segment): underWay.remove(segment)
      default: break
      }
    }
    // On a bench that does not hold its packets nobody sees when one arrives.
    return places.subtracting(underWay)
  }

  /// Two segments, one of each party, that leave before either arrives, with nothing else between the first's leaving
  /// and the second's arrival.
  package struct Crossed: Equatable, Sendable {
    /// The places where they leave.
    package var segments: Both<Int>
    /// The place from which on both have arrived.
    package var end: Int
  }

  /// The pair whose first segment leaves at this place; nil where that crosses none.
  package func crossed(by place: Int) -> Crossed? {
    let moves = events.indices[place...].lazy.filter {
      switch self.events[$0].what {
      case .segment, .call, .forged, .delivered, .dropped: true
      default: false
      }
    }
    let next = Array(moves.prefix(4))
    guard next.count == 4, let first = events[place].party, events[place].segment != nil,
      let second = events[next[1]].party, events[next[1]].segment != nil, second == first.other,
      case .delivered(let one) = events[next[2]].what, case .delivered(let other) = events[next[3]].what,
      Set([one, other]) == Set([place, next[1]])
    else { return nil }
    var segments = Both(place)
    segments[second] = next[1]
    return Crossed(segments: segments, end: next[3])
  }
}
