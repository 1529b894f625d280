import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension Scenario {
  /// The kernel chooses ports.
  package static let portChoice = Scenario(
    "choice of ports",
    Declaration(
      [
        .choice,
        .usedUp,
        .elsewhere,
        .bindWhenUsedUp,
        .boundAddress,
        .bind,
        .ownRange,
      ], given: [.init("ip_local_port_range", "61000 61007")], isDrawn: false, needs: [.namespace])
  ) { connection, _ in
    try connection.runPortChoice()
  }
}

extension Figure {
  fileprivate static let choice = Figure(
    "ports that connect() chooses", .operators, settings: ["ip_local_port_range"])
  fileprivate static let usedUp = Figure(
    "connect() when all ports to a destination are in use", .programs, settings: ["ip_local_port_range"]
  )
  fileprivate static let elsewhere = Figure(
    "connect() to another destination when one uses all ports", .programs,
    settings: ["ip_local_port_range"])
  fileprivate static let bindWhenUsedUp = Figure(
    "bind() to port 0 when connections use all ports", .programs, settings: ["ip_local_port_range"])
  fileprivate static let boundAddress = Figure(
    "connect() to another destination after bind() with IP_BIND_ADDRESS_NO_PORT", .programs,
    settings: ["ip_local_port_range"])
  fileprivate static let bind = Figure(
    "port that bind() to port 0 chooses", .operators, settings: ["ip_local_port_range"])
  fileprivate static let ownRange = Figure(
    "port that connect() chooses with IP_LOCAL_PORT_RANGE", .programs,
    settings: ["ip_local_port_range"],
    known: Known("IP_LOCAL_PORT_RANGE came with Linux 6.3.", .with("6.3")))
}

extension Connection {
  /// Eight ports to choose from, and the order in which the kernel gives them out.
  fileprivate func runPortChoice() throws {
    let setting = "net.ipv4.ip_local_port_range"
    try listen(backlog: 64)
    try look()
    let proof = [log.lastLook(at: opener.other)]
    let ports = Connection.unusedPorts
    try withSettings([(setting, "\(ports.lowerBound) \(ports.upperBound)")], at: [opener]) {
      try bench.enter(opener) {
        let values = try measurePorts(to: ends[opener].tuple.remote)
        for (figure, value) in values {
          measure(figure, value, "eight ports, from an even one on", proof: proof)
        }
      }
    }
  }

  /// Eight ports, from an even one on, of which no other run has had one: neither a run's own (`PortNumbers`) nor one
  /// that the kernel chooses by default. One of them in TIME_WAIT would be missing.
  private static let unusedPorts: ClosedRange<UInt16> = 61_000...61_007

  private func measurePorts(to remote: Endpoint) throws -> [(figure: Figure, value: Value)] {
    let local = Endpoint(ends[opener].tuple.local.address, 0)
    // Before any port is taken, and given back at once.
    let bound = try answer(giving: {
      let socket = try self.socket()
      try socket.value.bind(to: local)
      return .words(parity(try socket.value.localEndpoint().port))
    })
    let chosen = try answer(giving: {
      let socket = try self.socket()
      // The last port stands in the upper half.
      let port = Connection.unusedPorts.lowerBound + 4
      try socket.value.set(
        .localPortRange, to: Int(Int32(truncatingIfNeeded: Int(port) | Int(port) << 16)))
      try socket.value.connect(to: remote)
      return try socket.value.localEndpoint().port == port ? "lies in it" : "lies outside"
    })
    var taken: [Box<Socket>] = []
    var parities: [String] = []
    let refusal = try answer(giving: {
      while taken.count < 16 {
        let socket = try self.socket()
        try socket.value.connect(to: remote)
        parities.append(parity(try socket.value.localEndpoint().port))
        taken.append(socket)
      }
      return .succeeds
    })
    let shared = try answer(giving: { try connect(to: remote.port &+ 1, of: remote.address, from: nil) })
    let refused = try answer(giving: {
      try self.socket().value.bind(to: local)
      return .succeeds
    })
    let late = try answer(giving: { try connect(to: remote.port &+ 2, of: remote.address, from: local) })
    withExtendedLifetime(taken) {}
    return [
      (.choice, told(parities)), (.usedUp, refusal), (.elsewhere, shared), (.bindWhenUsedUp, refused),
      (.boundAddress, late), (.bind, bound), (.ownRange, chosen),
    ]
  }

  /// - Parameter local: where it is bound to without a port of its own; nil for nowhere.
  private func connect(to port: UInt16, of address: Address, from local: Endpoint?) throws -> Value {
    let socket = try self.socket()
    if let local {
      try socket.value.set(.bindAddressNoPort, to: true)
      try socket.value.bind(to: local)
    }
    try socket.value.connect(to: Endpoint(address, port))
    return "shares a port"
  }

  private func socket() throws -> Box<Socket> {
    let socket = Box(try Socket.tcp(bench.family))
    // Its port is free again as soon as it goes.
    try socket.value.set(.linger, to: .seconds(0))
    return socket
  }

  private func parity(_ port: UInt16) -> String { port % 2 == 0 ? "even" : "odd" }

  /// `4 even, then 4 odd`.
  private func told(_ parities: [String]) -> Value {
    var runs: [(count: Int, word: String)] = []
    for word in parities {
      if runs.last?.word == word { runs[runs.count - 1].count += 1 } else { runs.append((1, word)) }
    }
    let steps = runs.map { Value.words("\($0.count) \($0.word)") }
    return steps.count == 1 ? steps[0] : .steps(steps)
  }
}
