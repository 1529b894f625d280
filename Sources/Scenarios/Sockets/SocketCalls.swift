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
      ["recv()", "send()", "connect()", "accept()", "listen()", "bind()", "getpeername()", "SO_ERROR"].map {
        Figure($0, .programs)
      }, under: everywhere, given: smallBuffers(in: whereFull), isDrawn: false)
  ) { try $0.playCalls(under: $1) }
}

extension Stage {
  /// A socket in each situation, and each call of a program, on a socket of its own.
  fileprivate func playCalls(under conditions: [Condition]) throws {
    let names = [
      "recv()", "send()", "connect()", "accept()", "listen()", "bind()", "getpeername()", "SO_ERROR",
    ]
    guard let situation = situation(of: conditions, measuring: names, needsWire: true) else { return }
    for name in names {
      try another { stage in
        let subject = try stage.bring(into: situation)
        stage.loseEverything()
        guard let socket = subject.socket else { return }
        let (value, source) = try stage.answer(of: name, at: socket, subject.party)
        // Of one that got its port just now the tables cannot be asked.
        if situation != .unconnected { try stage.look() }
        measure(name, value, source, proof: [lastLook(at: subject.party)])
      }
    }
  }

  private func answer(of name: String, at socket: Box<Socket>, _ party: Party) throws -> (String, String) {
    let (local, remote) = (ends[party].tuple.local, ends[party].tuple.remote)
    let once = "what \(name) returned"
    let twice = "what \(name) returned, twice in a row"
    switch name {
    case "recv()":
      return (
        try answers {
          guard let part = try socket.value.receive(upTo: 1000) else { return "EAGAIN" }
          return part.isEmpty ? "end of stream" : "\(part.count) bytes"
        }, twice
      )
    case "send()": return (try answers { "\(try socket.value.send(payload(100))) bytes" }, twice)
    case "connect()":
      return (
        try answers { try socket.value.connect(to: remote) == .done ? "succeeds" : "EINPROGRESS" }, twice
      )
    case "accept()":
      return (
        try answer(giving: { try socket.value.accept() == nil ? "EAGAIN" : "a connection" }), once
      )
    case "listen()": return (try answer { try socket.value.listen(backlog: 1) }, once)
    case "bind()": return (try answer { try socket.value.bind(to: Endpoint(local.address, 0)) }, once)
    case "getpeername()":
      return (
        try answer(giving: { try socket.value.remoteEndpoint() == remote ? "the peer" : "another" }), once
      )
    default:
      return (
        try answers { try socket.value.pendingError()?.name ?? "none" }, "getsockopt(), twice in a row"
      )
    }
  }
}
