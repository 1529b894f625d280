import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

/// Two listeners at one port, of which one closes.
///
/// All happens in one host, over its own loopback interface: a handshake is over when connect() returns.
private struct ReusePortGroup {
  private var first: Box<Socket>?
  private let second: Box<Socket>
  private let address: Endpoint

  /// - Parameter waitsForData: true if a client stays a request until it has sent data (TCP_DEFER_ACCEPT).
  init(_ family: Family, waitsForData: Bool) throws {
    let any = Endpoint(family == .ipv4 ? Address(127, 0, 0, 1) : Address(groups: (0, 0, 0, 0, 0, 0, 0, 1)), 0)
    let first = try Self.listener(at: any, waitsForData)
    address = try first.value.localEndpoint()
    self.first = first
    second = try Self.listener(at: address, waitsForData)
  }

  private static func listener(at endpoint: Endpoint, _ waitsForData: Bool) throws -> Box<Socket> {
    let socket = Box(try Socket.tcp(endpoint.address.family))
    try socket.value.set(.reusePort, to: true)
    if waitsForData { try socket.value.set(.deferAccept, to: 10) }
    try socket.value.bind(to: endpoint)
    try socket.value.listen(backlog: 64)
    return socket
  }

  /// A client, whose handshake is over.
  func client() throws -> Box<Socket> {
    let socket = Box(try Socket.tcp(address.address.family))
    try socket.value.connect(to: address)
    return socket
  }

  /// Waits until so many connections can be accepted: the client's part of a handshake may be over before the listener's.
  func awaitHandshakes(_ count: Int) throws {
    let deadline = Clock.time(after: .seconds(5))
    while try acceptable() < count {
      guard Clock.monotonic() < deadline else { throw NotMeasurable(reason: "not every handshake ends") }
      Clock.sleep(for: .milliseconds(1))
    }
  }

  /// The number of connections that either listener can give, as TCP_INFO of a listener has it.
  private func acceptable() throws -> UInt64 {
    try [first, second].compactMap(\.self).reduce(0) { count, listener in
      try count + (readInfo(ofDescriptor: listener.value.rawValue)[.unacked] ?? 0)
    }
  }

  mutating func closeFirst() { first = nil }

  /// A watch of the other listener, from when nothing waits there on.
  func watch() throws -> EdgeWatch { try EdgeWatch(second.value) }

  /// Counts the clients whose connections the other listener gives, and those that are reset.
  ///
  /// A busy kernel delivers a segment of loopback later than the call that sent it returns, so it waits for the fate of each
  /// client, as long as one can take.
  ///
  /// - Parameter first: connections that it gave before.
  func fates(of clients: [Box<Socket>], accepted first: [Box<Socket>]) throws -> (accepted: Int, resets: Int)
  {
    var accepted = first
    var open = clients
    let deadline = Clock.monotonic() + 1_000_000_000
    while true {
      accepted += try self.accepted()
      open = open.filter { client in
        do throws(Errno) { _ = try client.value.receive(upTo: 1) } catch { return error != .connectionReset }
        return true
      }
      guard accepted.count < open.count, Clock.monotonic() < deadline else { break }
      Clock.sleep(nanoseconds: 1_000_000)
    }
    return (accepted.count, clients.count - open.count)
  }

  /// The connections that the other listener gives.
  func accepted() throws -> [Box<Socket>] {
    var sockets: [Box<Socket>] = []
    while let socket = try second.value.accept() {
      try socket.set(.linger, to: .seconds(0))
      sockets.append(Box(socket))
    }
    return sockets
  }
}

extension Connection {
  /// Measures the fate of clients that one of two listeners had, when it closes.
  ///
  /// - Parameters:
  ///   - event: the figure of the event that the other listener's program is told of; it is not measured where this is nil.
  ///   - waitsForData: true if they are requests then, and send data after.
  func measureGroup(_ figure: Figure, event: Figure? = nil, waitsForData: Bool) throws {
    let (accepted, resets, total, told) = try bench.enter(opener.other) {
      var group = try ReusePortGroup(bench.family, waitsForData: waitsForData)
      // Which of the two a client goes to is chance: that all go to one is as likely as that a coin falls 19 times alike.
      let clients = try (0..<20).map { _ in try group.client() }
      if !waitsForData { try group.awaitHandshakes(clients.count) }
      let own = try group.accepted()
      let watch = try group.watch()
      _ = try watch.events()
      group.closeFirst()
      let told = try watch.events()
      if waitsForData { for client in clients { _ = try? client.value.send([1]) } }
      let fates = try group.fates(of: clients, accepted: own)
      for client in clients { try client.value.set(.linger, to: .seconds(0)) }
      return (fates.accepted, fates.resets, clients.count, told)
    }
    let value: Value =
      if resets == 0, accepted == total {
        "all are accepted by the other listener"
      } else if resets > 0, accepted > 0, accepted + resets == total {
        "those of the closed listener are reset"
      } else if resets == total {
        "all are reset"
      } else {
        "some are neither accepted nor reset"
      }
    measure(figure, value, "accept() of the other listener, and recv() of 20 clients", proof: [])
    if let event {
      measure(
        event, told.isEmpty ? "none" : .words("\(told)"), "epoll_wait() after the other listener was closed",
        proof: [])
    }
  }
}
