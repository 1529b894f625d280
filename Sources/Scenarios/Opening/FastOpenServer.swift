import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// SYNs with data arrive at a listener with TCP_FASTOPEN (RFC 7413).
  package static let fastOpenServer = Scenario(
    "fast open at a listener",
    Declaration(
      [
        .cookie, .withCookie, .wrongCookie, .withoutCookie, .notRequired, .early, .reset, .overflow,
        .afterDisconnect,
      ],
      settings: ["tcp_syncookies", "tcp_timestamps", "tcp_rmem"],
      given: [
        .init("tcp_fastopen", "2"), .init("tcp_fastopen", "514"), .init("TCP_FASTOPEN", "1"),
        .init("TCP_FASTOPEN", "8"),
      ], isDrawn: false, needs: [.wire])
  ) { connection, _ in
    try connection.runFastOpenServer()
  }
}

extension Figure {
  fileprivate static let cookie = Figure("cookie that a listener gives", .packets)
  fileprivate static let withCookie = Figure("SYN with a cookie and data", .programs)
  fileprivate static let wrongCookie = Figure("SYN with a wrong cookie and data", .programs)
  fileprivate static let withoutCookie = Figure("SYN with data and without a cookie", .programs)
  fileprivate static let notRequired = Figure(
    "SYN with data and without a cookie where none is required", .programs)
  fileprivate static let early = Figure("server before the last ACK of a SYN with a cookie", .programs)
  fileprivate static let reset = Figure(
    "RST to a server before the last ACK of a SYN with a cookie", .programs)
  fileprivate static let overflow = Figure(
    "SYN with a cookie and data when as many are unconfirmed as may be", .programs)
  fileprivate static let afterDisconnect = Figure(
    "SYN with a cookie and data once the unconfirmed one before is disconnected", .programs)
}

extension Connection {
  fileprivate func runFastOpenServer() throws {
    log.record(.rung(index: 0))
    let server = opener.other
    try withSettings([("net.ipv4.tcp_fastopen", "2")], at: [server]) {
      var cookie: [UInt8] = []
      try measureApart([.cookie]) { cookie = try $0.measureCookie() }
      guard !cookie.isEmpty else { throw NotMeasurable(reason: "the listener gives no cookie") }
      try measureApart([.withCookie, .early]) {
        try $0.measureSyn(.withCookie, cookie)
        try $0.measureEarly()
      }
      var wrong = cookie
      wrong[0] ^= 0xFF
      try measureApart([.wrongCookie]) { try $0.measureSyn(.wrongCookie, wrong) }
      try measureApart([.withoutCookie]) { try $0.measureSyn(.withoutCookie, nil) }
      try measureApart([.reset]) { try $0.measureReset(cookie) }
      try measureApart([.overflow]) { try $0.measureSecond(.overflow, cookie) }
      try measureApart([.afterDisconnect]) { connection in
        try connection.measureSecond(.afterDisconnect, cookie) { try $0.disconnect() }
      }
    }
    // Of two bits one is the listener's, and the other lets it take data without a cookie (0x200).
    try withSettings([("net.ipv4.tcp_fastopen", "514")], at: [server]) {
      try measureApart([.notRequired]) { try $0.measureSyn(.notRequired, nil) }
    }
  }

  /// Lets a made-up SYN arrive at a listener.
  ///
  /// - Returns: the answer, and its place.
  private func send(
    _ cookie: [UInt8]?, payload: [UInt8], sequence: SequenceNumber = SequenceNumber(1_000_000),
    as client: Connection? = nil
  ) throws -> (answer: Segment?, place: Int?) {
    let client = client ?? self
    let start = log.nextPlace
    var options: [Option] = [.maximumSegmentSize(1400)]
    if let cookie { options.append(.fastOpen(cookie)) }
    try client.path.forge(
      Segment(flags: .syn, sequence: sequence, window: 64_000, options: options), payload: payload,
      from: opener)
    try client.carryDeparted()
    let place = log.firstSegment(of: opener.other, since: start) { $0.flags.contains(.syn) }
    return (log.segment(at: place), place)
  }

  private func listenFast(queue: Int = 8) throws {
    waiting.isPatient = true
    beforeListen.append { socket in try socket.set(.fastOpen, to: queue) }
    try listen()
    path.loseEverything()
  }

  private func measureCookie() throws -> [UInt8] {
    try listenFast()
    let (answer, place) = try send([], payload: [])
    for case .fastOpen(let cookie) in answer?.options ?? [] {
      measure(.cookie, .bytes(cookie.count), "the SYN+ACK", proof: [place])
      return cookie
    }
    measure(.cookie, "none", "the SYN+ACK", proof: [place])
    return []
  }

  private func measureSyn(_ figure: Figure, _ cookie: [UInt8]?) throws {
    try listenFast()
    let (answer, place) = try send(cookie, payload: payload(100))
    let acknowledged = answer.map { $0.acknowledgment - SequenceNumber(1_000_001) }
    let offers = answer?.options.contains { if case .fastOpen = $0 { true } else { false } } ?? false
    var parts: [Value] = [acknowledged.map { .words("ACK of \($0) bytes") } ?? "no answer"]
    if offers { parts.append("a cookie") }
    try call(.accept, by: opener.other)
    if let socket = ends[opener.other].socket {
      parts.append("accept()")
      let read = try self.answer(giving: {
        try socket.value.receive(upTo: 1000).map { .bytes($0.count) } ?? .errno("EAGAIN")
      })
      parts.append(.words("recv() gives \(read)"))
    }
    measure(figure, .all(parts), "the SYN+ACK, accept() and recv()", proof: [place])
  }

  /// The connection is accepted, and its client has confirmed nothing.
  private func measureEarly() throws {
    let start = log.nextPlace
    let written = told(try call(.send(100), by: opener.other))
    try carryDeparted()
    let sent = log.segments(of: opener.other, since: start)
    let state = try record(of: opener.other)?.state ?? .closed
    measure(
      .early, .list([.state(state), written, .inShort(sent.compactMap { log.segment(at: $0) })]),
      "sock_diag, send() and the segments", proof: [start] + sent)
  }

  private func measureReset(_ cookie: [UInt8]) throws {
    try listenFast()
    _ = try send(cookie, payload: payload(100))
    try call(.accept, by: opener.other)
    let start = log.nextPlace
    try path.forge(Segment(flags: .rst, sequence: SequenceNumber(1_000_101)), from: opener)
    let reading = try read(by: opener.other)
    measure(
      .reset, .list([.bytes(reading.count), reading.ending, try remains(of: opener.other)]),
      "recv() until it ended, and sock_diag", proof: [start])
  }

  /// One SYN may be unconfirmed, and a second comes.
  ///
  /// - Parameter end: a call of the server's program on the first connection; nil for none.
  private func measureSecond(
    _ figure: Figure, _ cookie: [UInt8], after end: ((borrowing Socket) throws -> Void)? = nil
  ) throws {
    try listenFast(queue: 1)
    _ = try send(cookie, payload: payload(100))
    if let end {
      try call(.accept, by: opener.other)
      guard let socket = ends[opener.other].socket else {
        throw NotMeasurable(reason: "accept() gives no connection")
      }
      try end(socket.value)
      try carryDeparted()
    }
    let before = try counters(of: opener.other)
    let second = try sibling(toSameListener: true)
    second.path.loseEverything()
    let (answer, place) = try send(cookie, payload: payload(100), as: second)
    let acknowledged = answer.map { $0.acknowledgment - SequenceNumber(1_000_001) }
    let counted = change(["TCPFastOpenListenOverflow"], from: before, to: try counters(of: opener.other))
    measure(
      figure, .list([acknowledged.map { .words("ACK of \($0) bytes") } ?? "no answer", counted]),
      "the SYN+ACK, and TcpExt", proof: [place])
    withExtendedLifetime(second) {}
  }
}
