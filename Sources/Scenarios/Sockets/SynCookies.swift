import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// SYNs that nobody follows up.
  package static let synCookies = Scenario(
    "SYN cookies",
    Declaration(
      [
        .kept,
        .syn,
        .counters,
        .connection,
      ], under: ["0", "1", "2"].map { [.setting("tcp_syncookies", $0)] }, isDrawn: false, needs: [.wire])
  ) { try $0.runSynCookies(under: $1) }
}

extension Figure {
  fileprivate static let kept = Figure(
    "requests that are kept after listen(4)", formerly: ["SYNs that are kept after listen(4)"], .operators,
    settings: ["core.somaxconn"])
  fileprivate static let syn = Figure("SYN at a full SYN queue", .packets, settings: ["tcp_ecn"])
  fileprivate static let counters = Figure("counters of a full SYN queue", .operators)
  fileprivate static let connection = Figure("connection to a full SYN queue", .programs)
}

extension Connection {
  /// SYNs whose senders never answer, at a listener, until the kernel keeps nothing more of them; then an honest one.
  fileprivate func runSynCookies(under conditions: [Condition]) throws {
    waiting.isPatient = true
    try withSettings(of: conditions, at: opener.other) {
      try sibling { try $0.flood() }
    }
  }

  private func flood() throws {
    let start = log.record(.rung(index: 0))
    try listen(backlog: 4)
    var kept: [Connection] = []
    var isKept = true
    while isKept, kept.count < 16 {
      let connection = try sibling(toSameListener: true)
      connection.path.rules.append { [opener] _, party in party == opener.other ? .drop : nil }
      isKept = try connection.handshake() == .synReceived
      kept.append(connection)
    }
    let number = isKept ? kept.count : kept.count - 1
    measure(
      .kept, .count(number), "those of which sock_diag has a socket in SYN_RECV",
      proof: [log.lastLook(at: opener.other)])
    let full = try counters(of: opener.other)
    let place = log.nextPlace
    let honest = try sibling(toSameListener: true)
    let state = try honest.handshake()
    measure(
      .syn, departures(of: opener.other, since: place), "the answer to the SYN of one more client",
      proof: [place, log.lastLook(at: opener.other)])
    let after = try counters(of: opener.other)
    let counted = [
      "SyncookiesSent", "SyncookiesRecv", "SyncookiesFailed", "TCPReqQFullDrop", "ListenDrops",
    ]
    measure(
      .counters, change(counted, from: full, to: after), "TcpExt in /proc/net/netstat, of that client's",
      proof: [log.lastLook(at: opener.other)])
    measure(
      .connection, state == .established ? "is made" : "is not made", "sock_diag at the server's host",
      proof: [log.lastLook(at: opener.other)])
    // After a second the first of them is answered again.
    try giveUp(after: .milliseconds(900), since: start)
    withExtendedLifetime(kept) {}
  }
}
