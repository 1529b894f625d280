import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// TCP_USER_TIMEOUT beside what else would end a connection.
  package static let userTimeout = Scenario(
    "user timeout",
    Declaration(
      [
        .closedWindow,
        .longerTimeout,
        .shorterTimeout,
      ], wait: 6,
      given: [
        .init("SO_KEEPALIVE", "1"), .init("TCP_KEEPIDLE", "1"), .init("TCP_KEEPINTVL", "1"),
        .init("TCP_KEEPCNT", "1"), .init("TCP_KEEPCNT", "5"), .init("TCP_USER_TIMEOUT", "500"),
        .init("TCP_USER_TIMEOUT", "2500"), .init("TCP_USER_TIMEOUT", "1500"),
        .init("tcp_invalid_ratelimit", "0"),
      ], isDrawn: false, needs: [.wire])
  ) { connection, _ in
    try connection.runUserTimeout()
  }
}

extension Figure {
  fileprivate static let closedWindow = Figure("window that stays 0 under TCP_USER_TIMEOUT", .programs)
  fileprivate static let longerTimeout = Figure("keepalive under a longer TCP_USER_TIMEOUT", .programs)
  fileprivate static let shorterTimeout = Figure("keepalive under a shorter TCP_USER_TIMEOUT", .programs)
}

extension Connection {
  /// TCP_USER_TIMEOUT beside what else would end a connection, or would not: a window that stays 0, and keepalive.
  fileprivate func runUserTimeout() throws {
    waiting.isPatient = true
    // A receiver that has answered a probe less than half a second ago would not answer the next one.
    try withSettings([("net.ipv4.tcp_invalid_ratelimit", "0")], at: [opener.other]) {
      try sibling { try $0.keepWindowClosed(.closedWindow) }
    }
    // Both are probed at 1 s, 2 s and so on; what counts decides, a half of a second before one of them.
    try sibling { try $0.probe(.longerTimeout, count: 1, timeout: 2500) }
    try sibling { try $0.probe(.shorterTimeout, count: 5, timeout: 1500) }
  }

  /// The probes of a window of 0 are answered, each time.
  private func keepWindowClosed(_ figure: Figure) throws {
    try openForTimers()
    _ = try closeWindow(of: opener.other)
    // The user timeout counts from the first probe. The second is sent 2 × (200 ms + the round-trip time) after it, and its
    // timer may be 32 ms late: on a longer path the timeout would end the connection before.
    if let roundTrip = try info(of: opener)?[.rtt], roundTrip > 30_000 {
      try waiting.disturbed(because: .slowRoundTrip(.microseconds(Int64(roundTrip))))
    }
    try setOption(of: opener) { socket in try socket.set(.userTimeout, to: 500) }
    let start = log.nextPlace
    try call(.send(100), by: opener)
    _ = try awaitTimer(of: opener, named: "the end", left: .zero, limit: .seconds(4)) { _ in false }
    try settle()
    try look()
    let probes = log.segments(of: opener, since: start) { !$0.flags.contains(.rst) }
    let answers = log.segments(of: opener.other, since: start)
    let ending = try ending(of: opener)
    guard probes.count == answers.count, probes.count >= 2 || ending != .errno("ETIMEDOUT") else {
      return cannotMeasure(
        figure,
        because: .other(
          "\(answers.count) of \(probes.count) window probes were answered, expected all of two or more"))
    }
    measure(figure, ending, "what recv() returned", proof: [log.lastCall()])
  }

  /// Loses the answers to keepalive probes.
  private func probe(_ figure: Figure, count: Int, timeout: Int) throws {
    try openForTimers()
    silence(opener)
    let start = log.nextPlace
    // Keepalive and the timeout count from the last segment that arrived.
    let since = log.lastArrival(at: opener).map { log.events[$0].time } ?? now
    try setOption(of: opener) { socket in
      try socket.set(.keepIdle, to: 1)
      try socket.set(.keepInterval, to: 1)
      try socket.set(.keepCount, to: count)
      try socket.set(.userTimeout, to: timeout)
      try socket.set(.keepAlive, to: true)
    }
    _ = try awaitTimer(of: opener, named: "the end", left: .zero, limit: .seconds(8)) { _ in false }
    try settle()
    try look()
    let probes = log.segments(of: opener, since: start) { !$0.flags.contains(.rst) }
    // A probe that left later than a timer may be late could be beyond the timeout.
    let limits: [Int64] = [1_400_000_000, 2_450_000_000]
    for (probe, limit) in zip(probes, limits) where log.events[probe].time - since > limit {
      try waiting.disturbed(because: .heldUp(.nanoseconds(log.events[probe].time - since)))
    }
    let noun = probes.count == 1 ? "probe" : "probes"
    measure(
      figure, .steps([.words("\(probes.count) \(noun)"), try ending(of: opener)]),
      "the segments that left, and what recv() returned; \(count) may go without an answer", proof: probes)
  }
}
