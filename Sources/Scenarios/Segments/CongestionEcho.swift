import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A sender is told that its segments met congestion (RFC 3168), and a receiver meets marked ones.
  package static let congestionEcho = Scenario(
    "echo of congestion",
    Declaration(
      [
        .state, .flags, .threshold, .again, .end, .marked, .reducedAlone, .delivered, .secondSyn, .undone,
        .kept,
      ], under: [[.setting("tcp_ecn", "1")]],
      settings: [
        "tcp_timestamps", "tcp_sack", "tcp_rmem", "tcp_wmem", "tcp_early_retrans", "tcp_ecn_option",
      ],
      given: SegmentSender.farGiven, needs: [.wire], timed: SegmentSender.farTimed)
  ) { try $0.runCongestionEcho(under: $1) }
}

extension Figure {
  fileprivate static let state = Figure("state of congestion avoidance at an ACK with ECE", .packets)
  fileprivate static let flags = Figure("flags of the first data after an ACK with ECE", .packets)
  fileprivate static let threshold = Figure("slow start threshold after an ACK with ECE", .packets)
  fileprivate static let again = Figure("data with CWR after three ACKs with ECE", .packets)
  fileprivate static let end = Figure(
    "state of congestion avoidance once the data after an ACK with ECE is acknowledged", .packets)
  fileprivate static let marked = Figure("flags of the ACKs of a marked segment and two others", .packets)
  fileprivate static let reducedAlone = Figure(
    "flags of the ACKs of a marked segment and of one after CWR without data", .packets)
  fileprivate static let delivered = Figure("marked segments that TCP_INFO counts at the sender", .operators)
  fileprivate static let secondSyn = Figure(
    "flags of a SYN with ECN that is sent again", .packets, settings: ["tcp_ecn_fallback"])
  fileprivate static let undone = Figure("flags of the first data after a recovery that was undone", .packets)
  fileprivate static let kept = Figure("flags of the first data after a recovery", .packets)
}

extension Connection {
  fileprivate func runCongestionEcho(under conditions: [Condition]) throws {
    log.record(.rung(index: 0))
    try withSettings(conditions.settings) {
      try measureApart([.state, .flags, .threshold, .again, .end, .delivered], heedsTimers: false) {
        try $0.measureSender()
      }
      try measureApart([.marked]) { try $0.measureReceiver() }
      try measureApart([.reducedAlone]) { try $0.measureReducedAlone() }
      try measureApart([.secondSyn], heedsTimers: false) { try $0.measureSecondSyn() }
      for (figure, isOriginal) in [(Figure.undone, true), (.kept, false)] {
        try measureApart([figure], heedsTimers: false) { try $0.measureEnd(figure, isOriginal: isOriginal) }
      }
    }
  }

  /// Ten segments are in flight; ACKs with ECE come for them, one after the other.
  private func measureSender() throws {
    let sender = try SegmentSender(on: self)
    let before = try counters(of: opener)
    let start = log.nextPlace
    try sender.write(30)
    var sent = try sender.acknowledge(2, flags: .ece)
    measure(.state, Value(reading: try sender.state()), "TCP_INFO", proof: [start])
    for count in 3...4 { sent += try sender.acknowledge(count, flags: .ece) }
    for count in 5...10 { sent += try sender.acknowledge(count) }
    let first = sent.first { log.segment(at: $0)?.length ?? 0 > 0 }
    measure(
      .flags, first.flatMap { log.segment(at: $0)?.flags }.map(Value.segment) ?? "none", "the segment",
      proof: [start, first])
    let told = sent.filter { log.segment(at: $0)?.flags.contains(.cwr) ?? false }
    measure(.again, .count(told.count), "the segments that left", proof: [start] + told)
    // The window itself grows with time under cubic.
    let threshold = try info(of: opener)?[.sndSsthresh]
    measure(
      .threshold, threshold.map { .count(Int($0)) } ?? "none", "TCP_INFO; 10 segments were in flight",
      proof: [log.lastLook(at: opener)])
    let last = (log.segment(at: sent.last)?.end).map { ($0 - sender.peer.other) / sender.size } ?? 10
    try sender.acknowledge(last)
    measure(.end, Value(reading: try sender.state()), "TCP_INFO", proof: [log.lastLook(at: opener)])
    let count = try info(of: opener)?[.deliveredCe]
    measure(
      .delivered, count.map { .count(Int($0)) } ?? "none", "tcpi_delivered_ce after ACKs of four with ECE",
      proof: [log.lastLook(at: opener)])
    try sender.giveUpAtTimeoutOrProbe(since: before)
  }

  /// Segments arrive: one that is marked, another, and one that tells that the sender has reduced its window.
  private func measureReceiver() throws {
    let peer = try openWithMadeUpPeer()
    var told: [Value] = []
    var proof: [Int] = []
    for (index, flags) in [[.psh], [.psh], [.psh, .cwr]].enumerated() as EnumeratedSequence<[Flags]> {
      let start = log.nextPlace
      try peer.send(100 * index..<100 * index + 100, flags: flags, isMarked: index == 0)
      let ack = peer.segments(since: start).last
      told.append(log.segment(at: ack).map { .segment($0.flags) } ?? "no ACK")
      proof += [ack].compactMap { $0 }
    }
    measure(.marked, .steps(told), "the ACKs, the third of a segment with CWR", proof: proof)
  }

  /// The sender has no more data when it reduces its window: its next ACK tells of it.
  private func measureReducedAlone() throws {
    let peer = try openWithMadeUpPeer()
    var told: [Value] = []
    var proof: [Int] = []
    for index in 0..<2 {
      if index == 1 { try peer.acknowledge(0, flags: .cwr, at: 100) }
      let start = log.nextPlace
      try peer.send(100 * index..<100 * index + 100, isMarked: index == 0)
      let ack = peer.segments(since: start).last
      told.append(log.segment(at: ack).map { .segment($0.flags) } ?? "no ACK")
      proof += [ack].compactMap { $0 }
    }
    measure(.reducedAlone, .steps(told), "the ACKs; between the two segments an ACK with CWR", proof: proof)
  }

  private func measureSecondSyn() throws {
    try listen()
    path.loseEverything()
    try call(.connect, by: opener)
    let first = try expect(opener, SegmentPattern(flags: .syn))
    try awaitResend(of: opener)
    let second = try expect(opener, SegmentPattern(flags: .syn))
    let flags = [first, second].map { place -> Value in
      place.flatMap { log.events[$0].header?.flags } ?? "none"
    }
    measure(
      .secondSyn, .steps(flags), "the bytes of the first SYN and of the second", proof: [first, second])
  }

  /// A segment is taken for lost, which the first new data tells the receiver by CWR, unless its original came.
  private func measureEnd(_ figure: Figure, isOriginal: Bool) throws {
    let sender = try SegmentSender(on: self, far: true)
    let before = try counters(of: opener)
    let sent = try sender.write(6)
    let echo = log.segment(at: sent.first)?.clock
    // A timestamp of the kernel's is a millisecond long.
    try waiting.pause(.milliseconds(10))
    let again = try sender.acknowledge(0, blocks: [1..<5])
    try sender.acknowledge(6, echoing: isOriginal ? echo : nil)
    let new = try sender.write(1)
    // A loss probe that its ACK does not tell of is a loss, too.
    try sender.giveUpAtTimeoutOrProbe(since: before)
    guard sender.numbers(again) == "0" else {
      throw NotMeasurable(reason: "the first segment was not sent again")
    }
    measure(
      figure, log.segment(at: new.first).map { .segment($0.flags) } ?? "none", "the segment",
      proof: again + new)
  }
}
