package import Documents
import Linux
package import TCP
package import Traces

/// Events between two actions.
extension Hand {
  /// Takes in what has moved by itself since the last action. A segment that a timer has sent again since is a step of
  /// its own: done again, the timer has to be waited for.
  ///
  /// - Returns: true if anything has.
  @discardableResult
  package func poll() throws -> Bool {
    let first = list.nextNumber
    let hasMoved = try takeIn()
    if waiting.contains(where: { $0.number >= first && $0.isSentAgain }) { actions.append(.awaitTimer) }
    return hasMoved
  }

  /// Takes in what has moved by itself.
  func takeIn() throws -> Bool {
    connection.waiting.extend(by: .seconds(3600))
    let first = connection.log.nextPlace
    var hasMoved = try takeDepartures()
    let now = try states()
    if now != known {
      try connection.look()
      known = now
      for party in Party.allCases { try endConnect(of: party) }
      hasMoved = true
    }
    timesOfTimers.formUnion(connection.log.events[first...].map(\.time))
    return hasMoved
  }

  /// Each party's socket as the kernel's tables have it now; nil where there is none.
  package func sockets() throws -> Both<SocketRecord?> {
    Both(left: try connection.record(of: .left), right: try connection.record(of: .right))
  }

  package func states() throws -> Both<State> { try sockets().map { $0?.state ?? .closed } }

  /// Tells whether the party's program holds a descriptor of the connection.
  package func hasDescriptor(_ party: Party) -> Bool { connection.ends[party].socket != nil }

  /// Tells whether the party's program has closed its descriptor.
  package func hasClosed(_ party: Party) -> Bool { connection.ends[party].wasClosed }

  /// The last call of the party's program, with its outcome.
  package func lastCall(of party: Party) -> (call: Call, outcome: Outcome)? {
    for event in connection.log.events.reversed() where event.party == party {
      if case .call(let call, let outcome, _) = event.what { return (call, outcome) }
    }
    return nil
  }

  private func takeDepartures() throws -> Bool {
    var hasMoved = false
    while let place = try connection.move(until: Clock.monotonic()) {
      list.admit(place, in: connection.log, isAnswer: false)
      hasMoved = true
    }
    return hasMoved
  }
}
