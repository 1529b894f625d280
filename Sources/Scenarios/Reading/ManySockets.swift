import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension Scenario {
  /// Tables that do not fit into one answer, and questions about some of the sockets in them.
  package static let manySockets = Scenario(
    "tables of many sockets",
    Declaration(
      [.rows, .dump, .keys, .keysOfDump] + Question.allCases.map(\.figure), isDrawn: false, needs: [.wire])
  ) { connection, _ in try connection.runManySockets() }
}

extension Figure {
  fileprivate static let rows = Figure(
    "rows of /proc/net/tcp with 40 listeners and 100 requests", .operators)
  fileprivate static let dump = Figure(
    "sock_diag's dump with 40 listeners and 100 requests", .operators)
  fileprivate static let keys = Figure(
    "sock_diag's answer for a listener with 64 keys of TCP_MD5SIG", .operators, circumstances: [.privileges])
  fileprivate static let keysOfDump = Figure(
    "sock_diag's dump of a listener with 64 keys of TCP_MD5SIG", .operators, circumstances: [.privileges])
}

/// A filter that sock_diag is asked with.
private enum Question: String, CaseIterable {
  case onePort = "one port"
  case portsAbove = "ports above one"
  case portsBelow = "ports below one"
  case peerPort = "one port of the peer"
  case peerPortsAbove = "ports of the peer above one"
  case peerPortsBelow = "ports of the peer below one"
  case address = "the address"
  case network = "half of the address"
  case otherNetwork = "the other half"
  case addressAndPort = "the address and a port"
  case peerAddress = "the address of the peer"
  case otherFamily = "an address of the other family"
  case anyAddress = "a port at any address"
  case chosenPort = "a port that the kernel chose"
  case noDevice = "no interface"
  case mark = "a mark"
  case several = "three conditions"
  case negated = "not one port"
  case tooManyBits = "more bits than an address has"
  case unknownFamily = "an unknown family"

  var figure: Figure {
    // The kernel lets only the privileged ask for marks. Ten of the ports are its own choice.
    Figure(
      "sockets of sock_diag's filter: \(rawValue)", .operators,
      settings: [.portsAbove, .portsBelow, .several].contains(self)
        ? ["ip_local_port_range", "ip_local_reserved_ports"] : [],
      circumstances: self == .mark ? [.privileges] : [])
  }
}

extension Connection {
  private static let listeners = 40
  private static let requests = 100
  /// Ports below those that a kernel chooses, and above those of the wire's connections.
  fileprivate static let firstListener = 17_000
  fileprivate static let firstRequest = 18_000
  fileprivate static let firstPeer = 20_000

  fileprivate func runManySockets() throws {
    waiting.isPatient = true
    let server = opener.other
    log.record(.rung(index: 0))
    let listening = try listeners(of: server)
    let waiting = try requests(of: server)
    try measureTables(listening, waiting, of: server)
    try measureQuestions(listening, waiting, of: server)
    try measureKeys(of: server)
  }

  /// Listeners of this party, the last ten at ports that the kernel chooses.
  private func listeners(of party: Party) throws -> [Box<Socket>] {
    try bench.enter(party) {
      try (0..<Self.listeners).map { number in
        let socket = Box(try Socket.tcp(bench.family))
        let port = number < Self.listeners - 10 ? Self.firstListener + number : 0
        try socket.value.bind(to: Endpoint(ends[party].tuple.local.address, UInt16(port)))
        try socket.value.listen(backlog: 1)
        return socket
      }
    }
  }

  /// Sockets of this party whose SYNs stay on the wire.
  private func requests(of party: Party) throws -> [Box<Socket>] {
    try bench.enter(party) {
      try (0..<Self.requests).map { number in
        let socket = Box(try Socket.tcp(bench.family))
        try socket.value.bind(
          to: Endpoint(ends[party].tuple.local.address, UInt16(Self.firstRequest + number)))
        _ = try socket.value.connect(
          to: Endpoint(ends[party.other].tuple.local.address, UInt16(Self.firstPeer + number)))
        return socket
      }
    }
  }

  private func measureTables(_ listening: [Box<Socket>], _ waiting: [Box<Socket>], of party: Party) throws {
    let expected = try Set((listening + waiting).map { try $0.value.localEndpoint() })
    func found(_ records: [SocketRecord]) -> Value {
      let ours = records.filter { expected.contains($0.tuple.local) }
      let counts = [State.listen, .synSent].map { state in
        Value.words("\(ours.count { $0.state == state }) \(state.rawValue)")
      }
      let isOnce = Set(ours.map(\.tuple.local)).count == ours.count
      return .list(counts + [isOnce ? "each once" : "some twice"])
    }
    if let reason = SocketTable.availability() {
      cannotMeasure(.rows, because: .needs("/proc/net/tcp: \(reason)"))
    } else {
      let table = try bench.enter(party) { Box(try SocketTable.open()) }
      measure(.rows, found(try table.value.records()), "the whole table", proof: [])
    }
    let diagnosis = try bench.enter(party) { Box(try SocketDiagnosis.open()) }
    measure(
      .dump, try answer(giving: { found(try diagnosis.value.dump(bench.family).map(\.record)) }),
      "the whole dump", proof: [])
  }

  private func measureQuestions(
    _ listening: [Box<Socket>], _ waiting: [Box<Socket>], of party: Party
  ) throws {
    let diagnosis = try bench.enter(party) { Box(try SocketDiagnosis.open()) }
    let ports = try (listening + waiting).map { Int(try $0.value.localEndpoint().port) }
    for question in Question.allCases {
      let filter = question.filter(
        own: ends[party].tuple.local.address,
        peer: ends[party.other].tuple.local.address)
      let answer = try answer(giving: {
        let sightings = try diagnosis.value.dump(bench.family, states: [.listen, .synSent], matching: filter)
        return .words(
          "\(sightings.count { ports.contains(Int($0.record.tuple.local.port)) }) of \(ports.count)")
      })
      measure(question.figure, answer, "a dump with a filter", proof: [])
    }
  }

  /// Measures an answer that is larger than the kernel's usual buffer.
  private func measureKeys(of party: Party) throws {
    let figures = [Figure.keys, .keysOfDump]
    guard bench.hasNetAdmin else {
      for figure in figures {
        cannotMeasure(figure, because: .needs("CAP_NET_ADMIN, to which alone keys are shown"))
      }
      return
    }
    let listener = try bench.enter(party) {
      let socket = Box(try Socket.tcp(bench.family))
      try socket.value.bind(to: Endpoint(ends[party].tuple.local.address, 0))
      return socket
    }
    defer { withExtendedLifetime(listener) {} }
    let signing = try answer(giving: {
      for number in 0..<64 {
        try listener.value.sign(with: "key", to: Endpoint(.documentation(bench.family, number), 0))
      }
      return .succeeds
    })
    guard signing == .succeeds else {
      for figure in figures {
        cannotMeasure(figure, because: .notOnThisKernel("TCP_MD5SIG gives \(signing)"))
      }
      return
    }
    try listener.value.listen(backlog: 1)
    let local = try listener.value.localEndpoint()
    let (one, all) = try bench.enter(party) {
      let one = try answer(giving: {
        lengthOfKeys(
          in: try DiagnosisShape.ask(
            for: FourTuple(local: local, remote: Endpoint(.wildcard(bench.family), 0))))
      })
      let all = try answer(giving: {
        let filter = DiagnosisFilter([.port(Int(local.port))])
        return lengthOfKeys(
          in: try DiagnosisShape.dump(bench.family, states: [.listen], matching: filter).first)
      })
      return (one, all)
    }
    for (figure, answer) in [(Figure.keys, one), (.keysOfDump, all)] {
      measure(figure, answer, "the bytes of the attribute MD5SIG", proof: [])
    }
  }

  private func lengthOfKeys(in shape: DiagnosisShape?) -> Value {
    guard let shape else { return "no such socket" }
    return shape.attributes.first { $0.name == "MD5SIG" }.map { .bytes($0.length) } ?? "none"
  }
}

extension Question {
  fileprivate func filter(own: Address, peer: Address) -> DiagnosisFilter {
    let port = Connection.firstListener + 10
    let middle = Connection.firstRequest + 50
    let peerPort = Connection.firstPeer + 90
    let half = 4 * own.bytes.count
    let other = Address(bytes: own.bytes.map { ~$0 }) ?? own
    switch self {
    case .onePort: return DiagnosisFilter([.port(port)])
    case .portsAbove: return DiagnosisFilter([.portAtLeast(middle)])
    case .portsBelow: return DiagnosisFilter([.portAtMost(middle)])
    case .peerPort: return DiagnosisFilter([.peerPort(peerPort)])
    case .peerPortsAbove: return DiagnosisFilter([.peerPortAtLeast(peerPort)])
    case .peerPortsBelow: return DiagnosisFilter([.peerPortAtMost(peerPort)])
    case .address: return DiagnosisFilter([.address(own, bits: 2 * half, port: nil)])
    case .network: return DiagnosisFilter([.address(own, bits: half + 1, port: nil)])
    case .otherNetwork: return DiagnosisFilter([.address(other, bits: half + 1, port: nil)])
    case .addressAndPort: return DiagnosisFilter([.address(own, bits: 2 * half, port: port)])
    case .peerAddress: return DiagnosisFilter([.peerAddress(peer, bits: 2 * half, port: nil)])
    case .otherFamily:
      let family: Family = own.family == .ipv4 ? .ipv6 : .ipv4
      return DiagnosisFilter([.address(.documentation(family, 1), bits: 8, port: nil)])
    case .anyAddress: return DiagnosisFilter([.anyAddress(port: port)])
    case .chosenPort: return DiagnosisFilter([.isPortChosen])
    case .noDevice: return DiagnosisFilter([.device(0)])
    case .mark: return DiagnosisFilter([.mark(1)])
    case .several:
      return DiagnosisFilter([.portAtLeast(port), .portAtMost(middle), .address(own, bits: half, port: nil)])
    case .negated: return DiagnosisFilter([.port(port)], isNegated: true)
    case .unknownFamily: return DiagnosisFilter([.unknownFamily])
    case .tooManyBits: return DiagnosisFilter([.address(own, bits: 2 * half + 1, port: nil)])
    }
  }
}

extension Address {
  /// An address of the networks that are kept for documentation (RFC 5737, RFC 3849), with this last octet.
  fileprivate static func documentation(_ family: Family, _ last: Int) -> Address {
    switch family {
    case .ipv4: Address(192, 0, 2, UInt8(last))
    case .ipv6: Address(groups: (0x2001, 0xDB8, 0, 0, 0, 0, 0, UInt16(last)))
    }
  }
}
