/// The other end of a group of connections, as far as they have it in common.
package enum Peer: Hashable, Comparable, Sendable {
  /// This machine connected to that service.
  case service(Endpoint)
  /// A client connected to this machine's port: its own port is another each time.
  case client(Address, ofPort: UInt16)
  /// Both ports are such as the kernel chooses, and nothing tells which end connected.
  case either(Address)
}

/// The direction of connections. The kernel does not keep it; listeners and ports show it.
struct Directions {
  enum Direction { case incoming, outgoing, unknown }

  private let listening: Listening
  private let ports: EphemeralPorts?
  /// The number of connections with this end here, and with that end there, if both ports are the kernel's choice.
  private var here: [Endpoint: Int] = [:]
  private var there: [Endpoint: Int] = [:]

  init(_ survey: Survey, listening: Listening) {
    self.listening = listening
    ports = survey.settings.ports
    for socket in survey.sockets { count(socket) }
    for socket in survey.connections { count(socket) }
  }

  private mutating func count(_ socket: FoundSocket) {
    guard plain(socket) == .unknown else { return }
    here[socket.record.tuple.local, default: 0] += 1
    there[socket.record.tuple.remote, default: 0] += 1
  }

  func of(_ socket: FoundSocket) -> Direction {
    let known = plain(socket)
    guard known == .unknown else { return known }
    // The end that many connections share is the service, though nobody listens there any more.
    let (here, there) = (here[socket.record.tuple.local] ?? 0, there[socket.record.tuple.remote] ?? 0)
    return here > there ? .incoming : here < there ? .outgoing : .unknown
  }

  func peer(of socket: FoundSocket) -> Peer {
    switch of(socket) {
    case .incoming: .client(socket.peer.address, ofPort: socket.record.tuple.local.port)
    case .outgoing: .service(socket.peer)
    case .unknown: .either(socket.peer.address)
    }
  }

  /// The direction that this connection shows alone: somebody listens on the local port; or only one end's port is such as the
  /// kernel chooses, and that end connected.
  private func plain(_ socket: FoundSocket) -> Direction {
    let tuple = socket.record.tuple
    if socket.record.state == .synSent { return .outgoing }
    if listening.contains(tuple.local.port) { return .incoming }
    if listening.endpoint(calledBy: tuple) != nil { return .outgoing }
    guard let ports else { return .outgoing }
    return switch (ports.contains(tuple.local.port), ports.contains(tuple.remote.port)) {
    case (false, true): .incoming
    case (true, true): .unknown
    default: .outgoing
    }
  }
}
