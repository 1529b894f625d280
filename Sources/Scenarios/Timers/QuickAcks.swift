import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A receiver acknowledges the first segments at once, and delays its ACKs from then on.
  package static let quickAcks = Scenario(
    "quick ACKs",
    Declaration(
      [.afterProbes, .pushed, .notPushed], settings: ["tcp_rmem"],
      given: [.init("tcp_invalid_ratelimit", "0")], isDrawn: false, needs: [.wire])
  ) { connection, _ in
    try connection.runQuickAcks()
  }
}

extension Figure {
  fileprivate static let afterProbes = Figure(
    "segments that are acknowledged at once after eight keepalive probes", .packets)
  fileprivate static let pushed = Figure("ACK at recv() of a full segment with PSH", .packets)
  fileprivate static let notPushed = Figure("ACK at recv() of a full segment without PSH", .packets)
}

extension Connection {
  /// Segments of 100 octets, which are full ones for a receiver that sees no others, and too small to let its window grow.
  private static let size = 100
  /// The least delay of an ACK, less some time for the look.
  private static let delay = Duration.milliseconds(30)

  fileprivate func runQuickAcks() throws {
    log.record(.rung(index: 0))
    // Each probe is to be answered.
    try withSettings([("net.ipv4.tcp_invalid_ratelimit", "0")], at: [opener]) {
      try measureApart([.afterProbes]) { try $0.measureAfterProbes() }
    }
    try measureApart([.pushed]) { try $0.measureRead(.pushed, flags: [.psh]) }
    try measureApart([.notPushed]) { try $0.measureRead(.notPushed, flags: []) }
  }

  /// Sends segments until one is not acknowledged at once.
  ///
  /// - Parameter first: the number of the first segment.
  /// - Returns: how many were, and a time of the trace at which the last segment had not been sent.
  private func sendUntilDelayed(_ peer: MadeUpPeer, from first: Int = 0) throws -> (
    count: Int, since: Int64
  ) {
    var earlier = now
    for index in 0..<64 {
      let (start, since) = (log.nextPlace, now)
      try peer.send(segment(first + index), flags: [])
      if peer.segments(since: start).isEmpty { return (index, since) }
      // A later one may be a delayed ACK; and after a silence of some length a receiver is quick again.
      try giveUp(after: Self.delay, sinceTime: earlier)
      earlier = since
    }
    throw NotMeasurable(reason: "all of 64 segments are acknowledged at once")
  }

  private func segment(_ number: Int) -> Range<Int> { number * Self.size..<(number + 1) * Self.size }

  private func measureAfterProbes() throws {
    let peer = try openWithMadeUpPeer()
    let start = log.nextPlace
    try peer.send(segment(0), flags: [])
    let since = now
    let place = log.nextPlace
    for _ in 0..<8 { try peer.acknowledge(0, at: Self.size - 1) }
    guard peer.segments(since: place).count == 8 else {
      throw NotMeasurable(reason: "not every probe is answered")
    }
    try giveUp(after: .milliseconds(100), sinceTime: since)
    let (count, _) = try sendUntilDelayed(peer, from: 1)
    measure(
      .afterProbes, .count(count), "the device, asked as soon as each segment had arrived",
      proof: [start, place])
  }

  private func measureRead(_ figure: Figure, flags: Flags) throws {
    let peer = try openWithMadeUpPeer()
    let (count, since) = try sendUntilDelayed(peer)
    let place = log.nextPlace
    // With the one that waits it is more than a full segment, which is acknowledged.
    try peer.send(segment(count + 1), flags: [])
    _ = try read(by: opener)
    try carryDeparted()
    guard !peer.segments(since: place).isEmpty else {
      throw NotMeasurable(reason: "two full segments are not acknowledged")
    }
    let start = log.nextPlace
    try peer.send(segment(count + 2), flags: flags)
    let early = peer.segments(since: start)
    let call = log.nextPlace
    _ = try read(by: opener)
    try carryDeparted()
    let late = peer.segments(since: call)
    try giveUp(after: Self.delay, sinceTime: since)
    measure(
      figure, early.isEmpty ? late.isEmpty ? "none" : "ACK" : "ACK before the call",
      "the device, asked as soon as the call had returned", proof: [start] + late)
  }
}
