import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// The result of each call.
  package static let calls = Scenario(
    "calls on a socket",
    Declaration(
      SocketCall.allCases.map(\.figure), under: everywhere, given: smallBuffers(in: whereFull),
      isDrawn: false, needs: [.wire]
    )
  ) { try $0.runCalls(under: $1) }
}

/// A call that a program makes on a socket.
private enum SocketCall: String, CaseIterable {
  case receive = "recv()"
  case send = "send()"
  case connect = "connect()"
  case accept = "accept()"
  case listen = "listen()"
  case bind = "bind()"
  case remoteEndpoint = "getpeername()"
  case pendingError = "SO_ERROR"

  var figure: Figure { Figure(rawValue, .programs) }
}

extension Connection {
  /// A socket in each situation, and each call of a program, on a socket of its own.
  fileprivate func runCalls(under conditions: [Condition]) throws {
    guard let situation = try situation(of: conditions) else { return }
    for call in SocketCall.allCases {
      try sibling { connection in
        let subject = try connection.bring(into: situation)
        connection.path.loseEverything()
        guard let socket = subject.socket else { return }
        let (value, source) = try connection.answer(of: call, at: socket, subject.party)
        // Of one that got its port just now the tables cannot be asked.
        if situation != .unconnected { try connection.look() }
        measure(call.figure, value, source, proof: [log.lastLook(at: subject.party)])
      }
    }
  }

  private func answer(of call: SocketCall, at socket: Box<Socket>, _ party: Party) throws -> (Value, String) {
    let (local, remote) = (ends[party].tuple.local, ends[party].tuple.remote)
    let once = "what \(call.rawValue) returned"
    let twice = "what \(call.rawValue) returned, twice in a row"
    switch call {
    case .receive:
      return (
        try answers {
          guard let part = try socket.value.receive(upTo: 1000) else { return .errno("EAGAIN") }
          return part.isEmpty ? "end of stream" : .bytes(part.count)
        }, twice
      )
    case .send: return (try answers { .bytes(try socket.value.send(payload(100))) }, twice)
    case .connect:
      return (
        try answers { try socket.value.connect(to: remote) == .done ? .succeeds : .errno("EINPROGRESS") },
        twice
      )
    case .accept:
      return (
        try answer(giving: { try socket.value.accept() == nil ? .errno("EAGAIN") : "a connection" }), once
      )
    case .listen: return (try answer { try socket.value.listen(backlog: 1) }, once)
    case .bind: return (try answer { try socket.value.bind(to: Endpoint(local.address, 0)) }, once)
    case .remoteEndpoint:
      return (
        try answer(giving: { try socket.value.remoteEndpoint() == remote ? "the peer" : "another" }), once
      )
    case .pendingError:
      return (
        try answers { try socket.value.pendingError().map { .errno($0.name) } ?? "none" },
        "getsockopt(), twice in a row"
      )
    }
  }
}
