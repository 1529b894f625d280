import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A server that does not call accept().
  package static let acceptQueue = Scenario(
    "accept queue",
    Declaration(
      [
        .roomOfNone,
        .roomOfOne,
        .syn,
        .connect,
        .counters,
        .lastAck,
        .client,
        .data,
        .read,
      ], under: [[], [.setting("tcp_abort_on_overflow", "1")]], isDrawn: false, needs: [.wire])
  ) { try $0.runAcceptQueue(under: $1) }

  /// A SYN cookie leaves no request that could be reset.
  fileprivate static let fullQueue: [Influence] = [
    "tcp_abort_on_overflow", Influence("tcp_syncookies", under: .setting("tcp_abort_on_overflow", "1")),
  ]
}

extension Figure {
  fileprivate static let roomOfNone = Figure(
    "connections that wait after listen(0)", .programs, in: .byDefault)
  fileprivate static let roomOfOne = Figure(
    "connections that wait after listen(1)", .programs, in: .byDefault)
  fileprivate static let syn = Figure(
    "SYN at a full accept queue", .packets, in: .byDefault,
    known: Known("Since about Linux 4.10 the SYN is dropped; before, it was answered.", .with("4.10")))
  fileprivate static let connect = Figure("connect() at a full accept queue", .programs, in: .byDefault)
  fileprivate static let counters = Figure("counters of a full accept queue", .operators, in: .byDefault)
  fileprivate static let lastAck = Figure(
    "answer to the last ACK of a handshake at a full accept queue",
    formerly: ["last ACK at a full accept queue"], .packets, settings: Scenario.fullQueue)
  fileprivate static let client = Figure(
    "state of the client after its last ACK of a handshake at a full accept queue",
    formerly: [
      "state of the client after its last ACK at a full accept queue",
      "client after its last ACK at a full accept queue",
    ], .programs, settings: Scenario.fullQueue)
  fileprivate static let data = Figure(
    "data after the last ACK of a handshake at a full accept queue",
    formerly: ["data after a last ACK at a full accept queue"], .programs, settings: Scenario.fullQueue)
  fileprivate static let read = Figure(
    "read after a last ACK at a full accept queue", .programs, settings: Scenario.fullQueue)
}

/// The fate of connections that a program does not accept.
extension Connection {
  /// A listener whose program never calls accept(), and clients until its queue is full.
  fileprivate func runAcceptQueue(under conditions: [Condition]) throws {
    waiting.isPatient = true
    try withSettings(of: conditions, at: opener.other) {
      if conditions.isEmpty {
        try sibling { try $0.measureRoom(.roomOfNone, backlog: 0) }
        try sibling { try $0.measureRoom(.roomOfOne, backlog: 1) }
        try sibling { try $0.measureRefusal() }
      }
      try sibling { try $0.measureLastAck() }
    }
  }

  private func measureRoom(_ figure: Figure, backlog: Int) throws {
    let start = log.record(.rung(index: 0))
    try listen(backlog: backlog)
    var clients: [Connection] = []
    var count = 0
    for _ in 0..<8 {
      clients.append(try sibling(toSameListener: true))
      guard let last = clients.last, try last.handshake() == .established else { break }
      count += 1
    }
    measure(
      figure, .count(count),
      "handshakes that ended with an ESTABLISHED socket at the server's host",
      proof: [clients.last?.log.lastLook(at: opener)])
    try giveUp(after: .nanoseconds(synTimer), since: start)
  }

  /// A SYN or its answer is sent again after a second.
  private var synTimer: Int64 { 900_000_000 }

  /// The whole queue, filled.
  private func fill(backlog: Int) throws -> [Connection] {
    try (0...backlog).map { _ in
      let connection = try sibling(toSameListener: true)
      _ = try connection.handshake()
      return connection
    }
  }

  private func measureRefusal() throws {
    let start = log.record(.rung(index: 0))
    try listen(backlog: 4)
    let others = try fill(backlog: 4)
    let late = try sibling(toSameListener: true)
    let before = try counters(of: opener.other)
    let place = log.nextPlace
    _ = try late.handshake()
    let after = try counters(of: opener.other)
    let proof = [late.log.lastLook(at: opener)]
    measure(
      .syn, departures(of: opener.other, since: place), "the answer to the SYN", proof: proof + [place])
    let failure = try late.failure(of: opener)
    let state = try late.record(of: opener)?.state ?? .closed
    measure(
      .connect, failure.map(Value.errno) ?? .words("goes on in \(state.rawValue)"),
      "SO_ERROR and sock_diag", proof: proof)
    measure(
      .counters, change(["ListenOverflows", "ListenDrops"], from: before, to: after),
      "TcpExt in /proc/net/netstat",
      proof: proof)
    try giveUp(after: .nanoseconds(synTimer), since: start)
    withExtendedLifetime(others) {}
  }

  /// Its SYN came while there was room, its ACK comes when there is none.
  private func measureLastAck() throws {
    let start = log.record(.rung(index: 0))
    try listen(backlog: 4)
    let late = try sibling(toSameListener: true)
    try late.call(.connect, by: opener)
    try late.expect(opener, SegmentPattern(flags: .syn))
    var isHeld = true
    late.path.rules.append { _, party in party == .right && isHeld ? .hold : nil }
    try late.expect(opener.other, SegmentPattern(flags: [.syn, .ack]))
    let others = try fill(backlog: 4)
    isHeld = false
    late.waiting.resume()
    let place = log.nextPlace
    try late.path.release()
    try late.settle()
    try late.look()
    measure(
      .lastAck, departures(of: opener.other, since: place), "the answer to the ACK",
      proof: [place, log.lastLook(at: opener)])
    measure(
      .client, .state(try late.record(of: opener)?.state ?? .closed), "sock_diag",
      proof: [log.lastLook(at: opener)])
    let data = log.nextPlace
    let written = told(try late.call(.send(100), by: opener))
    try late.settle()
    measure(
      .data, .list([written, departures(of: opener.other, since: data)]),
      "send(), and the answer to the data",
      proof: [data])
    measure(
      .read, try late.read(by: opener).ending, "what recv() returned", proof: [log.lastCall()])
    try giveUp(after: .nanoseconds(synTimer), since: start)
    withExtendedLifetime(others) {}
  }
}

extension Connection {
  /// connect() and all that it leads to without a timer.
  ///
  /// - Returns: the state of the other end's socket then.
  func handshake() throws -> State? {
    try call(.connect, by: opener)
    try expect(opener, SegmentPattern(flags: .syn))
    try settle()
    try look()
    return try record(of: opener.other)?.state
  }

  /// Counters of this party's host.
  func counters(of party: Party) throws -> [String: UInt64] { try bench.enter(party) { try Counters.read() } }

  /// `ListenDrops 1`; those that did not count are left out.
  func change(_ names: [String], from old: [String: UInt64], to new: [String: UInt64]) -> Value {
    let parts = names.compactMap { name -> Value? in
      let count = (new[name] ?? 0) - (old[name] ?? 0)
      return count == 0 ? nil : .words("\(name) \(count)")
    }
    return parts.isEmpty ? "none" : .all(parts)
  }
}
