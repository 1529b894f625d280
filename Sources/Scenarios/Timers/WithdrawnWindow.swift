import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A receiver takes its window back while data is under way.
  package static let withdrawnWindow = Scenario(
    "a window that is withdrawn",
    Declaration(
      [.again, .state, .rest, .write, .writeSent],
      settings: ["tcp_rto_min_us", "tcp_early_retrans"],
      given: [
        .init("TCP_NODELAY", "1"), .init("TCP_CONGESTION", "cubic"), .init("TCP_USER_TIMEOUT", "500"),
      ], needs: [.wire])
  ) { connection, _ in
    try connection.runWithdrawnWindow()
  }
}

extension Figure {
  fileprivate static let again = Figure("segment sent again into a withdrawn window", .packets)
  fileprivate static let state = Figure("timer before a withdrawn window", .operators)
  fileprivate static let rest = Figure(
    "segments when a withdrawn window opens again", .packets, settings: ["tcp_retrans_collapse"])
  fileprivate static let write = Figure(
    "write before a withdrawn window under TCP_USER_TIMEOUT", .programs)
  fileprivate static let writeSent = Figure(
    "retransmissions into a withdrawn window under TCP_USER_TIMEOUT", .operators,
    settings: ["tcp_thin_linear_timeouts"])
}

extension Connection {
  /// Four segments are under way; the first is acknowledged with a window of 0, and nothing else is.
  fileprivate func runWithdrawnWindow() throws {
    try choose(congestionControl: "cubic")
    beforeConnect.append { socket in try socket.set(.noDelay, to: true) }
    log.record(.rung(index: 0))
    try measureApart([.again, .state, .rest], heedsTimers: false) { try $0.measureAgain() }
    try measureApart([.write, .writeSent], heedsTimers: false) { try $0.measureUserTimeout() }
  }

  private func withdraw() throws -> MadeUpPeer {
    let peer = try openWithMadeUpPeer()
    for _ in 0..<4 { try call(.send(100), by: opener) }
    try carryDeparted()
    if hasTimerSent(for: opener) { try waiting.disturbed(because: .resent) }
    try peer.acknowledge(100, window: 0)
    return peer
  }

  private func measureAgain() throws {
    let peer = try withdraw()
    let start = log.nextPlace
    guard let armed = try armedTimer(of: opener) else {
      return measure(.state, "no timer", "sock_diag", proof: [start])
    }
    measure(.state, .words(armed.timer.kind.rawValue), "sock_diag", proof: [start])
    let left = Duration.milliseconds(armed.timer.milliseconds)
    let again = try awaitTimer(
      of: opener, named: "data again", left: left, limit: left + left / 8 + .seconds(1)
    ) { _ in true }
    let segment = log.segment(at: again.place)
    measure(
      .again,
      segment.map { Value(reading: "\($0.length) bytes from \($0.sequence - peer.other) on") } ?? "none",
      "the segment, where 100 were acknowledged", proof: [start, again.place])
    // A process that is stopped finds the segment late, and the next one behind it.
    let late = log.nextPlace
    try carryDeparted()
    if !peer.segments(since: late).isEmpty { try waiting.disturbed(because: .resent) }
    let place = log.nextPlace
    try peer.acknowledge(200)
    let sent = peer.segments(since: place)
    // The next timeout is twice as long: behind it the same segment would leave once more.
    if let first = again.place { try giveUp(after: .milliseconds(300), since: first) }
    measure(
      .rest, peer.ranges(of: sent), "the segments that left at the ACK of 200 bytes", proof: [place] + sent)
  }

  private func measureUserTimeout() throws {
    let peer = try openWithMadeUpPeer()
    try setOption(of: opener) { socket in try socket.set(.userTimeout, to: Self.shortUserTimeout) }
    let since = now
    for _ in 0..<4 { try call(.send(100), by: opener) }
    try carryDeparted()
    try peer.acknowledge(100, window: 0)
    // The timeout of the data before it would be one retransmission more.
    try giveUp(after: .milliseconds(100), sinceTime: since)
    let start = log.nextPlace
    _ = try awaitTimer(of: opener, named: "the end", left: .zero, limit: .seconds(6)) { _ in false }
    let sent = peer.segments(since: start) { !$0.flags.contains(.rst) }
    // TCP_USER_TIMEOUT shortens the last timer to its own end, and whether the kernel sends once more there is chance.
    let counted = sent.filter { time(from: sent[0], to: $0) < .milliseconds(Self.shortUserTimeout - 20) }
    measure(.write, try ending(of: opener), "what recv() returned", proof: [log.lastCall()])
    measure(
      .writeSent, .count(counted.count), "the segments that left before its end", proof: [start] + counted)
  }

  /// In milliseconds.
  private static let shortUserTimeout = 500

  /// The time between two segments of one end, by its timestamps where both have one: a process that is stopped reads
  /// segments late.
  private func time(from first: Int, to second: Int) -> Duration {
    if let before = log.segment(at: first)?.clock, let after = log.segment(at: second)?.clock {
      return .milliseconds(Int64(after &- before))
    }
    return .nanoseconds(log.events[second].time - log.events[first].time)
  }
}

extension MadeUpPeer {
  /// The octets in these segments: `100-200 300-400`.
  func ranges(of places: [Int]) -> Value {
    let texts = places.compactMap { connection.log.segment(at: $0) }.filter { $0.length > 0 }.map {
      "\($0.sequence - other)-\($0.end - other)"
    }
    return texts.isEmpty ? "none" : .words(texts.joined(separator: " "))
  }
}
