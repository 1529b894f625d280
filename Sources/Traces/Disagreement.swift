package import Documents
import TCP

/// Two observers that looked at the same party while nothing moved, and say different things.
package struct Disagreement: Equatable, Sendable {
  package var party: Party
  package var first: SeenState
  package var second: SeenState

  /// The reason for it, where it is known.
  package var explanation: String? {
    let states = [first.state, second.state]
    let observers = [first.observer, second.observer]
    if states.contains(.closed), states.contains(.timeWait), observers.contains(.tcpInfo) {
      return "once TIME_WAIT begins, the descriptor no longer refers to it, so TCP_INFO reports CLOSED"
    }
    return nil
  }
}

extension Trace {
  /// The disagreements of the tables and TCP_INFO, each pair of observers and states once, with its first proof.
  ///
  /// Only the wire stands still between two looks; on loopback a difference may just be time passing.
  package var disagreements: [Disagreement] {
    guard variant.bench == .wire else { return [] }
    var found: [Disagreement] = []
    var latest: [Party: [SeenState]] = [:]
    for place in events.indices {
      let event = events[place]
      switch event.what {
      case .segment, .delivered, .dropped, .forged, .call: latest = [:]
      case .sighting, .info:
        guard let party = event.party, let observer = event.observer else { continue }
        let state: State?
        switch event.what {
        case .sighting(let record): state = record?.state ?? .closed
        case .info(let info): state = info.state
        default: state = nil
        }
        guard let state else { continue }
        // One that looks again begins another round: meanwhile a timer may have fired.
        if latest[party, default: []].contains(where: { $0.observer == observer }) { latest[party] = [] }
        let seen = SeenState(state: state, observer: observer, place: place)
        for other in latest[party, default: []] where other.state != state && other.observer != observer {
          let disagreement = Disagreement(party: party, first: other, second: seen)
          let isKnown = found.contains {
            $0.party == party
              && ($0.first.isLike(other) && $0.second.isLike(seen)
                || $0.first.isLike(seen) && $0.second.isLike(other))
          }
          if !isKnown { found.append(disagreement) }
        }
        latest[party, default: []].append(seen)
      default: continue
      }
    }
    return found
  }
}

extension SeenState {
  fileprivate func isLike(_ other: SeenState) -> Bool { state == other.state && observer == other.observer }
}
