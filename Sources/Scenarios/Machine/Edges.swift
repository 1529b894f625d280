import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// An end takes each edge of RFC 9293's state machine, on a connection of its own.
  package static let edges = Scenario(
    "edges of RFC 9293",
    Declaration(
      [.outcome], under: Transition.provoked.map { [.edge($0)] },
      settings: [
        "tcp_max_tw_buckets", "tcp_syncookies", "tcp_timestamps", "tcp_rto_min_us", "tcp_rto_max_ms",
        "tcp_ecn",
      ],
      long: [.init([.edge(.endOfTimeWait)], wait: 61)],
      given: [
        .init(
          "TCP_USER_TIMEOUT", "\(Connection.userTimeout)",
          in: .underAny(Transition.provoked.filter(\.isOfUserTimeout).map { .edge($0) })),
        .init(
          .madeUpWithoutTimestamps,
          in: .underAny(Transition.provoked.filter(\.hasMadeUpSegment).map { .edge($0) })),
      ], needs: [.wire])
  ) { try $0.runEdge(under: $1) }
}

extension Figure {
  /// The segment that an end sends on the edge, and its state behind it.
  static let outcome = Figure("what an end sends on an edge, and its state after it", .programs)
}

extension Transition {
  /// Those that this scenario makes ends take, beside the end of TIME_WAIT. What a segment makes of each state that it does
  /// not belong in, another scenario measures.
  fileprivate static let provoked = all.filter { $0 != endOfTimeWait && $0.strangeSegments.isEmpty }

  fileprivate static let endOfTimeWait =
    all.first { $0.edge.event == .timeout(.twoSegmentLifetimes) } ?? all[0]

  fileprivate var isOfUserTimeout: Bool { edge.event == .timeout(.user) }

  /// Tells whether no kernel sends the segment: the peer's is made up, and without timestamps.
  fileprivate var hasMadeUpSegment: Bool {
    switch edge.event {
    case .arrival(.reset), .arrival(.resetAfterActiveOpen), .arrival(.largerSyn): true
    default: false
    }
  }

  /// The conditions of the run in which an end takes it.
  var conditions: [Condition] { [.edge(self)] + (self == .endOfTimeWait ? [.waitedOut] : []) }

  /// The segments by which the edge is taken where they do not belong; empty where it is taken in another way.
  var strangeSegments: [StrangeSegment] {
    switch edge.event {
    case .arrival(.reset): from == .synReceived ? [] : [.reset]
    case .arrival(.resetWithin): [.resetWithin]
    case .arrival(.syn): edge.to == nil ? [.syn] : []
    case .arrival(.unacceptableAck): [.ackAhead, .ackOld]
    default: []
    }
  }
}

extension Connection {
  fileprivate func runEdge(under conditions: [Condition]) throws {
    let wanted = Transition.all.first { conditions.contains(.edge($0)) }
    guard let transition = wanted else { throw NotMeasurable(reason: "no edge is named") }
    log.record(.rung(index: 0))
    waiting.isPatient = true
    try take(transition)
    // Whatever a timer has sent may have made another edge of it.
    let waits = if case .timeout = transition.edge.event { true } else { false }
    if !waits, log.hasResent { try waiting.disturbed(because: .resent) }
  }

  /// Looks at the party, lets the edge's event happen, and looks again; what leaves meanwhile arrives nowhere.
  ///
  /// - Parameter event: returns what the program is told beside, or nil.
  func observe(_ transition: Transition, of party: Party, _ event: () throws -> Value?) throws {
    path.rules = [{ _, _ in .drop }]
    try look()
    let found = try record(of: party)?.state ?? .closed
    guard found == transition.from else {
      if waiting.wasHeldUp { try waiting.disturbed(because: .resent) }
      throw NotMeasurable(
        reason: .other("\(transition.from.rawValue) is not reached but \(found.rawValue)"))
    }
    let before = log.lastLook(at: party)
    // The end of TIME_WAIT leaves no other event between the two looks.
    let start = log.record(.rung(index: 1))
    let told = try event()
    if case .call(let call) = transition.edge.event, call == .close || call == .abort {
      try awaitClose(of: party, in: transition.from)
    }
    try settle()
    try look()
    let after = try record(of: party)?.state ?? .closed
    let sent = log.newSegments(of: party, since: start)
    measure(
      .outcome, .list([told ?? .inShort(sent.compactMap { log.segment(at: $0) }), .state(after)]),
      "what left, and sock_diag", proof: [before] + sent + [log.lastLook(at: party)])
  }

  /// Waits until close() has had its effect, one second at most. A program that another thread is starting has a copy of every
  /// descriptor until it begins, and the kernel closes a socket with the last of them.
  private func awaitClose(of party: Party, in state: State) throws {
    let deadline = Clock.time(after: .seconds(1))
    while try record(of: party)?.state == state, Clock.monotonic() < deadline {
      Clock.sleep(for: .milliseconds(1))
    }
  }
}

extension Log {
  /// The places of segments that left the party from a place on and are no retransmissions.
  fileprivate func newSegments(of party: Party, since start: Int) -> [Int] {
    var sent: Set<Sent> = []
    return segments(of: party).filter { place in
      segment(at: place).map { $0.sequenceLength == 0 || sent.insert(Sent($0)).inserted } ?? false
    }.filter { $0 >= start }
  }

  /// Tells whether something was sent again. A SYN+ACK that has the number of the SYN before it is no retransmission.
  fileprivate var hasResent: Bool {
    Party.allCases.contains { newSegments(of: $0, since: 0).count < segments(of: $0).count }
  }
}

private struct Sent: Hashable {
  var sequence: SequenceNumber
  var flags: Flags

  init(_ segment: Segment) {
    sequence = segment.sequence
    flags = segment.flags
  }
}
