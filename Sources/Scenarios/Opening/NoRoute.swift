import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension Scenario {
  /// A host has no route to the address that a segment came from, or that a program connects to.
  package static let noRoute = Scenario(
    "no route",
    Declaration(
      [.listener, .closedPort, .left, .connect, .connectCounters],
      given: [.init("conf.all.rp_filter", "0"), .init("conf.wire.rp_filter", "0")],
      isDrawn: false, needs: [.wire])
  ) { connection, _ in try connection.runNoRoute() }
}

extension Figure {
  fileprivate static let listener = Figure(
    "counters of a SYN from an address without a route", .operators, settings: ["tcp_syncookies"])
  fileprivate static let closedPort = Figure(
    "counters of a SYN to a closed port from an address without a route", .operators)
  fileprivate static let left = Figure(
    "sockets of a SYN from an address without a route", .operators, settings: ["tcp_syncookies"])
  fileprivate static let connect = Figure("connect() to an address without a route", .programs)
  fileprivate static let connectCounters = Figure(
    "counters of connect() to an address without a route", .operators)
}

extension Connection {
  fileprivate func runNoRoute() throws {
    log.record(.rung(index: 0))
    // A host may pass over what comes from where it has no route to.
    let filters = ["all", "wire"].map { ("net.ipv4.conf.\($0).rp_filter", "0") }
    try withSettings(filters, at: [opener.other]) {
      try measureApart([.listener, .closedPort, .left]) { try $0.measureSYNs() }
    }
    try measureApart([.connect, .connectCounters]) { connection in
      let remote = Endpoint(connection.stranger, 80)
      var result = Value.succeeds
      let moved = try connection.moved(at: opener) {
        result = try connection.answer {
          try bench.enter(opener) { _ = try Socket.tcp(bench.family).connect(to: remote) }
        }
      }
      connection.measure(.connect, result, "connect()", proof: [])
      connection.measure(.connectCounters, moved, "/proc/net/snmp, snmp6 and netstat", proof: [])
    }
  }

  private func measureSYNs() throws {
    let server = opener.other
    try listen()
    let local = ends[server].tuple.local
    let syn = Segment(
      flags: .syn, sequence: SequenceNumber(1_000_000), window: 64_000, options: [.maximumSegmentSize(1000)])
    for (figure, port) in [(Figure.listener, local.port), (.closedPort, 9)] {
      let packet = Packet(
        source: Endpoint(stranger, 20_000), destination: Endpoint(local.address, port), segment: syn)
      let moved = try moved(at: server) {
        try bench.deliver(Departure(packet: packet, bytes: packet.bytes, time: Clock.monotonic()))
        try carryDeparted()
      }
      measure(figure, moved, "/proc/net/snmp, snmp6 and netstat of the server", proof: [log.lastCall()])
    }
    let sockets = try bench.enter(server) {
      try SocketDiagnosis.open().dump(bench.family).filter { $0.record.tuple.local.port == local.port }
    }
    let states = sockets.map(\.record.state).sorted { $0.rawValue < $1.rawValue }.map(Value.state)
    measure(
      .left, states.isEmpty ? "none" : .all(states), "a dump of sock_diag",
      proof: [log.lastCall()])
  }

  /// An address that no host of the bench knows (RFC 5737, RFC 3849).
  private var stranger: Address {
    switch bench.family {
    case .ipv4: Address(192, 0, 2, 77)
    case .ipv6: Address(groups: (0x2001, 0xDB8, 0xFFFF, 0, 0, 0, 0, 77))
    }
  }

  /// The counters of TCP and of routes at this party's host that the body moved.
  private func moved(at party: Party, _ body: () throws -> Void) throws -> Value {
    let before = try bench.enter(party) { try CounterReading.now() }
    try body()
    let moved = try bench.enter(party) { try CounterReading.now() }.moved(since: before)
    let counters = moved.filter { name, _ in
      name.hasPrefix("Tcp") || name.hasSuffix(".OutNoRoutes") || name.hasSuffix(".InNoRoutes")
    }
    let texts = counters.sorted { $0.key < $1.key }.map { Value.words("\($0.key) \($0.value)") }
    return texts.isEmpty ? "none" : .all(texts)
  }
}
