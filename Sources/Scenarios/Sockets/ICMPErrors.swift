import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A router complains.
  package static let icmpErrors = Scenario(
    "ICMP errors",
    Declaration(
      [
        .connect,
        .send,
        .sendReceivingErrors,
        .segments,
        .request,
        .outside,
        .backoff,
      ], under: ICMP.allCases.map { [.icmp($0)] },
      given: [.init("tcp_early_retrans", "0", in: Figure.backoff.variants)], isDrawn: false, needs: [.wire])
  ) { try $0.runICMPErrors(under: $1) }
}

extension Figure {
  fileprivate static let connect = Figure(
    "connect() after an ICMP error", formerly: ["connect() at an ICMP error"], .programs)
  fileprivate static let send = Figure(
    "send() after an ICMP error", formerly: ["send() at an ICMP error"], .programs)
  fileprivate static let sendReceivingErrors = Figure(
    "send() after an ICMP error with IP_RECVERR", formerly: ["send() at an ICMP error with IP_RECVERR"],
    .programs)
  fileprivate static let segments = Figure(
    "segments that leave at an ICMP error", .packets,
    settings: ["ip_no_pmtu_disc", "tcp_timestamps", "tcp_rmem", "tcp_min_snd_mss", "tcp_mtu_probing"])
}

extension Figure {
  fileprivate static let request = Figure("request at an ICMP error", .programs)
  fileprivate static let outside = Figure(
    "ICMP error about a segment that was not sent", .programs,
    settings: [Influence("ip_no_pmtu_disc", under: .icmp(.fragmentationNeeded))])
  fileprivate static let backoff = Figure(
    "retransmission timeout at an ICMP error after two retransmissions", .operators,
    in: .underAny([.icmp(.hostUnreachable), .icmp(.netUnreachable), .icmp(.portUnreachable)]),
    settings: ["tcp_rto_min_us"])
}

extension Connection {
  /// A router says that it cannot carry a segment: to a connection that is being made, and to one that is.
  fileprivate func runICMPErrors(under conditions: [Condition]) throws {
    guard let error = ICMP.allCases.first(where: { conditions.contains(.icmp($0)) }) else { return }
    waiting.isPatient = true
    // The size of packets on the path would be remembered for all that is run after.
    let isNew = error == .fragmentationNeeded
    try sibling(onNewHosts: isNew) { try $0.complainOfSYN(error, .connect) }
    try sibling(onNewHosts: isNew) { try $0.complainOfData(error, .send, resend: .segments) }
    try sibling(onNewHosts: isNew) { try $0.complainOfAnswer(error, .request) }
    try sibling(onNewHosts: isNew) { try $0.complainOfOther(error, .outside) }
    if Figure.backoff.variants.includes(conditions) {
      try withSettings([("net.ipv4.tcp_early_retrans", "0")], at: [opener]) {
        try measureApart([.backoff], heedsTimers: false) { try $0.complainInBackoff(error, .backoff) }
      }
    }
    try sibling(onNewHosts: isNew) { connection in
      let isIPv4 = bench.family == .ipv4
      connection.beforeConnect.append { socket in
        try socket.set(isIPv4 ? .receiveErrors : .receiveErrorsV6, to: true)
      }
      try connection.complainOfData(error, .sendReceivingErrors, resend: nil)
    }
  }

  private func complainOfSYN(_ error: ICMP, _ figure: Figure) throws {
    try listen()
    path.loseEverything()
    try call(.connect, by: opener)
    guard let syn = try expect(opener, SegmentPattern(flags: .syn)) else {
      throw NotMeasurable(reason: "no such segment left")
    }
    try path.forge(error, about: syn)
    try settle()
    let failure = try failure(of: opener)
    let state = try record(of: opener)?.state ?? .closed
    measure(
      figure, failure.map { .list([.errno($0), .state(state)]) } ?? .words("goes on in \(state.rawValue)"),
      "SO_ERROR, and sock_diag", proof: [syn, log.lastLook(at: opener)])
  }

  private func complainOfData(_ error: ICMP, _ figure: Figure, resend: Figure?) throws {
    try open()
    try settle()
    path.loseEverything()
    try call(.send(1200), by: opener)
    guard let data = try expect(opener, SegmentPattern(isData: true)) else {
      throw NotMeasurable(reason: "no such segment left")
    }
    let place = log.nextPlace
    try path.forge(error, about: data)
    try settle()
    if let resend {
      let again = log.segments(of: opener, since: place)
      let lengths = again.compactMap { log.events[$0].segment?.length }
      measure(
        resend,
        lengths.isEmpty ? "none" : .words("of \(lengths.map(String.init).joined(separator: " and ")) bytes"),
        "the segments that left before a timer could fire; the one that it was about had 1200 bytes",
        proof: [data] + again)
    }
    // After 200 ms the data is sent again.
    try giveUp(after: .milliseconds(150), since: data)
    let written = told(try call(.send(100), by: opener))
    let state = try record(of: opener)?.state ?? .closed
    measure(
      figure, .list([written, .state(state)]), "send() after it came, and sock_diag",
      proof: [data, log.lastCall()])
  }

  /// The handshake lacks its last ACK: there is no socket yet, only a request.
  private func complainOfAnswer(_ error: ICMP, _ figure: Figure) throws {
    try listen()
    let client = opener
    path.rules.append { segment, party in party == client && segment.isPureAck ? .drop : nil }
    guard let answer = try shakeHands().answer, try record(of: opener.other)?.state == .synReceived else {
      throw NotMeasurable(reason: "there is no request")
    }
    try path.forge(error, about: answer)
    try settle()
    measure(
      figure, try remains(of: opener.other), "sock_diag", proof: [answer, log.lastLook(at: opener.other)])
  }

  /// The error quotes a sequence number that is far from what is in flight.
  private func complainOfOther(_ error: ICMP, _ figure: Figure) throws {
    try open()
    try settle()
    path.loseEverything()
    try call(.send(100), by: opener)
    guard let data = try expect(opener, SegmentPattern(isData: true)) else {
      throw NotMeasurable(reason: "no such segment left")
    }
    let before = try counters(of: opener)
    let number = (bench.family == .ipv4 ? 20 : 40) + 4
    let place = log.nextPlace
    try path.forge(error, about: data) { $0[number] ^= 0x40 }
    try giveUp(after: .milliseconds(150), since: data)
    measure(
      figure,
      .list([
        try whatIsLeft(of: opener),
        change(["OutOfWindowIcmps"], from: before, to: try counters(of: opener)),
      ]), "sock_diag, SO_ERROR and TcpExt", proof: [data, place])
  }

  /// A path that is gone and comes back: the timeout takes a step of its backoff back (RFC 6069).
  private func complainInBackoff(_ error: ICMP, _ figure: Figure) throws {
    let peer = try openWithMadeUpPeer()
    _ = try retransmissionTimeout(of: opener)
    let start = log.nextPlace
    try call(.send(100), by: opener)
    try carryDeparted()
    var last = peer.segments(since: start).last
    for _ in 0..<2 {
      guard let armed = try armedTimer(of: opener) else { break }
      let left = Duration.milliseconds(armed.timer.milliseconds)
      last = try awaitTimer(
        of: opener, named: "the data again", left: left, limit: left + left / 8 + .seconds(1)
      ) { $0.length > 0 }.place
    }
    guard let last else { throw NotMeasurable(reason: "the data was not sent again") }
    let before = try info(of: opener)?[.backoff]
    let place = log.nextPlace
    try path.forge(error, about: last)
    let after = try info(of: opener)?[.backoff]
    // An error that comes after the shorter timeout is over sends the data again, which is another step forward.
    try giveUp(after: .milliseconds(300), since: last)
    try carryDeparted()
    if !peer.segments(since: place).isEmpty { try waiting.disturbed(because: .resent) }
    guard let before, let after else { throw NotMeasurable(reason: .needs("TCP_INFO")) }
    measure(
      figure, .steps([.words("backoff \(before)"), .words("backoff \(after)")]),
      "TCP_INFO before and after it",
      proof: [last, place])
  }
}
