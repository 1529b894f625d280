import Benches
import Documents
import TCP
import Traces

extension Scenario {
  /// A SYN+ACK without an answer.
  package static let synAckRetries = Scenario(
    "SYN+ACK retries",
    Declaration(
      [
        .schedule,
        .synAcks,
        .left,
        .life,
        .write,
        .limit,
      ], under: [[], [.setting("tcp_synack_retries", "1")]], settings: ["tcp_syncookies"], wait: 3,
      long: [.init(wait: 63)], needs: [.wire(in: .conditional)])
  ) { try $0.runSynAckRetries(under: $1) }
}

extension Figure {
  fileprivate static let schedule = Figure(
    "SYN+ACK schedule", .operators, in: .conditional,
    settings: ["tcp_rto_max_ms", "tcp_synack_retries"])
  fileprivate static let synAcks = Figure(
    "SYN+ACKs without an answer", formerly: ["SYN+ACKs that nobody confirms"], .operators, in: .conditional,
    settings: ["tcp_synack_retries"])
  fileprivate static let left = Figure(
    "request after the last SYN+ACK",
    formerly: ["state remaining of a request without an answer", "left of a request that nobody confirms"],
    .operators, in: .conditional)
  fileprivate static let life = Figure(
    "life of a request without an answer", formerly: ["life of a request that nobody confirms"], .operators,
    in: .underAny([.waitedOut]),
    settings: ["tcp_synack_retries"])
  fileprivate static let write = Figure(
    "write to an end that has dropped the request",
    formerly: ["write to an end that has given the request up"], .programs, in: .conditional)
  fileprivate static let limit = Figure(
    "SYN+ACK retries by default", .operators, in: .byDefault, settings: ["tcp_synack_retries"])
}

extension Connection {
  /// A connection is asked for, and the last ACK of its handshake is lost each time: one end is ESTABLISHED, the other
  /// has a request that nobody confirms.
  fileprivate func runSynAckRetries(under conditions: [Condition]) throws {
    let server = opener.other
    if conditions.isEmpty {
      return try measureLimit(.limit, at: server, ["tcp_synack_retries"])
    }
    try withSettings(of: conditions, at: server) {
      let client = opener
      path.rules.append { segment, party in party == client && segment.isPureAck ? .drop : nil }
      // A SYN that leaves late changes nothing; a look that comes late is seen.
      waiting.isPatient = true
      try listen()
      log.record(.rung(index: 0))
      let since = now
      try call(.connect, by: client)
      try expect(client, SegmentPattern(flags: .syn))
      let first = try expect(server, SegmentPattern(flags: [.syn, .ack]))
      if log.isDisturbed() { return }
      let schedule = try follow(
        server, since: since, rounds: Schedule.rounds(under: conditions), named: "the next SYN+ACK"
      ) {
        $0.flags.isSuperset(of: [.syn, .ack])
      }
      measure(
        .schedule, schedule.value, "the timer that sock_diag shows after each SYN+ACK",
        proof: [first] + schedule.proof)
      measure(
        .synAcks, .count(schedule.sent.count + (first == nil ? 0 : 1)), "the segments that left",
        proof: [first] + schedule.sent)
      try look()
      measure(
        .left, try remains(of: server), "sock_diag",
        proof: [log.lastLook(at: server)])
      if conditions.contains(.waitedOut) {
        try measureLength(
          .life, of: schedule, since: since,
          "from connect() until sock_diag no longer found it")
      }
      try measureWriteToNobody(.write)
    }
  }

  /// The end that is ESTABLISHED knows nothing of it until it writes.
  private func measureWriteToNobody(_ figure: Figure) throws {
    let outcome = try call(.send(100), by: opener)
    let write = log.lastCall()
    let data = try expect(opener, SegmentPattern(isData: true))
    try settle()
    let reset = log.firstReset(of: opener.other, since: write ?? 0)
    measure(
      figure,
      .steps([told(outcome), .words("\(reset == nil ? "no RST" : "RST") and \(try ending(of: opener))")]),
      "what send() returned, what came back, and what recv() returned",
      proof: [write, data, reset, log.lastCall()])
  }
}
