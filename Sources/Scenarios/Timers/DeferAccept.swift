import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A listener waits for data before it accepts.
  package static let deferAccept = Scenario(
    "deferred accept",
    Declaration(
      [
        .beforeData,
        .stateBeforeData,
        .withData,
        .withoutData,
      ], under: [[.afterTheHandshake(.writes)], [.afterTheHandshake(.isSilent)]],
      settings: ["tcp_syncookies"], wait: 1, given: [.init("TCP_DEFER_ACCEPT", "1")], needs: [.wire])
  ) { try $0.runDeferAccept(under: $1) }
}

extension Figure {
  fileprivate static let beforeData = Figure("accept() before data under TCP_DEFER_ACCEPT", .programs)
  fileprivate static let stateBeforeData = Figure("state before data under TCP_DEFER_ACCEPT", .operators)
  fileprivate static let withData = Figure(
    "accept() once data came under TCP_DEFER_ACCEPT", .programs,
    in: .underAny([.afterTheHandshake(.writes)]))
  fileprivate static let withoutData = Figure(
    "accept() without data under TCP_DEFER_ACCEPT", .programs,
    in: .underAny([.afterTheHandshake(.isSilent)]), settings: ["tcp_synack_retries"])
}

extension Connection {
  /// A listener with TCP_DEFER_ACCEPT waits for data before it has a connection to give away.
  fileprivate func runDeferAccept(under conditions: [Condition]) throws {
    let writes = conditions.contains(.afterTheHandshake(.writes))
    let server = opener.other
    beforeListen.append { socket in try socket.set(.deferAccept, to: 1) }
    try listen()
    log.record(.rung(index: 0))
    let since = now
    try call(.connect, by: opener)
    try expect(opener, SegmentPattern(flags: .syn))
    try expect(server, SegmentPattern(flags: [.syn, .ack]))
    let third = try expect(opener, SegmentPattern(flags: .ack))
    measure(
      .beforeData, accepted(try call(.accept, by: server)), "what accept() returned",
      proof: [third, log.lastCall()])
    try measureState(.stateBeforeData, server)
    if log.isDisturbed() { return }
    // From here on it makes no difference how late data or a SYN+ACK comes.
    waiting.isPatient = true
    var proof: [Int?] = []
    if writes {
      try call(.send(100), by: opener)
      proof.append(try expect(opener, SegmentPattern(isData: true)))
    } else {
      proof += try follow(server, since: since, rounds: 1, named: "a SYN+ACK") {
        $0.flags.isSuperset(of: [.syn, .ack])
      }.proof
    }
    try settle()
    let outcome = try call(.accept, by: server)
    let answers = log.segments(of: server) { $0.flags.isSuperset(of: [.syn, .ack]) }.count
    measure(
      writes ? .withData : .withoutData,
      answers > 1 ? .words("\(accepted(outcome)) after another SYN+ACK") : accepted(outcome),
      writes ? "what accept() returned" : "what accept() returned once the timer of the request was due",
      proof: proof + [log.lastCall()])
  }

  private func accepted(_ outcome: Outcome) -> Value {
    switch outcome {
    case .returned: "accepts"
    case .pending: .errno("EAGAIN")
    case .failed(let errno): .errno(errno)
    }
  }
}
