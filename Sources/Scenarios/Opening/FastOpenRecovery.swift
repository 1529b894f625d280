import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Data is lost while a handshake with Fast Open is under way (RFC 7413): at the client that of its SYN, at the server that of
  /// its answer.
  package static let fastOpenRecovery = Scenario(
    "fast open and losses",
    Declaration(
      [.refused, .refusedCounters, .recovered, .recoveredWindow],
      settings: [
        "tcp_timestamps", "tcp_sack", "tcp_recovery", "tcp_reordering", "tcp_rmem", "tcp_wmem",
        "tcp_syncookies",
      ],
      given: FastOpenClient.given + [
        .init("tcp_fastopen", "5"), .init("TCP_FASTOPEN_CONNECT", "1"),
      ], isDrawn: false, needs: [.wire])
  ) { connection, _ in
    try connection.runFastOpenRecovery()
  }

  /// The timer of the SYN+ACK fires twice at a server with Fast Open that has sent data, too; then the handshake ends.
  package static let fastOpenTimeouts = Scenario(
    "fast open and timeouts",
    Declaration(
      [.stateBefore, .stateAfter, .sentAfter],
      settings: [
        "tcp_timestamps", "tcp_sack", "tcp_rmem", "tcp_wmem", "tcp_syncookies", "tcp_synack_retries",
      ], wait: 3,
      given: FastOpenClient.given, isDrawn: false, needs: [.wire])
  ) { connection, _ in
    try connection.runFastOpenTimeouts()
  }
}

extension Figure {
  fileprivate static let refused = Figure(
    "state of congestion avoidance after a SYN+ACK that leaves data of the SYN out", .packets)
  fileprivate static let refusedCounters = Figure(
    "counters after a SYN+ACK that leaves data of the SYN out", .operators)
  fileprivate static let recovered = Figure(
    "counters after a recovery that the last ACK of a handshake began", .operators)
  fileprivate static let recoveredWindow = Figure(
    "congestion window after a recovery that the last ACK of a handshake began", .packets)
  fileprivate static let stateBefore = Figure(
    "state of congestion avoidance after two SYN+ACK timeouts", .packets)
  fileprivate static let stateAfter = Figure(
    "state of congestion avoidance when the handshake ends after two SYN+ACK timeouts", .packets)
  fileprivate static let sentAfter = Figure(
    "segments sent when the handshake ends after two SYN+ACK timeouts", .packets)
}

extension Connection {
  fileprivate func runFastOpenRecovery() throws {
    log.record(.rung(index: 0))
    // The client sends data with its SYN (1), and needs no cookie to do so (4).
    try withSettings([("net.ipv4.tcp_fastopen", "5")], at: [opener]) {
      try measureApart([.refused, .refusedCounters], heedsTimers: false) { try $0.measureRefused() }
    }
    try withSettings([FastOpenClient.setting], at: [opener.other]) {
      try measureApart([.recovered, .recoveredWindow], heedsTimers: false) { try $0.measureRecovered() }
    }
  }

  fileprivate func runFastOpenTimeouts() throws {
    log.record(.rung(index: 0))
    try withSettings([FastOpenClient.setting], at: [opener.other]) {
      try measureApart([.stateBefore, .stateAfter, .sentAfter], heedsTimers: false) {
        try $0.measureTimeouts()
      }
    }
  }

  /// The listener does without Fast Open: it takes the SYN, and not its data.
  private func measureRefused() throws {
    waiting.isPatient = true
    beforeConnect.append { socket in try socket.set(.fastOpenConnect, to: true) }
    try listen()
    let client = opener
    path.rules = [{ segment, party in party == client && !segment.flags.contains(.syn) ? .drop : nil }]
    let before = try counters(of: opener)
    try call(.connect, by: opener)
    try call(.send(100), by: opener)
    guard let syn = try expect(opener, SegmentPattern(flags: .syn)), log.segment(at: syn)?.length == 100
    else {
      throw NotMeasurable(reason: "the SYN has no data")
    }
    let answer = try expect(opener.other, SegmentPattern(flags: [.syn, .ack]))
    try carryDeparted()
    let state = try congestionState(of: opener)
    let after = try counters(of: opener)
    try giveUp(where: "TCPTimeouts", of: opener, since: before)
    guard log.segment(at: answer)?.acknowledgment == log.segment(at: syn).map({ $0.sequence + 1 }) else {
      throw NotMeasurable(reason: "the server takes the data of the SYN, or does not answer")
    }
    measure(.refused, .words(state), "TCP_INFO of the client", proof: [syn, answer])
    measure(
      .refusedCounters, change(["TCPFastOpenActiveFail"], from: before, to: after),
      "TcpExt in /proc/net/netstat", proof: [syn, answer])
  }

  /// The server's first segment is lost, and the client tells of the four behind it with the last ACK of the handshake.
  private func measureRecovered() throws {
    let client = try FastOpenClient(to: self)
    let before = try counters(of: opener.other)
    let written = try client.write(6)
    guard written.count == 6 else { throw NotMeasurable(reason: "the server sends no data yet") }
    // A timestamp of the kernel's is a millisecond long.
    try waiting.pause(.milliseconds(10))
    let again = try client.acknowledge(0, blocks: 1..<5)
    try giveUpAtTimers(since: before)
    guard let resent = again.first, log.segment(at: resent)?.sequence == client.first else {
      throw NotMeasurable(reason: "the first segment was not sent again")
    }
    try client.acknowledge(6)
    let after = try counters(of: opener.other)
    try giveUpAtTimers(since: before)
    let counted = ["TCPFastRetrans", "TCPFullUndo", "TCPPartialUndo", "TCPDSACKUndo", "TCPLossUndo"]
    measure(
      .recovered, change(counted, from: before, to: after), "TcpExt in /proc/net/netstat",
      proof: written + [resent])
    guard let window = try info(of: opener.other)?[.sndCwnd] else {
      throw NotMeasurable(reason: .needs("TCP_INFO"))
    }
    measure(
      .recoveredWindow, .count(Int(window)), "TCP_INFO, once all was acknowledged; 10 segments before",
      proof: written + [resent])
  }

  /// Gives the run up where a timer of the server's has fired that was not waited for.
  private func giveUpAtTimers(since before: [String: UInt64]) throws {
    for counter in ["TCPTimeouts", "TCPSynRetrans"] {
      try giveUp(where: counter, of: opener.other, since: before)
    }
  }

  private func measureTimeouts() throws {
    let server = opener.other
    let client = try FastOpenClient(to: self)
    let written = try client.write(4)
    guard written.count == 4 else { throw NotMeasurable(reason: "the server sends no data yet") }
    var answers: [Int] = []
    for seconds in [1, 2] {
      let answer = try awaitTimer(
        of: server, named: "a SYN+ACK", left: .seconds(seconds), limit: .seconds(seconds + 2)
      ) { $0.flags.contains(.syn) }
      guard let place = answer.place else { throw NotMeasurable(reason: "no SYN+ACK is sent again") }
      answers.append(place)
    }
    let since = now
    measure(
      .stateBefore, .words(try congestionState(of: server)), "TCP_INFO of the server",
      proof: written + answers)
    let again = try client.acknowledge(0)
    let state = try congestionState(of: server)
    // A timeout of the data would come after a second at the earliest.
    try giveUp(after: .milliseconds(500), sinceTime: since)
    if log.segments(of: server, since: first, where: { $0.flags.contains(.syn) }).count > 1 + answers.count {
      try waiting.disturbed(because: .resent)
    }
    measure(.stateAfter, .words(state), "TCP_INFO of the server", proof: answers)
    measure(
      .sentAfter, again.isEmpty ? "none" : .count(again.count), "the segments that left",
      proof: answers + again)
  }
}
