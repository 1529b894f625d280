import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Two sockets want one endpoint.
  package static let bindConflicts = Scenario(
    "bind conflicts",
    Declaration(
      Condition.PortOptions.allCases.map(\.figure),
      under: [Situation.bound, .listening, .established, .closeWait, .finWait2, .timeWait].flatMap { first in
        Condition.PortOptions.allCases.map { [.first(first), .firstHas($0)] }
      }, settings: [Influence("tcp_max_tw_buckets", under: .first(.timeWait))], isDrawn: false)
  ) { try $0.runBindConflicts(under: $1) }
}

extension Condition.PortOptions {
  /// The figure of a second socket with these options.
  fileprivate var figure: Figure {
    Figure(
      "bind() and listen() on a port in use, \(rawValue)",
      formerly: ["bind() and listen() at a taken port, \(rawValue)"], .programs)
  }
}

extension Connection {
  /// A second socket wants the endpoint of a first, which a program has bound, listens at, or had a connection from.
  fileprivate func runBindConflicts(under conditions: [Condition]) throws {
    let all = Condition.PortOptions.allCases
    let situation = conditions.first { $0.name == "first socket" }.flatMap { Situation(rawValue: $0.value) }
    let options = all.first { conditions.contains(.firstHas($0)) } ?? .none
    guard let situation else { return }
    waiting.isPatient = true
    beforeBind.append { socket in try options.set(on: socket) }
    let party = opener.other
    // The end that accepted is a server's: its listener is gone, as where that was started anew.
    try bringServer(into: situation)
    log.record(.rung(index: 0))
    if situation == .timeWait, try !isInTimeWait(party) { return }
    for second in all {
      let answer = try bindBeside(ends[party].tuple.local, of: party, second)
      measure(
        second.figure, answer,
        "a second socket at the same address", proof: [log.lastLook(at: party)])
    }
  }

  /// Tells whether the first socket is in TIME_WAIT. Where the machine has held the run up, it is given up if not.
  ///
  /// - Throws: ``NotMeasurable`` where nothing has, and it is in another state: tcp_max_tw_buckets may allow no TIME_WAIT.
  private func isInTimeWait(_ party: Party) throws -> Bool {
    let state = try record(of: party)?.state
    guard state != .timeWait else { return true }
    guard .nanoseconds(log.now) > StallWatch.limit else {
      throw NotMeasurable(
        reason: .other("the first socket is in \(state?.rawValue ?? "CLOSED"), expected TIME_WAIT"))
    }
    try waiting.disturbed(because: .heldUp(.nanoseconds(log.now)))
    return false
  }

  private func bringServer(into situation: Situation) throws {
    let server = opener.other
    switch situation {
    case .bound: try reserve(server)
    case .listening: try listen()
    default:
      try open()
      try settle()
      if situation == .closeWait { try close(opener, then: nil) }
      if situation == .finWait2 { try close(server, then: nil) }
      if situation == .timeWait { try close(server, then: opener) }
      try stopListening(server)
    }
    try look()
  }

  private func close(_ first: Party, then second: Party?) throws {
    for party in [first, second].compactMap({ $0 }) {
      try call(.shutdown(.write), by: party)
      try expect(party, SegmentPattern(flags: .fin))
      try settle()
    }
  }

  private func bindBeside(
    _ endpoint: Endpoint, of party: Party, _ options: Condition.PortOptions
  ) throws -> Value {
    try bench.enter(party) {
      let socket = Box(try Socket.tcp(endpoint.address.family))
      try options.set(on: socket.value)
      return try listening(socket, at: endpoint)
    }
  }

  /// The results of bind() and then listen().
  func listening(_ socket: Box<Socket>, at endpoint: Endpoint) throws -> Value {
    let bound = try answer { try socket.value.bind(to: endpoint) }
    guard bound == .succeeds else { return .words("\(bound) at bind()") }
    let listens = try answer { try socket.value.listen(backlog: 1) }
    return listens == .succeeds ? listens : .words("\(listens) at listen()")
  }
}

extension Condition.PortOptions {
  fileprivate func set(on socket: borrowing Socket) throws {
    try socket.set(.reuseAddress, to: self == .address || self == .both)
    try socket.set(.reusePort, to: self == .port || self == .both)
  }
}
