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
    "SYNs that are kept after listen(4)", .operators, settings: ["core.somaxconn"])
  fileprivate static let syn = Figure("SYN at a full SYN queue", .packets, settings: ["tcp_ecn"])
  fileprivate static let counters = Figure("counters of a full SYN queue", .operators)
  fileprivate static let connection = Figure("connection to a full SYN queue", .programs)
}

extension Connection {
  /// SYNs whose senders never answer, at a listener, until the kernel keeps nothing more of them; then an honest one.
  fileprivate func runSynCookies(under conditions: [Condition]) throws {
    let names: [Figure] = [
      .kept, .syn, .counters,
      .connection,
    ]
    waitPatiently()
    try withSettings(of: conditions, at: opener.other, names) {
      try sibling { try $0.flood(names) }
    }
  }

  private func flood(_ names: [Figure]) throws {
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
    let number = kept.count - 1
    measure(
      names[0], .count(number), "those of which sock_diag has a socket in SYN_RECV",
      proof: [lastLook(at: opener.other)])
    let full = try counters()
    let place = log.nextPlace
    let honest = try sibling(toSameListener: true)
    let state = try honest.handshake()
    measure(
      names[1], departures(of: opener.other, since: place), "the answer to the SYN of one more client",
      proof: [place, lastLook(at: opener.other)])
    let after = try counters()
    let counted = [
      "SyncookiesSent", "SyncookiesRecv", "SyncookiesFailed", "TCPReqQFullDrop", "ListenDrops",
    ]
    measure(
      names[2], change(counted, from: full, to: after), "TcpExt in /proc/net/netstat, of that client's",
      proof: [lastLook(at: opener.other)])
    measure(
      names[3], state == .established ? "is made" : "is not made", "sock_diag at the server's host",
      proof: [lastLook(at: opener.other)])
    // After a second the first of them is answered again.
    try spoil(after: .milliseconds(900), since: start)
    withExtendedLifetime(kept) {}
  }
}
