import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A sender learns that it need not have sent again, or that what was told as received is gone.
  package static let undo = Scenario(
    "recoveries that end otherwise",
    Declaration(
      [.full, .fullWindow, .partial, .none, .noneWindow, .reneging, .renegingCounters],
      settings: SegmentSender.settings, given: SegmentSender.farGiven, needs: [.wire],
      timed: SegmentSender.farTimed)
  ) { connection, _ in
    try connection.runUndo()
  }
}

extension Figure {
  fileprivate static let full = Figure(
    "counters when the original of a segment sent again arrived", .operators)
  fileprivate static let fullWindow = Figure(
    "congestion window when the original of a segment sent again arrived", .packets)
  fileprivate static let partial = Figure(
    "counters when the original of one of two segments sent again arrived", .operators)
  fileprivate static let none = Figure("counters when a segment sent again arrived", .operators)
  fileprivate static let noneWindow = Figure("congestion window when a segment sent again arrived", .packets)
  fileprivate static let reneging = Figure(
    "segments sent when the receiver has lost what it had told", .packets)
  fileprivate static let renegingCounters = Figure(
    "counters when the receiver has lost what it had told", .operators)
}

extension Connection {
  fileprivate func runUndo() throws {
    log.record(.rung(index: 0))
    try measureApart([.full, .fullWindow], heedsTimers: false) {
      try $0.measureEnd(.full, .fullWindow, isOriginal: true)
    }
    try measureApart([.none, .noneWindow], heedsTimers: false) {
      try $0.measureEnd(.none, .noneWindow, isOriginal: false)
    }
    try measureApart([.partial], heedsTimers: false) { try $0.measurePartial() }
    try measureApart([.reneging, .renegingCounters], heedsTimers: false) { try $0.measureReneging() }
  }

  private static let counters = [
    "TCPFastRetrans", "TCPFullUndo", "TCPPartialUndo", "TCPDSACKUndo", "TCPLossUndo", "TCPSACKReneging",
    "TCPTimeouts", "TCPSackFailures", "TCPSlowStartRetrans",
  ]

  private func grown(since before: [String: UInt64], without name: String? = nil) throws -> Value {
    change(Self.counters.filter { $0 != name }, from: before, to: try counters(of: opener))
  }

  /// Six segments are in flight; SACKs of four make the sender send the missing ones again.
  ///
  /// - Parameter missing: the number of missing segments, from the first one on.
  private func lose(_ missing: Int) throws -> (SegmentSender, echo: UInt32?, before: [String: UInt64]) {
    let sender = try SegmentSender(on: self, far: true)
    let before = try counters(of: opener)
    let sent = try sender.write(6)
    let echo = log.segment(at: sent.first)?.clock
    // A timestamp of the kernel's is a millisecond long.
    try waiting.pause(.milliseconds(10))
    let again = try sender.acknowledge(0, blocks: [missing..<missing + 4])
    try sender.giveUpAtTimeoutOrProbe(since: before)
    guard sender.numbers(again).hasPrefix("0") else {
      throw NotMeasurable(reason: "the first segment was not sent again")
    }
    return (sender, echo, before)
  }

  private func measureEnd(_ figure: Figure, _ windowFigure: Figure, isOriginal: Bool) throws {
    let (sender, echo, before) = try lose(1)
    try sender.acknowledge(6, echoing: isOriginal ? echo : nil)
    try look()
    measure(
      figure, try grown(since: before), "TcpExt in /proc/net/netstat", proof: [log.lastLook(at: opener)])
    guard let window = window() else { throw NotMeasurable(reason: .needs("TCP_INFO")) }
    measure(
      windowFigure, .count(window.segments), "TCP_INFO, once all was acknowledged; 10 segments before",
      proof: [window.place])
    try sender.giveUpAtTimeout(since: before)
  }

  /// The first two of six segments are missing, and only the first was sent again when its original is acknowledged.
  private func measurePartial() throws {
    let sender = try SegmentSender(on: self, far: true)
    let before = try counters(of: opener)
    let (sent, since) = try sender.writeEarly(6)
    let echo = log.segment(at: sent.first)?.clock
    var again: [Int] = []
    for index in 3...5 where again.isEmpty { again = try sender.acknowledge(0, blocks: [2..<index]) }
    // By its reordering timer the sender would have sent more.
    try sender.giveUpAtReordering(since: since)
    try sender.giveUpAtTimeoutOrProbe(since: before)
    guard sender.numbers(again) == "0" else {
      throw NotMeasurable(reason: "another than the first segment was sent again")
    }
    try sender.acknowledge(1, blocks: [2..<5], echoing: echo)
    measure(
      .partial, try grown(since: before), "TcpExt in /proc/net/netstat", proof: [log.lastLook(at: opener)])
    try sender.giveUpAtTimeout(since: before)
  }

  /// The receiver acknowledges the first segment, and has no other any more.
  private func measureReneging() throws {
    let (sender, _, before) = try lose(1)
    let place = log.nextPlace
    let early = try sender.acknowledge(1)
    let again = try early.first ?? sender.awaitNext(named: "data again")
    measure(
      .reneging, Value(reading: sender.numbers([again])), "the segment that left next", proof: [place, again])
    measure(
      // A second timeout may come before the counters are read.
      .renegingCounters, try grown(since: before, without: "TCPTimeouts"), "TcpExt in /proc/net/netstat",
      proof: [place, again])
  }
}
