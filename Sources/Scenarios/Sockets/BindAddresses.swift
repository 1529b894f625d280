import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension Scenario {
  /// Two sockets want one port, at addresses that may be different.
  package static let bindAddresses = Scenario(
    "addresses of listeners",
    Declaration(
      Condition.ListeningPlace.allCases.map(\.figure),
      under: Condition.ListeningPlace.allCases.map { [.listens($0)] }, isDrawn: false)
  ) { try $0.runBindAddresses(under: $1) }
}

extension Connection {
  /// Somebody listens at an address, without any option; somebody else wants the same port at another.
  fileprivate func runBindAddresses(under conditions: [Condition]) throws {
    let places = Condition.ListeningPlace.allCases
    guard let place = places.first(where: { conditions.contains(.listens($0)) }) else { return }
    try look()
    let proof = [log.lastLook(at: opener)]
    try bench.enter(opener) {
      for (index, second) in places.enumerated() {
        // Beyond the ports of connections: one of them in TIME_WAIT would be in the way. Where others use ports, too, the
        // kernel chooses.
        let port = bench.isPrivate ? UInt16(20_000 + index) : 0
        let value = try answer(giving: { try outcome(of: place, then: second, port: port) })
        measure(second.figure, value, "a second socket that wants the port of the first", proof: proof)
      }
    }
  }

  /// Each time at a port of its own: what was closed a moment ago is not to matter. A machine without IPv6 says so.
  private func outcome(
    of place: Condition.ListeningPlace, then second: Condition.ListeningPlace, port: UInt16
  ) throws -> Value {
    let first = Box(try Socket.tcp(place.address.family))
    try place.prepare(first.value)
    let answer = try listening(first, at: Endpoint(place.address, port))
    guard answer == .succeeds else { return .words("the first socket: \(answer)") }
    let socket = Box(try Socket.tcp(second.address.family))
    try second.prepare(socket.value)
    return try listening(socket, at: Endpoint(second.address, first.value.localEndpoint().port))
  }
}

extension Condition.ListeningPlace {
  /// The figure of a second socket there.
  fileprivate var figure: Figure {
    Figure("bind() and listen() at \(rawValue)", .programs, settings: ["ipv6.bindv6only"])
  }

  fileprivate var address: Address {
    switch self {
    case .ipv4: Address(127, 0, 0, 1)
    case .otherIPv4: Address(127, 0, 0, 2)
    case .anyIPv4: Address(0, 0, 0, 0)
    case .ipv6: .loopback(.ipv6)
    case .anyIPv6, .onlyIPv6: Address(groups: (0, 0, 0, 0, 0, 0, 0, 0))
    case .mapped: Address(groups: (0, 0, 0, 0, 0, 0xffff, 0x7f00, 1))
    case .anyMapped: Address(groups: (0, 0, 0, 0, 0, 0xffff, 0, 0))
    }
  }

  fileprivate func prepare(_ socket: borrowing Socket) throws {
    if self == .onlyIPv6 { try socket.set(.v6Only, to: true) }
  }
}
