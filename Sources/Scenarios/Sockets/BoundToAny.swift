import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension Scenario {
  /// A client binds only a port and connects; an IPv6 socket uses IPv4.
  package static let boundToAny = Scenario(
    "addresses of a client",
    Declaration(
      [.local, .sameAddress, .otherAddress, .anyAddress, .afterClose]
        + MappedCall.allCases.map(\.figure), isDrawn: false, isObserved: false, needs: [.namespace])
  ) { connection, _ in
    try connection.runBoundToAny()
  }
}

extension Figure {
  fileprivate static let local = Figure("address of a client that has bound only a port", .programs)
  fileprivate static let sameAddress = Figure(
    "bind() beside a client that has bound only a port at its address", .programs)
  fileprivate static let otherAddress = Figure(
    "bind() beside a client that has bound only a port at another address", .programs)
  fileprivate static let anyAddress = Figure(
    "bind() beside a client that has bound only a port at all addresses", .programs)
  fileprivate static let afterClose = Figure(
    "bind() at the port of a client that has bound only a port and was reset", .programs)
}

/// A use of an IPv4-mapped address by a socket of IPv6.
private enum MappedCall: String, CaseIterable {
  case connect = "connect() to an IPv4-mapped address"
  case connectOnly = "connect() to an IPv4-mapped address with IPV6_V6ONLY"
  case local = "getsockname() after connect() to an IPv4-mapped address"
  case accept = "getpeername() of an IPv4 client of an IPv6 listener"
  case acceptOnly = "IPv4 client of an IPv6 listener with IPV6_V6ONLY"
  case boundNative = "connect() to an IPv4-mapped address from an IPv6 address"
  case nativeFromMapped = "connect() to an IPv6 address from an IPv4-mapped address"
  case timeToLive = "IP_TTL of an IPv6 socket"

  var figure: Figure {
    switch self {
    case .connect, .local, .nativeFromMapped:
      Figure(rawValue, .programs, settings: ["ipv6.bindv6only"])
    case .connectOnly, .accept, .acceptOnly, .boundNative, .timeToLive: Figure(rawValue, .programs)
    }
  }
}

extension Connection {
  /// All happens in one host, over its own loopback interface.
  fileprivate func runBoundToAny() throws {
    log.record(.rung(index: 0))
    try bench.enter(opener) {
      try measureBound()
      do {
        _ = try Socket.tcp(.ipv6)
      } catch {
        for call in MappedCall.allCases { cannotMeasure(call.figure, because: .needs("IPv6")) }
        return
      }
      for call in MappedCall.allCases {
        measure(call.figure, try answer(giving: { try value(of: call) }), "the call", proof: [])
      }
    }
  }

  private var loopback: Address { .loopback(bench.family) }
  private var any: Address { .wildcard(bench.family) }
  private static let mapped = Address(groups: (0, 0, 0, 0, 0, 0xFFFF, 0x7F00, 1))

  private func listener(at endpoint: Endpoint, isOnly: Bool = false) throws -> Box<Socket> {
    let socket = Box(try Socket.tcp(endpoint.address.family))
    if endpoint.address.family == .ipv6 { try socket.value.set(.v6Only, to: isOnly) }
    try socket.value.bind(to: endpoint)
    try socket.value.listen(backlog: 8)
    return socket
  }

  private func measureBound() throws {
    let server = try listener(at: Endpoint(loopback, 0), isOnly: true)
    let remote = try server.value.localEndpoint()
    var client: Box<Socket>? = Box(try Socket.tcp(bench.family))
    try client?.value.bind(to: Endpoint(any, 0))
    let port = try client?.value.localEndpoint().port ?? 0
    try client?.value.connect(to: remote)
    let local = try client?.value.localEndpoint()
    measure(
      .local, local?.address == loopback ? "the interface's" : "another", "getsockname()", proof: [])
    let other: Address =
      bench.family == .ipv4 ? Address(127, 0, 0, 2) : bench.addresses[opener]
    for (figure, address) in [
      (Figure.sameAddress, loopback), (.otherAddress, other), (.anyAddress, any),
    ] {
      let second = try Socket.tcp(bench.family)
      measure(
        figure, try answer { try second.bind(to: Endpoint(address, port)) }, "bind() without an option",
        proof: [])
    }
    // Its end leaves nothing behind.
    try client?.value.set(.linger, to: .seconds(0))
    client = nil
    let third = try Socket.tcp(bench.family)
    measure(
      .afterClose, try answer { try third.bind(to: Endpoint(any, port)) }, "bind() without an option",
      proof: [])
  }

  private func value(of call: MappedCall) throws -> Value {
    let ipv4 = try listener(at: Endpoint(.loopback(.ipv4), 0))
    let port = try ipv4.value.localEndpoint().port
    let socket = try Socket.tcp(.ipv6)
    switch call {
    case .connect:
      try socket.connect(to: Endpoint(Self.mapped, port))
      return try ipv4.value.accept() == nil ? "no connection" : "connects"
    case .connectOnly:
      try socket.set(.v6Only, to: true)
      try socket.connect(to: Endpoint(Self.mapped, port))
      return "connects"
    case .local:
      try socket.connect(to: Endpoint(Self.mapped, port))
      return Value(reading: "\(try socket.localEndpoint().address)")
    case .accept, .acceptOnly:
      let both = try listener(
        at: Endpoint(.wildcard(.ipv6), 0), isOnly: call == .acceptOnly)
      let client = try Socket.tcp(.ipv4)
      try client.connect(to: Endpoint(.loopback(.ipv4), try both.value.localEndpoint().port))
      guard let accepted = try both.value.accept() else {
        return try client.pendingError().map { .errno($0.name) } ?? "no connection"
      }
      return Value(reading: "\(try accepted.remoteEndpoint().address)")
    case .boundNative:
      try socket.bind(to: Endpoint(.loopback(.ipv6), 0))
      try socket.connect(to: Endpoint(Self.mapped, port))
      return "connects"
    case .nativeFromMapped:
      try socket.bind(to: Endpoint(Self.mapped, 0))
      let ipv6 = try listener(at: Endpoint(.loopback(.ipv6), 0))
      try socket.connect(to: try ipv6.value.localEndpoint())
      return "connects"
    case .timeToLive:
      try socket.set(NumberedOption(.ipv4, 2), to: 7)
      return .count(try socket.get(NumberedOption(.ipv4, 2)))
    }
  }
}
