import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// The columns and attributes of the kernel's tables for a socket in each situation, beside addresses and queues.
  package static let socketRows = Scenario(
    "rows of socket tables",
    Declaration(
      [.row, .attributes, .onlyV6], under: everywhere, settings: ["tcp_rto_min_us"],
      given: smallBuffers(in: whereFull) + [.init("TCP_CONGESTION", "cubic")],
      isDrawn: false)
  ) { try $0.runSocketRows(under: $1) }
}

extension Figure {
  fileprivate static let row = Figure(
    "row of /proc/net/tcp", .operators, settings: ["tcp_max_tw_buckets"], circumstances: [.privileges])
  fileprivate static let attributes = Figure(
    "sock_diag's attributes of the sockets of a port", .operators,
    settings: ["tcp_max_tw_buckets"], circumstances: [.privileges])
  fileprivate static let onlyV6 = Figure(
    "sock_diag's attribute SKV6ONLY at any address", .operators,
    in: .underAny([.socket(.bound), .socket(.listening)]), circumstances: [.privileges])
}

extension Connection {
  fileprivate func runSocketRows(under conditions: [Condition]) throws {
    guard let situation = try situation(of: conditions) else { return }
    // Another control may begin with another window.
    if bench.hasNetAdmin { try choose(congestionControl: "cubic", atBothEnds: true) }
    try sibling { connection in
      let subject = try connection.bring(into: situation)
      connection.log.record(.rung(index: 0))
      try connection.measureRow(
        .row, of: subject.party, listens: situation.state == .listen, probesCount: situation != .full)
      try connection.measureAttributes(.attributes, of: subject.party)
    }
    if [.bound, .listening].contains(situation) { try measureOnlyV6(listens: situation == .listening) }
  }

  /// Asks for sockets that are not bound to one address, with which IPV6_V6ONLY goes without saying.
  private func measureOnlyV6(listens: Bool) throws {
    guard bench.family == .ipv6 else {
      return cannotMeasure(.onlyV6, because: Declaration.Need.ipv6.reason)
    }
    try measureDump(.onlyV6, proof: []) {
      try bench.enter(opener) { () throws -> Value in
        let values = try [false, true].map { isOnly throws -> Value in
          let socket = try Socket.tcp(.ipv6)
          try socket.set(.v6Only, to: isOnly)
          try socket.bind(to: Endpoint(.wildcard(.ipv6), 0))
          if listens { try socket.listen(backlog: 1) }
          let shapes = try dumpedShapes(ofPort: try socket.localEndpoint().port)
          let texts = shapes.flatMap { $0.attributes.filter { $0.name == "SKV6ONLY" } }.compactMap(\.number)
          return Value.words(
            "\(texts.isEmpty ? "none" : texts.map(String.init).joined(separator: " ")) after \(isOnly ? 1 : 0)"
          )
        }
        return .list(values)
      }
    }
  }

  private func measureAttributes(_ figure: Figure, of party: Party) throws {
    try measureDump(figure, proof: [log.lastLook(at: party)]) {
      let shapes = try bench.enter(party) { try dumpedShapes(ofPort: ends[party].tuple.local.port) }
      let texts = shapes.map { "\($0.state?.rawValue ?? "?")\($0.attributes.compactMap(\.text).joined())" }
      return texts.isEmpty ? "no socket" : .words(texts.sorted().joined(separator: "; "))
    }
  }

  private func dumpedShapes(ofPort port: UInt16) throws -> [DiagnosisShape] {
    try DiagnosisShape.dump(
      bench.family, states: Set(State.allCases), matching: DiagnosisFilter([.port(Int(port))]))
  }

  private func measureDump(_ figure: Figure, proof: [Int?], _ value: () throws -> Value) throws {
    if let reason = SocketDiagnosis.availability() {
      return cannotMeasure(figure, because: .needs("sock_diag: \(reason)"))
    }
    guard bench.hasNetAdmin else {
      return cannotMeasure(figure, because: .needs("CAP_NET_ADMIN, to which alone some attributes are shown"))
    }
    measure(
      figure, try value(), "a dump of sock_diag, numbers where an attribute is one",
      proof: proof)
  }
}

extension DiagnosisShape.Attribute {
  /// Its name, with its value where that is a number that no length of time and no number of octets is in; nil for what
  /// belongs to a congestion control.
  fileprivate var text: String? {
    switch name {
    case "CONG", "VEGASINFO", "DCTCPINFO", "BBRINFO": nil
    case "SHUTDOWN", "TOS", "TCLASS", "SKV6ONLY", "MARK", "CLASS_ID", "PROTOCOL":
      " \(name) \(number.map(String.init) ?? "of \(length) bytes")"
    case "SOCKOPT": " \(name) 0x\(String(number ?? 0, radix: 16))"
    default: " \(name)"
    }
  }
}
