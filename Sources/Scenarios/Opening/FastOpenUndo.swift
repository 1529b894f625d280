import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// The SYN+ACK of a server with Fast Open, which has sent no data, is only late: its timer fires twice, and then the client
  /// answers the first of them.
  package static let fastOpenUndo = Scenario(
    "fast open and needless timeouts",
    Declaration(
      [.before, .after, .counters],
      settings: [
        "tcp_timestamps", "tcp_sack", "tcp_rmem", "tcp_wmem", "tcp_syncookies", "tcp_synack_retries",
      ], wait: 3, given: FastOpenClient.given, isDrawn: false, needs: [.wire])
  ) { connection, _ in try connection.runFastOpenUndo() }
}

extension Figure {
  fileprivate static let before = Figure(
    "congestion control of a server without data after two SYN+ACK timeouts", .packets)
  fileprivate static let after = Figure(
    "congestion control of a server without data after an ACK of its first SYN+ACK", .packets)
  fileprivate static let counters = Figure(
    "counters of a server without data after two needless SYN+ACK timeouts", .operators)
}

extension Connection {
  fileprivate func runFastOpenUndo() throws {
    log.record(.rung(index: 0))
    try withSettings([FastOpenClient.setting], at: [opener.other]) {
      try measureApart([.before, .after, .counters], heedsTimers: false) { try $0.measureUndo() }
    }
  }

  private func measureUndo() throws {
    let server = opener.other
    let client = try FastOpenClient(to: self)
    let counted = try counters(of: server)
    let answer = log.firstSegment(of: server, since: first) { $0.flags.contains(.syn) }
    guard let clock = log.segment(at: answer)?.clock else {
      throw NotMeasurable(reason: "the SYN+ACK has no timestamp")
    }
    for seconds in [1, 2] {
      let again = try awaitTimer(
        of: server, named: "a SYN+ACK", left: .seconds(seconds), limit: .seconds(seconds + 2)
      ) { $0.flags.contains(.syn) }
      guard again.place != nil else { throw NotMeasurable(reason: "no SYN+ACK is sent again") }
    }
    let since = now
    measure(.before, try congestion(of: server), "TCP_INFO of the server", proof: [answer])
    try client.acknowledge(0, echoing: clock)
    let state = try congestion(of: server)
    // Another timeout would come after four seconds.
    try giveUp(after: .seconds(2), sinceTime: since)
    let last = log.nextPlace - 1
    measure(.after, state, "TCP_INFO of the server", proof: [answer, last])
    measure(
      .counters,
      change(
        ["TCPTimeouts", "TCPSynRetrans", "TCPLossUndo", "TCPFullUndo", "TCPSpuriousRTOs"], from: counted,
        to: try counters(of: server)), "TcpExt in /proc/net/netstat", proof: [answer, last])
  }

  private func congestion(of party: Party) throws -> Value {
    guard let window = try info(of: party)?[.sndCwnd] else { throw NotMeasurable(reason: .needs("TCP_INFO")) }
    return .words("\(try congestionState(of: party)) with a window of \(window)")
  }
}
