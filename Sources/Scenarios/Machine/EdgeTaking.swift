import Benches
import Documents
import Linux
import TCP
import Traces

/// The ways on which an end comes to each edge, and its events.
extension Connection {
  /// The user timeout of the edges that it ends, in milliseconds.
  static let userTimeout = 400

  /// Brings an end into the edge's state, and lets its event happen.
  func take(_ transition: Transition) throws {
    switch transition.edge.event {
    case .call(let call): try takeByCall(call, transition)
    case .arrival(let arrival): try takeByArrival(arrival, transition)
    case .timeout(let timeout): try takeByTimeout(timeout, transition)
    }
  }

  private func takeByCall(_ call: Edge.UserCall, _ transition: Transition) throws {
    let (own, server) = (opener, opener.other)
    switch (call, transition.from) {
    case (.passiveOpen, _):
      watchAsListener(server)
      try observe(transition, of: server) {
        try listen()
        return nil
      }
    case (.activeOpen, _):
      try listen()
      try observe(transition, of: own) {
        try self.call(.connect, by: own)
        return nil
      }
    case (.send, _):
      watchAsListener(server)
      try listen()
      try observe(transition, of: server) { told(try sendByListener(1, of: server)) }
    case (.close, .listen):
      watchAsListener(server)
      let listener = try bring(into: .listening)
      try observe(transition, of: server) {
        try close(listener)
        return nil
      }
    case (.close, .synReceived):
      let subject = try bring(into: .synReceived)
      try observe(transition, of: own) {
        try close(subject)
        return nil
      }
    case (.close, let state), (.abort, let state):
      try reach(state, of: own)
      try observe(transition, of: own) {
        try self.call(call == .abort ? .abort : .close, by: own)
        return nil
      }
    }
  }

  /// Lets the observers take the party's listener for its end: it has no peer.
  private func watchAsListener(_ party: Party) { ends[party].tuple.remote.port = 0 }

  private func takeByTimeout(_ timeout: Edge.Timeout, _ transition: Transition) throws {
    let own = opener
    guard timeout == .user else {
      try open()
      let since = now
      _ = try closeIntoTimeWait(own)
      return try observe(transition, of: own) {
        _ = try awaitEnd(
          of: own, since: since, limit: .seconds(70), precision: .seconds(1), named: "TIME_WAIT to end")
        return nil
      }
    }
    beforeConnect.append { socket in try socket.set(.userTimeout, to: Self.userTimeout) }
    try reach(transition.from, of: own)
    if transition.from == .established || transition.from == .closeWait {
      try call(.send(100), by: own)
      try expect(own, SegmentPattern(isData: true))
    }
    try observe(transition, of: own) {
      _ = try awaitEnd(
        of: own, since: now, limit: .seconds(10), precision: .seconds(1), named: "the user timeout")
      return try failure(of: own).map { .errno($0) }
    }
  }
}
