import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A client whose port is in TIME_WAIT connects again, and the kernel is to choose the port.
  package static let connectInTimeWait = Scenario(
    "connect in TIME_WAIT",
    Declaration(
      [.early, .late, .finWait2],
      under: [[], [.setting("tcp_tw_reuse", "0")], [.setting("tcp_tw_reuse", "1")]],
      settings: ["tcp_max_tw_buckets"], given: [.init("ip_local_port_range", "one port")])
  ) { try $0.runConnectInTimeWait(under: $1) }
}

extension Figure {
  fileprivate static let early = Figure(
    "connect() within tcp_tw_reuse_delay", .operators, settings: ["tcp_tw_reuse_delay"])
  fileprivate static let late = Figure(
    "connect() after tcp_tw_reuse_delay", .operators,
    settings: ["tcp_tw_reuse_delay", "tcp_tw_reuse", "tcp_timestamps"],
    known: Known(
      "tcp_tw_reuse_delay came between Linux 6.12 and 6.18; before, it was one second.",
      .between("6.12", "6.18")),
    // tcp_tw_reuse 2, the default, is for loopback alone.
    circumstances: [.bench])
  fileprivate static let finWait2 = Figure(
    "connect() while the port is in FIN_WAIT_2", .operators,
    settings: ["tcp_tw_reuse_delay", "tcp_tw_reuse", "tcp_timestamps"], circumstances: [.bench])
}

extension Connection {
  /// A client closes first, and connects to the same server again while the kernel has no other port to choose than
  /// the one in TIME_WAIT.
  fileprivate func runConnectInTimeWait(under conditions: [Condition]) throws {
    try measureTimeWait(under: conditions)
    try measureApart([.finWait2]) { try $0.measureFinWait2(under: conditions) }
  }

  private func measureTimeWait(under conditions: [Condition]) throws {
    let port = ends[opener].tuple.local.port
    try withSettings(of: conditions + [.setting("ip_local_port_range", "\(port) \(port)")], at: opener) {
      leavesPort = true
      try open()
      log.record(.rung(index: 0))
      // Before tcp_tw_reuse_delay kernels counted in whole seconds of this clock: what falls into one is one of them.
      let passed = Clock.monotonic() % 1_000_000_000
      if passed > 300_000_000 { try waiting.pause(.nanoseconds(1_020_000_000 - passed)) }
      _ = try closeIntoTimeWait(opener)
      let shown = log.lastLook(at: opener)
      let early = try outcomeOfConnecting(bindsPort: false)
      measure(.early, early, Self.sourceOfConnecting, proof: [shown])
      guard early != "connects" else {
        return cannotMeasure(.late, because: "the port was given away before")
      }
      // The delay is counted in whole milliseconds, and must have passed.
      try waiting.pause(.nanoseconds(try reuseDelay() + 10_000_000))
      measure(.late, try outcomeOfConnecting(bindsPort: false), Self.sourceOfConnecting, proof: [shown])
    }
  }

  private static let sourceOfConnecting = "connect() where the kernel had one port to choose"

  /// The same while the server has not closed: the end that closed first waits for its FIN.
  private func measureFinWait2(under conditions: [Condition]) throws {
    let port = ends[opener].tuple.local.port
    try withSettings(of: conditions + [.setting("ip_local_port_range", "\(port) \(port)")], at: opener) {
      leavesPort = true
      try open()
      try call(.close, by: opener)
      try expect(opener, SegmentPattern(flags: .fin))
      try settle()
      try waiting.pause(.nanoseconds(try reuseDelay() + 10_000_000))
      try look()
      guard try record(of: opener)?.state == .finWait2 else {
        throw NotMeasurable(reason: "the end that closed first is not in FIN_WAIT_2")
      }
      let shown = log.lastLook(at: opener)
      measure(
        .finWait2, try outcomeOfConnecting(bindsPort: false), Self.sourceOfConnecting, proof: [shown])
    }
  }

  /// Connects again and says how it ends.
  func outcomeOfConnecting(bindsPort: Bool) throws -> Value {
    if case .failed(let errno) = try connectAgain(opener, bindsPort: bindsPort) { return .errno(errno) }
    try settle()
    try look()
    return try record(of: opener)?.state == .established ? "connects" : "does not connect"
  }

  /// `tcp_tw_reuse_delay`, in nanoseconds; before there was such a setting it was a second.
  private func reuseDelay() throws -> Int64 {
    let text = try? bench.enter(opener) { try Sysctl.read("net.ipv4.tcp_tw_reuse_delay") }
    return (text.flatMap { Int64($0) } ?? 1000) * 1_000_000
  }
}
