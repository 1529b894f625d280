import Learning
import Linux
import SystemPackage
import TCP

/// The program whose calls are inputs: a client with one socket, or a server with a listener and one connection at a time.
/// Each call returns at once. A client calls connect() once.
struct LearnedProgram {
  private let remote: Endpoint
  private var listener: Box<Socket>?
  private var connection: Box<Socket>?
  private var hasConnected = false

  /// More than a word opens connections.
  private static let backlog = 16

  /// Makes the first socket, in the calling thread's namespace.
  init(_ side: Side, at local: Endpoint, towards remote: Endpoint) throws(Errno) {
    self.remote = remote
    let socket = Box(try Socket.tcp(local.address.family))
    // A second segment does not wait for the ACK of the first. Accepted sockets take it over.
    try socket.value.set(.noDelay, to: true)
    try socket.value.bind(to: local)
    switch side {
    case .client: connection = socket
    case .server: listener = socket
    }
  }

  /// Makes a call.
  ///
  /// - Returns: its end; nil for a segment, and for a call that the program does not make now.
  mutating func make(_ stimulus: Stimulus) -> Response.Result? {
    do throws(Errno) {
      return try result(of: stimulus)
    } catch {
      return .failed(error.name)
    }
  }

  private mutating func result(of stimulus: Stimulus) throws(Errno) -> Response.Result? {
    switch stimulus {
    case .connect:
      let socket = try opened(connection)
      if hasConnected { return nil }
      hasConnected = true
      // EINPROGRESS is the name of what is in progress.
      guard case .done = try socket.value.connect(to: remote) else { throw .nowInProgress }
    case .listen: try opened(listener).value.listen(backlog: Self.backlog)
    case .accept:
      // It has one connection at a time.
      if connection != nil { return nil }
      guard let accepted = try opened(listener).value.accept() else { throw .wouldBlock }
      connection = Box(accepted)
    case .send: _ = try opened(connection).value.send([0])
    case .receive:
      guard let octets = try opened(connection).value.receive(upTo: 4096) else { throw .wouldBlock }
      return octets.isEmpty ? .end : .octets
    case .shutdown: try opened(connection).value.shutdown(.write)
    case .close:
      _ = try opened(connection)
      connection = nil
    case .syn, .synAck, .ack, .data, .fin, .reset, .ackBeyond, .dataOld, .finOld,
      .resetBeyond:
      return nil
    }
    return .done
  }

  private func opened(_ socket: Box<Socket>?) throws(Errno) -> Box<Socket> {
    guard let socket else { throw .badFileDescriptor }
    return socket
  }

  /// Closes what is open. Connections are reset.
  mutating func end() {
    if let connection { try? connection.value.set(.linger, to: .seconds(0)) }
    connection = nil
    listener = nil
  }
}
