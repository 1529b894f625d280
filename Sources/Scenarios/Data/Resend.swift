import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A segment is lost, and the kernel's counters tell what sent it again.
  package static let resend = Scenario(
    "resend",
    Declaration(
      [
        .cause
      ],
      under: [[.inFlight(1)], [.inFlight(4)]], given: [.init("TCP_NODELAY", "1")], needs: [.namespace])
  ) { try $0.runResend(under: $1) }
}

extension Figure {
  fileprivate static let cause = Figure(
    "what sends a lost segment again", .packets,
    settings: ["tcp_early_retrans", "tcp_recovery", "tcp_sack"])
}

extension Connection {
  /// The last segment under way is lost. The kernel's own counters tell what sends it again.
  fileprivate func runResend(under conditions: [Condition]) throws {
    let figure = Figure.cause
    let count = conditions.contains(.inFlight(4)) ? 4 : 1
    try open()
    try setOption(of: opener) { socket in try socket.set(.noDelay, to: true) }
    let before = try counters(of: opener)
    log.record(.rung(index: 0))
    for _ in 1..<count { try call(.send(100), by: opener) }
    let sender = opener
    var isFirst = true
    if bench.holdsPackets {
      // Before the last is lost the others are under way, unacknowledged.
      path.rules.append { segment, party in
        guard isFirst else { return nil }
        return party == sender ? (segment.length == 101 ? .drop : .hold) : nil
      }
    } else {
      for _ in 1..<count { try expect(opener, SegmentPattern(isData: true)) }
      try path.lose(opener, like: SegmentPattern(isData: true))
    }
    try call(.send(101), by: opener)
    // Those before it have left, too, before the rule ends.
    if bench.holdsPackets { for _ in 1..<count { try expect(opener, SegmentPattern(isData: true)) } }
    let lost = try expect(opener, SegmentPattern(length: 101))
    isFirst = false
    try path.release()
    try awaitResend(of: opener)
    let again = try expect(opener, SegmentPattern(isData: true))
    guard again != nil else { return measure(figure, "nothing", "the segments", proof: [lost]) }
    let after = try counters(of: opener)
    func grown(_ counter: String) -> Bool { after[counter, default: 0] > before[counter, default: 0] }
    let value: Value =
      switch (grown("TCPTimeouts"), grown("TCPLossProbes")) {
      case (true, false): "a timeout"
      // A timeout beside it came later: the kernel probes first, and the machine was slow to look.
      case (_, true): "a loss probe"
      case (false, false): grown("TCPFastRetrans") ? "duplicate ACKs" : "something that no counter names"
      }
    measure(figure, value, "the counters TCPTimeouts and TCPLossProbes", proof: [lost, again])
  }
}
