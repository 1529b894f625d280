import Linux
import SystemPackage
import TCP

/// Two hosts whose packets are carried by reads and writes of their TUN devices, and nothing else: what any program
/// would have to do that lets the same kernel talk to itself.
final class BareWire {
  private let left: End
  private let right: End
  private let port: UInt16 = 8080

  final class End {
    let namespace: Namespace
    let tunnel: Tunnel
    let address: Address

    init(_ address: Address, other: Address) throws {
      let namespace = try Namespace.make()
      tunnel = try namespace.enter {
        let tunnel = try Tunnel.open(name: "bare")
        try tunnel.interface.setMTU(1500)
        try tunnel.interface.bringUp()
        try tunnel.interface.add(address, prefix: 32)
        try tunnel.interface.addRoute(to: other)
        return tunnel
      }
      self.namespace = namespace
      self.address = address
    }

    func socket() throws -> Socket {
      try namespace.enter { () throws -> Socket in
        let socket = try Socket.tcp(.ipv4)
        // Nobody carries its packets when it is gone.
        try socket.set(.linger, to: .seconds(0))
        return socket
      }
    }
  }

  init() throws {
    let addresses = (Address(198, 51, 100, 1), Address(198, 51, 100, 2))
    left = try End(addresses.0, other: addresses.1)
    right = try End(addresses.1, other: addresses.0)
  }

  /// A connection on which both ends send in turn.
  ///
  /// - Returns: how long its exchanges took for each segment that they took, in nanoseconds.
  func exchange(_ count: Int, _ payload: [UInt8]) throws -> Int64 {
    let listener = try right.socket()
    try listener.set(.reuseAddress, to: true)
    try listener.bind(to: Endpoint(right.address, port))
    try listener.listen(backlog: 1)
    let client = try left.socket()
    _ = try client.connect(to: Endpoint(right.address, port))
    while try carry() > 0 {}
    guard let server = try listener.accept() else { throw Errno.timedOut }
    var segments = 0
    let time = try Rounds.time {
      for _ in 0..<count {
        _ = try client.send(payload)
        segments += try carry()
        _ = try server.receive(upTo: payload.count)
        _ = try server.send(payload)
        segments += try carry()
        _ = try client.receive(upTo: payload.count)
      }
    }
    return time / Int64(max(1, segments))
  }

  /// Carries what is there; a write of one is over when the kernel has made of it what it makes.
  private func carry() throws(Errno) -> Int {
    var count = 0
    while let packet = try left.tunnel.read() {
      try right.tunnel.write(packet)
      count += 1
    }
    while let packet = try right.tunnel.read() {
      try left.tunnel.write(packet)
      count += 1
    }
    return count
  }
}
