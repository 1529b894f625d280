import Linux
import SystemPackage
import TCP

/// Real sockets in each state that a census counts, in a namespace of their own.
final class Crowd {
  let namespace: Namespace
  private var held: [Held] = []

  /// What is there when everything has come to rest; beside it one connection in ESTABLISHED has the deaf end of
  /// FIN_WAIT_1's. Those in FIN_WAIT_2 are the other ends of four in CLOSE_WAIT and of the one in LAST_ACK.
  static let expected: [State: Int] = [
    .closeWait: 4, .finWait2: 5, .timeWait: 2, .finWait1: 1, .lastAck: 1, .synSent: 1,
  ]

  private final class Held {
    let socket: Socket
    init(_ socket: consuming Socket) { self.socket = socket }
  }

  init(_ family: Family) throws {
    namespace = try loopbackNamespace()
    held = try namespace.enter {
      var held: [Held] = []
      // CLOSE_WAIT and FIN_WAIT_2: one end has ended its direction, and both keep their descriptors.
      for _ in 0..<3 {
        let pair = try Crowd.pair(family)
        try pair.client.socket.shutdown(.write)
        held += [pair.client, pair.server]
      }
      // TIME_WAIT: both close.
      for _ in 0..<2 {
        let pair = try Crowd.pair(family)
        try pair.client.socket.shutdown(.write)
        try Crowd.awaitEnd(of: pair.server)
      }
      // FIN_WAIT_1: the other end hears nothing any more.
      let deafServer = try Crowd.pair(family)
      try deafServer.server.socket.rejectAll()
      try deafServer.client.socket.shutdown(.write)
      held += [deafServer.client, deafServer.server]
      // LAST_ACK without a process: this end hears nothing when the other closes, and stays in FIN_WAIT_2.
      let deafClient = try Crowd.pair(family)
      try deafClient.client.socket.shutdown(.write)
      // The ACK of its FIN comes late; without it the client would stay in FIN_WAIT_1.
      try Crowd.awaitFinWait2(of: deafClient.client)
      try deafClient.client.socket.rejectAll()
      held.append(deafClient.client)
      return held
    }
    held += try namespace.enter { try Crowd.unanswered(family) }
  }

  /// SYN_SENT, to a listener that hears nothing; and CLOSE_WAIT that nobody accepts, with its other end.
  private static func unanswered(_ family: Family) throws -> [Held] {
    let deaf = try listener(family)
    let caller = Held(try Socket.tcp(family))
    let place = try deaf.socket.localEndpoint()
    try deaf.socket.rejectAll()
    try caller.socket.connect(to: place)
    let busy = try listener(family)
    let visitor = Held(try Socket.tcp(family))
    try visitor.socket.connect(to: try busy.socket.localEndpoint())
    return [deaf, caller, busy, visitor]
  }

  /// Ends the visitor's direction once it is connected.
  func letVisitorEnd() throws {
    guard let visitor = held.last else { return }
    _ = try waitWritable([visitor.socket.rawValue], until: deadline())
    try visitor.socket.shutdown(.write)
  }

  private static func listener(_ family: Family) throws -> Held {
    let socket = Held(try Socket.tcp(family))
    try socket.socket.bind(to: Endpoint(.loopback(family), 0))
    try socket.socket.listen(backlog: 1)
    return socket
  }

  private static func pair(_ family: Family) throws -> (client: Held, server: Held) {
    let listener = try listener(family)
    let client = Held(try Socket.tcp(family))
    try client.socket.connect(to: try listener.socket.localEndpoint())
    return (client, Held(try nextConnection(of: listener.socket)))
  }

  private static func awaitEnd(of held: Held) throws {
    guard try waitReadable([held.socket.rawValue], until: deadline()) == [true] else { throw Errno.timedOut }
  }

  private static func awaitFinWait2(of held: Held) throws {
    let end = deadline()
    while try readInfo(ofDescriptor: held.socket.rawValue).state != .finWait2 {
      if Clock.monotonic() > end { throw Errno.timedOut }
      Clock.sleep(nanoseconds: 1_000_000)
    }
  }

  /// The namespace's sockets, when everything has come to rest.
  func survey(obstacle: String? = SocketDiagnosis.availability()) throws -> Survey {
    let end = deadline()
    while true {
      let survey = try namespace.enter { try Survey.take(obstacle: obstacle) }
      if Crowd.counts(survey) == Crowd.expected || Clock.monotonic() > end { return survey }
      Clock.sleep(nanoseconds: 5_000_000)
    }
  }

  static func counts(_ survey: Survey) -> [State: Int] {
    survey.sockets.reduce(into: [:]) { $0[$1.record.state, default: 0] += 1 }
  }
}
