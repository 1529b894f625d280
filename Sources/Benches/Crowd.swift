import Linux
import SystemPackage
package import TCP

/// A private host on whose loopback connections are made and closed, as many as one wants, and all stay in TIME_WAIT.
///
/// The kernel chooses the ports, as it does for programs that do not ask for one. The end that connects closes first.
package final class Crowd {
  /// The number of connections that have ended in TIME_WAIT, by destination: the last is the one that is being filled.
  package private(set) var made: [Int] = [0]
  /// The error of each connect() for which no port was left; a new destination was taken then.
  package private(set) var refusals: [String] = []
  /// The number of connections that are made side by side, and of ports that are offered at a time.
  static let together = 64
  /// Each connection is in TIME_WAIT for a minute: more could hardly be made before the first is gone.
  package static let mostDestinations = 10

  let host: Host
  let family: Family
  /// The ports that the kernel chooses from.
  package let ports: ClosedRange<UInt16>
  /// The part of them that it may choose from now; nil for all.
  var offered: ClosedRange<UInt16>?
  var listeners: [Box<Socket>] = []

  package var total: Int { made.reduce(0, +) }

  /// Makes the host.
  ///
  /// - Throws: `Errno` where there can be no network namespace.
  package init(of count: Int, _ family: Family, settings: [(name: String, value: String)] = []) throws {
    var table = 1024
    while table < count { table *= 2 }
    let host = try Host(private: (), table: table)
    // With reuse a port comes back after a second, and nobody learns that there are no more.
    ports = try host.enter {
      try Sysctl.write("net.ipv4.tcp_max_tw_buckets", "\(count + 1024)")
      try Sysctl.write("net.ipv4.tcp_tw_reuse", "0")
      // On a machine that stands still a FIN is sent twice; the ACK of the second meets nobody any more, and the RST that
      // answers it would end TIME_WAIT (RFC 1337).
      try? Sysctl.write("net.ipv4.tcp_rfc1337", "1")
      for setting in settings { try Sysctl.write(setting.name, setting.value) }
      return try Crowd.ports()
    }
    self.host = host
    self.family = family
    try host.enter {
      try addDestination()
      try offer(first: ports.lowerBound)
    }
  }

  /// Goes on for a number of connections, in the host's namespace.
  package func make(_ count: Int) throws {
    try host.enter {
      var left = count
      while left > 0 {
        let (number, errno) = try makeSome(min(left, Crowd.together))
        left -= number
        made[made.count - 1] += number
        guard let errno, try !widen() else { continue }
        refusals.append(errno)
        made.append(0)
        try addDestination()
        try offer(first: ports.lowerBound)
      }
    }
  }

  /// A listener among the ports that the kernel chooses from would take one of them.
  var port: UInt16 { ports.lowerBound - 1 }

  /// Connections from connect() until their last FINs have arrived, side by side: on a busy machine each step of a single
  /// one would wait for its turn.
  ///
  /// - Returns: how many, and what the connect() behind them failed with, where it did.
  private func makeSome(_ count: Int) throws -> (number: Int, errno: String?) {
    let destination = made.count - 1
    var clients: [Box<Socket>] = []
    var errno: String?
    while clients.count < count, errno == nil {
      let client = Box(try Socket.tcp(family))
      do throws(Errno) {
        try client.value.connect(to: Endpoint(address(destination), port))
        clients.append(client)
      } catch {
        errno = error.name
      }
    }
    let listener = listeners[destination]
    let servers = try clients.map { _ in
      try arrival(at: listener.value.rawValue) { () -> Box<Socket>? in
        guard let socket = try listener.value.accept() else { return nil }
        return Box(socket)
      }
    }
    for client in clients { try client.value.shutdown(.write) }
    // The FINs must have arrived, or both ends would have closed first.
    for server in servers { _ = try arrival(at: server.value.rawValue) { try server.value.receive(upTo: 1) } }
    return (clients.count, errno)
  }

  /// Takes what has come, which on loopback is nearly always there already.
  private func arrival<R>(at descriptor: CInt, _ take: () throws -> R?) throws -> R {
    let deadline = Clock.monotonic() + 10_000_000_000
    while true {
      if let found = try take() { return found }
      guard try waitReadable([descriptor], until: deadline).contains(true) else { throw Errno.timedOut }
    }
  }

  /// One more address to connect to, with a listener.
  func addDestination() throws {
    let address = address(listeners.count)
    if family == .ipv6, !listeners.isEmpty { try Interface(named: "lo").add(address, prefix: 128) }
    let socket = Box(try Socket.tcp(family))
    try socket.value.bind(to: Endpoint(address, port))
    try socket.value.listen(backlog: Crowd.together)
    listeners.append(socket)
  }

  /// 127.0.0.1 and those behind it; ::1 and addresses of the host's own (RFC 4193).
  func address(_ index: Int) -> Address {
    switch family {
    case .ipv4: Address(127, 0, UInt8(index / 250), UInt8(index % 250 + 1))
    case .ipv6:
      index == 0 ? .loopback(.ipv6) : Address(groups: (0xfd00, 0, 0, 0, 0, 0, 0, UInt16(index)))
    }
  }
}
