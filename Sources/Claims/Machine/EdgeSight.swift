import Documents
package import TCP
package import Traces

/// All that a trace tells of one edge that an end was made to take: the states before and after by each observer, those in
/// between, and the segments that left.
package struct EdgeSight: Equatable, Sendable {
  /// The states by the observers that look; an observer that cannot tell is missing.
  package var before: [ObserverKind: State] = [:]
  package var after: [ObserverKind: State] = [:]
  /// The states that the kernel traced, from the first that it left to the last that it entered; empty where it traced no
  /// change.
  package var traced: [State] = []
  /// The flags of the segments that the end sent, but for retransmissions.
  package var sent: [Flags] = []
  /// The errno of the last call in between that failed.
  package var failure: String?

  /// - Parameter proof: the places that prove the figure: the first belongs to the look before or is what happens then, the
  ///   last to the look after.
  init?(_ trace: Trace, proof: [Int]) {
    guard let first = proof.min(), let last = proof.max(), trace.events.indices.contains(last),
      let party = trace.events[last].party
    else { return nil }
    let events = trace.events
    guard let start = events[first...].indices.first(where: { !events[$0].isLook }) else { return nil }
    let end = events[last...].indices.first { !events[$0].isLook } ?? events.endIndex
    let lookBefore = (events[..<start].lastIndex { !$0.isLook } ?? -1) + 1
    before = Self.states(of: party, in: events[lookBefore..<start])
    after = Self.states(of: party, in: events[start..<end])
    for event in events[start..<end] where event.party == party {
      if case .transition(let from, let to) = event.what {
        if traced.isEmpty { traced = [from] }
        traced.append(to)
      }
      if case .call(_, .failed(let errno), _) = event.what { failure = errno }
    }
    var met: Set<Segment> = []
    for (place, segment) in trace.segments(of: party) where place < end {
      // Windows and options of a retransmission may be others.
      let plain = Segment(
        flags: segment.flags, sequence: segment.sequence, length: segment.length)
      let isNew = met.insert(plain).inserted || segment.sequenceLength == 0
      if isNew, place >= start { sent.append(segment.flags) }
    }
  }

  /// The state that each observer found last. CLOSED by TCP_INFO may be TIME_WAIT, which its descriptor does not tell.
  private static func states(of party: Party, in events: ArraySlice<Event>) -> [ObserverKind: State] {
    var states: [ObserverKind: State] = [:]
    for event in events where event.party == party {
      guard let observer = event.observer else { continue }
      switch event.what {
      case .sighting(let record): states[observer] = record?.state ?? .closed
      case .info(let info): states[observer] = info.state == .closed ? nil : info.state
      default: break
      }
    }
    return states
  }
}

extension Event {
  /// Tells whether this is what an observer found, and nothing that happened.
  fileprivate var isLook: Bool {
    switch what {
    case .sighting, .info, .timer: true
    default: false
    }
  }
}
