import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// No ACK comes: what a loss probe sends, and what a timeout does.
  package static let probesAndTimeouts = Scenario(
    "loss probes and timeouts",
    Declaration(
      [
        .probeOfNew, .probeOfLast, .probeCounters, .probeRepaired, .lossState, .afterTimeout, .afterSecond,
        .timeoutCounters, .realLoss,
      ],
      settings: [
        "tcp_sack", "tcp_timestamps", "tcp_recovery", "tcp_rto_min_us", "tcp_rmem", "tcp_wmem", "tcp_frto",
        "tcp_early_retrans",
      ],
      given: SegmentSender.given + [.init("tcp_early_retrans", "0")], needs: [.wire],
      timed: .init("the reordering timer of RACK"))
  ) { connection, _ in
    try connection.runProbesAndTimeouts()
  }
}

extension Figure {
  fileprivate static let probeOfNew = Figure("loss probe with more to send", .packets)
  fileprivate static let probeOfLast = Figure("loss probe with no more to send", .packets)
  fileprivate static let probeCounters = Figure("counters of a loss probe that arrived twice", .operators)
  fileprivate static let probeRepaired = Figure("counters of a loss probe that was needed", .operators)
  fileprivate static let lossState = Figure("state of congestion avoidance after a timeout", .packets)
  fileprivate static let afterTimeout = Figure(
    "segments at the first ACK after a timeout", .packets, settings: ["tcp_notsent_lowat"])
  fileprivate static let afterSecond = Figure(
    "segments at the second ACK after a timeout", .packets, settings: ["tcp_notsent_lowat"])
  fileprivate static let timeoutCounters = Figure("counters of a timeout that F-RTO undoes", .operators)
  fileprivate static let realLoss = Figure(
    "segments at three ACKs after a timeout without more to send", .packets)
}

extension Connection {
  fileprivate func runProbesAndTimeouts() throws {
    log.record(.rung(index: 0))
    try measureApart([.probeOfNew], heedsTimers: false) { try $0.measureProbe(.probeOfNew, of: 12) }
    try measureApart([.probeOfLast, .probeCounters], heedsTimers: false) {
      try $0.measureProbe(.probeOfLast, .probeCounters, of: 4, isNeedless: true)
    }
    try measureApart([.probeRepaired], heedsTimers: false) {
      try $0.measureProbe(nil, .probeRepaired, of: 4, isNeedless: false)
    }
    try withSettings([("net.ipv4.tcp_early_retrans", "0")], at: [opener]) {
      try measureApart([.lossState, .afterTimeout, .afterSecond, .timeoutCounters], heedsTimers: false) {
        try $0.measureTimeout()
      }
      try measureApart([.realLoss], heedsTimers: false) { try $0.measureRealLoss() }
    }
  }

  /// The time between a segment that was lost and the next, in ``measureRealLoss()``.
  private static let reordering = Duration.milliseconds(20)

  private static let counters = [
    "TCPLossProbes", "TCPLossProbeRecovery", "TCPDSACKRecv", "TCPTimeouts", "TCPSpuriousRTOs", "TCPLossUndo",
    "TCPSlowStartRetrans", "TCPFastRetrans",
  ]

  private func measureProbe(
    _ figure: Figure?, _ counted: Figure? = nil, of count: Int, isNeedless: Bool = false
  ) throws {
    let sender = try SegmentSender(on: self)
    let before = try counters(of: opener)
    let start = log.nextPlace
    try sender.write(count)
    let probe = try sender.awaitNext(named: "a loss probe")
    if let figure {
      measure(
        figure, Value(reading: sender.numbers([probe])), "the segment that left next", proof: [start, probe])
    }
    if isNeedless {
      // Both the last segment and the probe have arrived.
      try sender.acknowledge(count, blocks: [count - 1..<count])
    } else {
      try sender.acknowledge(count)
    }
    try sender.write(1)
    try sender.acknowledge(count + 1)
    try sender.giveUpAtTimeout(since: before)
    guard let counted else { return }
    measure(
      counted, change(Self.counters, from: before, to: try counters(of: opener)),
      "TcpExt in /proc/net/netstat", proof: [start, probe])
  }

  /// Ten of twelve segments are in flight, and the first is sent again though all have arrived.
  private func measureTimeout() throws {
    let sender = try SegmentSender(on: self)
    let before = try counters(of: opener)
    let start = log.nextPlace
    try sender.write(14)
    let again = try sender.awaitNext(named: "the first segment again")
    guard sender.numbers([again]) == "0" else {
      throw NotMeasurable(reason: "the first segment was not sent again")
    }
    measure(.lossState, Value(reading: try sender.state()), "TCP_INFO", proof: [start, again])
    let first = try sender.acknowledge(1)
    measure(
      .afterTimeout, Value(reading: sender.numbers(first)), "the segments that left at once",
      proof: [again] + first)
    let second = try sender.acknowledge(2)
    measure(
      .afterSecond, Value(reading: sender.numbers(second)), "the segments that left at once",
      proof: first + second)
    let after = try counters(of: opener)
    // Behind an ACK that comes late RACK has a timer of its own, which retransmits, and counts it.
    try carryDeparted()
    if let again, sender.peer.segments(since: again + 1).count != first.count + second.count {
      try waiting.disturbed(because: .resent)
    }
    measure(
      .timeoutCounters, change(Self.counters, from: before, to: after), "TcpExt in /proc/net/netstat",
      proof: [again] + second)
    try sender.giveUpAtTimeout(since: before, expecting: 1)
  }

  /// After the timeout only what was sent last arrives. RACK takes as lost what was sent before that, by a quarter of the
  /// shortest round trip: the pause is longer on any machine that is not held up.
  private func measureRealLoss() throws {
    let sender = try SegmentSender(on: self)
    let before = try counters(of: opener)
    let start = log.nextPlace
    try sender.write(9)
    try waiting.pause(Self.reordering)
    let last = try sender.write(1)
    let roundTrip = try info(of: opener)?[.minRtt].map { Duration.microseconds(Int64(clamping: $0)) }
    if sender.numbers(last) != "9" { try waiting.disturbed(because: .resent) }
    if let roundTrip, roundTrip / 2 > Self.reordering { try waiting.disturbed(because: .heldUp(roundTrip)) }
    let again = try sender.awaitNext(named: "the first segment again")
    guard sender.numbers([again]) == "0" else {
      throw NotMeasurable(reason: "the first segment was not sent again")
    }
    var sent: [Int] = []
    for index in 1...3 { sent += try sender.acknowledge(index, blocks: [9..<10]) }
    measure(
      // Whether a sixth leaves hangs on a window that grows with time.
      .realLoss, Value(reading: sender.numbers(Array(sent.prefix(5)))),
      "the first five segments that left at three ACKs, with the last of ten told",
      proof: [start, again])
    try sender.giveUpAtTimeout(since: before, expecting: 1)
  }
}
