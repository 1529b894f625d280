import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Timers that have fired, or that are not those of a situation, in /proc/net/tcp: netstat -o shows them.
  package static let timerColumns = Scenario(
    "timers in /proc/net/tcp",
    Declaration(
      [.keepalive, .keepaliveAndData, .again, .probe, .request, .requestAgain],
      given: [.init("SO_KEEPALIVE", "1")], isDrawn: false, needs: [.wire])
  ) { connection, _ in try connection.runTimerColumns() }
}

extension Figure {
  fileprivate static let keepalive = ofRow("with SO_KEEPALIVE")
  fileprivate static let keepaliveAndData = ofRow("with SO_KEEPALIVE and data in flight")
  fileprivate static let again = Figure(
    "row of /proc/net/tcp after a retransmission timeout", .operators,
    settings: ["tcp_early_retrans", "tcp_rto_min_us"])
  fileprivate static let probe = Figure(
    "row of /proc/net/tcp after a window probe without answer", .operators, settings: ["tcp_rto_min_us"])
  fileprivate static let request = Figure(
    "row of /proc/net/tcp of a listener's SYN_RECV", .operators, settings: ["tcp_syncookies"])
  fileprivate static let requestAgain = Figure(
    "row of /proc/net/tcp of a listener's SYN_RECV after a SYN+ACK timeout", .operators,
    settings: ["tcp_syncookies", "tcp_synack_retries"])

  private static func ofRow(_ name: String) -> Figure {
    Figure("row of /proc/net/tcp \(name)", .operators, settings: ["tcp_rto_min_us"])
  }
}

extension Connection {
  fileprivate func runTimerColumns() throws {
    log.record(.rung(index: 0))
    try measureApart([.keepalive, .keepaliveAndData]) { try $0.measureKeepalive() }
    try measureApart([.again], heedsTimers: false) { try $0.measureAgain() }
    try measureApart([.probe], heedsTimers: false) { try $0.measureProbe() }
    try measureApart([.request, .requestAgain], heedsTimers: false) { try $0.measureRequest() }
  }

  private func measureKeepalive() throws {
    beforeConnect.append { try $0.set(.keepAlive, to: true) }
    let peer = try openWithMadeUpPeer()
    try measureRow(.keepalive, of: opener)
    try call(.send(100), by: opener)
    try carryDeparted()
    try measureRow(.keepaliveAndData, of: opener, proof: peer.segments())
  }

  /// The retransmission comes of a timeout: a loss probe, where there is one, is answered by nobody either.
  private func measureAgain() throws {
    let peer = try openWithMadeUpPeer()
    try call(.send(100), by: opener)
    try carryDeparted()
    let place = try awaitTimer(countedBy: .retransmits, of: opener)
    try measureRow(.again, of: opener, proof: peer.segments() + [place])
    try giveUpIfFiredAgain(countedBy: .retransmits, of: opener)
  }

  private func measureProbe() throws {
    let peer = try openWithMadeUpPeer()
    try call(.send(100), by: opener)
    try carryDeparted()
    try peer.acknowledge(100, window: 0)
    try call(.send(100), by: opener)
    try carryDeparted()
    let place = try awaitTimer(countedBy: .probes, of: opener)
    try measureRow(.probe, of: opener, proof: [place])
    try giveUpIfFiredAgain(countedBy: .probes, of: opener)
  }

  private func measureRequest() throws {
    let server = opener.other
    try reach(.synReceived, of: server)
    try measureRow(.request, of: server)
    // Its SYN would be sent again at the same time as the SYN+ACK, before it or behind it.
    path.loseEverything()
    try call(.abort, by: opener)
    let again = try awaitTimer(
      of: server, named: "a SYN+ACK", left: .seconds(1), limit: .seconds(3)
    ) { $0.flags.contains(.syn) }
    try measureRow(.requestAgain, of: server, proof: [again.place])
    let count = log.segments(of: server, since: first) { $0.flags.contains(.syn) }.count
    if count > 2 { try waiting.disturbed(because: .resent) }
  }
}
