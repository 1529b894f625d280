import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension Scenario {
  /// Data in flight grows with ACKs, then a segment is lost.
  package static let congestion = Scenario(
    "congestion",
    Declaration(
      [
        .growth,
        .recovery,
      ], under: [[.congestionControl("reno")], [.congestionControl("cubic")], [.congestionControl("bbr")]],
      given: [.init("TCP_MAXSEG", "1000"), .init("tcp_early_retrans", "0")], needs: [.segments],
      timed: .init("the delayed ACK"))
  ) { try $0.runCongestion(under: $1) }
}

extension Figure {
  /// The sysctls that say from which SACK on a segment is lost.
  private static let lossDetection = ["tcp_recovery", "tcp_reordering"]
  fileprivate static let growth = Figure(
    "the congestion window", .packets,
    settings: ["tcp_rmem"] + lossDetection.map { Influence($0, under: .congestionControl("bbr")) })
  fileprivate static let recovery = Figure(
    "the congestion window after a loss", .packets, settings: ["tcp_rmem"])
}

extension Connection {
  /// One end sends as much as its congestion window lets it, and then a segment is lost (RFC 5681 section 3).
  ///
  /// TCP_INFO is read between the segments. A congestion control of one's own choice makes the figures comparable: the
  /// namespace's default is whatever the host has.
  fileprivate func runCongestion(under conditions: [Condition]) throws {
    waiting.isPatient = true
    let control = conditions.first { $0.name == "TCP_CONGESTION" }?.value ?? "reno"
    try choose(congestionControl: control)
    beforeConnect.append { socket in
      // Many small segments, on loopback too.
      try socket.set(.maximumSegment, to: 1000)
    }
    try open()
    guard bench.holdsPackets else { return try runCongestion(control) }
    // What is carried by hand takes long enough for a loss probe to be sent though nothing is lost.
    try withSettings([("net.ipv4.tcp_early_retrans", "0")], at: [opener]) {
      try runCongestion(control)
    }
  }

  private func runCongestion(_ control: String) throws {
    log.record(.rung(index: 0))
    try look()
    guard let start = window() else { throw NotMeasurable(reason: .needs("TCP_INFO")) }
    // As much as it lets out at once: a window that is not used up does not grow.
    try send(start.segments)
    try awaitAcks()
    let (high, lost, isRepaired) = try loseSome(after: start)
    let growth = windows(from: start.place, to: high.place)
    let low = windows(from: high.place).min { $0.segments < $1.segments } ?? high
    let peak = growth.max { $0.segments < $1.segments } ?? start
    if high.delivered > start.delivered { try blameMachine(ifResentBetween: start, high) }
    let grows =
      switch (peak.segments > start.segments, growth.allSatisfy { $0.isEarned(since: start) }) {
      case (false, _): "does not grow"
      case (true, true): "grows with ACKs"
      case (true, false): "grows without ACKs"
      }
    measure(
      .growth,
      .words("\(grows) and \(low.segments < high.segments ? "shrinks" : "does not shrink") on loss"),
      "TCP_INFO under \(control): \(start.segments) segments, \(high.segments) before the loss, then \(low.segments)",
      proof: [start.place, peak.place, high.place, lost, low.place])
    guard isRepaired else { return cannotMeasure(.recovery, because: "not all data was acknowledged") }
    try measureRecovery(.recovery, control)
  }

  /// Loses a segment with others behind it; on loopback, where only all can be lost, all until the timer has fired.
  ///
  /// - Returns: the window when they had been written, the place of one that was lost, and whether it came in the end.
  private func loseSome(after start: CongestionWindow) throws -> (
    high: CongestionWindow, lost: Int?, isRepaired: Bool
  ) {
    let sender = opener
    var isLost = false
    if bench.holdsPackets {
      path.rules.append { segment, party in
        guard party == sender, segment.length > 0, !isLost else { return nil }
        isLost = true
        return .drop
      }
    } else {
      try path.loseAll(from: sender)
    }
    let before = log.nextPlace
    // Three behind it make its sender take it for lost (RFC 5681 section 3.2).
    try send(5)
    try look()
    let high = window() ?? start
    if !bench.holdsPackets {
      var seen: Set<SequenceNumber> = []
      // A loss probe may come first.
      for _ in 0..<4 where (window()?.segments ?? 0) >= high.segments {
        try awaitSegment(of: sender, named: "a retransmission") {
          $0.length > 0 && !seen.insert($0.sequence).inserted
        }
      }
      try path.loseNothing(from: sender)
    }
    let isRepaired = try awaitAcks()
    let lost = log.firstSegment(of: sender, since: before) { $0.length > 0 }
    return (high, lost, isRepaired)
  }

  private func measureRecovery(_ figure: Figure, _ control: String) throws {
    guard let low = window() else { return cannotMeasure(figure, because: .needs("TCP_INFO")) }
    var high = low
    // Past its threshold a window grows by one for as many segments as it is wide, or slower.
    for _ in 0..<8 where high.segments <= low.segments {
      try send(2 * high.segments)
      guard try awaitAcks() else { break }
      high = window() ?? high
    }
    if high.segments <= low.segments { try blameMachine(ifResentBetween: low, high) }
    measure(
      figure, high.segments > low.segments ? "grows again" : "does not grow again",
      "TCP_INFO under \(control): \(low.segments) segments, then \(high.segments)",
      proof: [low.place, high.place])
  }

  /// Gives the run up where something was sent again: nothing is lost here, so only a timer sends again, and only
  /// because the machine was too slow.
  private func blameMachine(ifResentBetween early: CongestionWindow, _ late: CongestionWindow) throws {
    if late.resent > early.resent {
      try waiting.disturbed(because: .resent)
    }
  }

  private func send(_ segments: Int) throws {
    guard let size = window()?.segmentSize else { return }
    try call(.send(segments * size), by: opener)
  }

  /// Waits until all that was written is acknowledged, and makes room for more.
  ///
  /// - Returns: whether it is.
  @discardableResult
  private func awaitAcks() throws -> Bool {
    let written = log.octetsWritten(by: opener)
    let syn = log.firstSegment(of: opener) { $0.flags.contains(.syn) }
    guard let end = log.segment(at: syn).map({ $0.end + written }) else { return false }
    let ack = try awaitSegment(of: opener.other, named: "an ACK of all data") { $0.acknowledged == end }
    try settle()
    try call(.receive(nil), by: opener.other)
    try look()
    return ack != nil
  }
}
