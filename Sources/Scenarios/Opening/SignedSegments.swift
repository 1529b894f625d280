import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension Scenario {
  /// Segments are signed (TCP_MD5SIG, RFC 2385), at both ends or at one.
  package static let signedSegments = Scenario(
    "signed segments",
    Declaration(
      [.options, .alike, .otherKey, .noKey, .noListenerKey, .unsignedReset],
      settings: ["tcp_timestamps", "tcp_sack", "tcp_window_scaling", "tcp_syncookies"], isDrawn: false,
      needs: [.wire])
  ) { connection, _ in
    try connection.runSignedSegments()
  }
}

extension Figure {
  fileprivate static let options = Figure("options of a SYN with TCP_MD5SIG", .packets)
  fileprivate static let alike = Figure("connection with the same key of TCP_MD5SIG at both ends", .programs)
  fileprivate static let otherKey = Figure(
    "connection with another key of TCP_MD5SIG at the client", .programs)
  fileprivate static let noKey = Figure("connection without TCP_MD5SIG at the client", .programs)
  fileprivate static let noListenerKey = Figure("connection without TCP_MD5SIG at the listener", .programs)
  fileprivate static let unsignedReset = Figure("RST without a signature", .programs)
}

extension Connection {
  fileprivate func runSignedSegments() throws {
    log.record(.rung(index: 0))
    let refusal = try bench.enter(opener) { () -> Errno? in
      let socket = try Socket.tcp(bench.family)
      do throws(Errno) {
        try socket.sign(with: "key", to: ends[opener].tuple.remote)
        return nil
      } catch {
        return error
      }
    }
    if let refusal {
      throw NotMeasurable(reason: .notOnThisKernel("TCP_MD5SIG gives \(refusal.name)"))
    }
    try measureApart([.options, .alike, .unsignedReset]) { connection in
      try connection.connect(.alike, keys: ("key", "key"))
    }
    let cases: [(figure: Figure, client: String?, listener: String?)] = [
      (.otherKey, "kex", "key"), (.noKey, nil, "key"), (.noListenerKey, "key", nil),
    ]
    for (figure, client, listener) in cases {
      try measureApart([figure]) { try $0.connect(figure, keys: (client, listener)) }
    }
  }

  /// Connects two ends with these keys, or none.
  private func connect(_ figure: Figure, keys: (client: String?, listener: String?)) throws {
    let (client, server) = (ends[opener].tuple.local, ends[opener.other].tuple.local)
    if let key = keys.client { beforeConnect.append { socket in try socket.sign(with: key, to: server) } }
    if let key = keys.listener { beforeListen.append { socket in try socket.sign(with: key, to: client) } }
    let before = try counters(of: opener.other)
    try listen()
    try call(.connect, by: opener)
    let syn = try expect(opener, SegmentPattern(flags: .syn))
    try carryDeparted()
    let state = try record(of: opener)?.state ?? .closed
    let names = ["TCPMD5NotFound", "TCPMD5Unexpected", "TCPMD5Failure"]
    let counted = change(names, from: before, to: try counters(of: opener.other))
    guard state == .established else {
      return measure(
        figure, .list([.state(state), counted]), "sock_diag and TcpExt once the SYN had arrived", proof: [syn]
      )
    }
    try call(.send(100), by: opener)
    try carryDeparted()
    let reading = try read(by: opener.other)
    measure(
      figure, .list([.state(state), .bytes(reading.count), counted]), "sock_diag, recv() and TcpExt",
      proof: [syn])
    guard figure == .alike else { return }
    measure(
      .options, syn.flatMap { log.events[$0].header?.options } ?? "none", "the bytes of the SYN",
      proof: [syn])
    guard let last = log.segment(at: log.lastSegment(of: opener, since: first)) else { return }
    let start = log.nextPlace
    try path.forge(Segment(flags: .rst, sequence: last.end), from: opener)
    measure(.unsignedReset, try remains(of: opener.other), "sock_diag", proof: [start])
  }
}
