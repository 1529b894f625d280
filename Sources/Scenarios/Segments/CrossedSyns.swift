import Benches
import Documents
import TCP
import Traces

extension Scenario {
  /// Both ends connect to each other at once.
  package static let crossedSyns = Scenario(
    "crossed SYNs",
    Declaration(
      [
        .answerToSyn,
        .answerToSynAck,
        .connection,
      ], needs: [.wire])
  ) { connection, _ in
    try connection.runCrossedSyns()
  }
}

extension Figure {
  fileprivate static let answerToSyn = Figure("answer to a crossed SYN", .packets, settings: ["tcp_ecn"])
  fileprivate static let answerToSynAck = Figure(
    "answer to the SYN+ACK of crossed SYNs", .packets, settings: ["tcp_sack", "tcp_dsack"],
    known: Known(
      "Between Linux 5.10 and 6.1 it became acceptable in SYN_RECV; before, it drew a challenge ACK.",
      .between("5.10", "6.1")))
  fileprivate static let connection = Figure("connection of crossed SYNs", .programs)
}

extension Connection {
  /// Both ends call connect() to each other before either SYN arrives (RFC 9293 section 3.5).
  fileprivate func runCrossedSyns() throws {
    let (first, second) = (opener, opener.other)
    log.record(.rung(index: 0))
    path.rules.append { _, _ in .hold }
    for party in [first, second] {
      try call(.connect, by: party)
      try expect(party, SegmentPattern(flags: .syn))
    }
    try measureRelease(.answerToSyn, of: [first, second])
    try measureRelease(.answerToSynAck, of: [first, second])
    // Whatever is under way arrives, and then data.
    path.rules = []
    try path.release()
    try settle()
    try call(.send(100), by: first)
    try expect(first, SegmentPattern(isData: true))
    try settle()
    try call(.receive(nil), by: second)
    let states = try [first, second].map { try record(of: $0)?.state ?? .closed }
    measure(
      .connection,
      states == [.established, .established] && ends[second].received.count == 100
        ? "carries data" : .words(states.map(\.rawValue).joined(separator: " and ")),
      "sock_diag, and what recv() returned",
      proof: Party.allCases.map(log.lastLook(at:)))
  }

  /// Lets what is held arrive at both, and holds what comes of it.
  private func measureRelease(_ figure: Figure, of parties: [Party]) throws {
    let start = log.nextPlace
    try path.release()
    try settle()
    try look()
    var proof: [Int?] = []
    let answers = try parties.map { party -> Value in
      let places = log.segments(of: party, since: start)
      proof += places
      let answer = Value.inShort(places.compactMap { log.events[$0].segment })
      let state = try record(of: party)?.state ?? .closed
      return .list([answer, .state(state)])
    }
    measure(
      figure,
      Set(answers).count == 1
        ? answers[0] : .words(answers.map(\.description).joined(separator: "; ")),
      "what left each end, and its state in sock_diag", proof: proof + parties.map(log.lastLook(at:)))
  }
}
