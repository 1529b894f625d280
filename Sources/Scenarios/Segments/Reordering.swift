import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A sender is told segment by segment what arrives behind a gap.
  package static let reordering = Scenario(
    "a gap, ACK by ACK",
    Declaration(
      [
        .openTimer, .disorderState, .disorderTimer, .again, .recoveryState, .recoveryTimer, .endState,
        .pattern,
      ],
      settings: [
        "tcp_sack", "tcp_recovery", "tcp_reordering", "tcp_timestamps", "tcp_early_retrans", "tcp_rto_min_us",
        "tcp_rmem", "tcp_wmem",
      ],
      given: SegmentSender.farGiven, needs: [.wire])
  ) { connection, _ in
    try connection.runReordering()
  }
}

extension Figure {
  fileprivate static let openTimer = Figure("timer of four segments in flight", .packets)
  fileprivate static let disorderState = Figure("state of congestion avoidance after one SACK", .packets)
  fileprivate static let disorderTimer = Figure("timer after one SACK", .packets)
  fileprivate static let again = Figure("segment sent again after one SACK", .packets)
  fileprivate static let recoveryState = Figure(
    "state of congestion avoidance once a segment is sent again after one SACK", .packets)
  fileprivate static let recoveryTimer = Figure("timer once a segment is sent again after one SACK", .packets)
  fileprivate static let endState = Figure("state of congestion avoidance once all is acknowledged", .packets)
  fileprivate static let pattern = Figure(
    "segments at each SACK of ten in flight", .packets, settings: ["tcp_notsent_lowat"])
}

extension Connection {
  fileprivate func runReordering() throws {
    log.record(.rung(index: 0))
    try measureApart(
      [.openTimer, .disorderState, .disorderTimer, .again, .recoveryState, .recoveryTimer, .endState],
      heedsTimers: false
    ) { try $0.measureOneBehind() }
    try measureApart([.pattern], heedsTimers: false) { try $0.measurePattern() }
  }

  /// The second of four segments arrives, and the first does not.
  private func measureOneBehind() throws {
    let sender = try SegmentSender(on: self, far: true)
    let before = try counters(of: opener)
    let start = log.nextPlace
    let begun = now
    try sender.write(4)
    let since = now
    let timer = try sender.timer()
    try giveUp(after: .milliseconds(30), sinceTime: since)
    measure(.openTimer, .words(timer), "sock_diag and TCP_INFO", proof: [start])
    // The path is as long for data as for the handshake: what RACK waits for is a part of that.
    try waiting.pause(SegmentSender.roundTrip)
    let place = log.nextPlace
    // The first segment is older than the second by as long as the writes took.
    let told = now - (since - begun)
    let early = try sender.acknowledge(0, blocks: [1..<2])
    let (state, armed) = (try sender.state(), try sender.timer())
    try giveUp(after: .milliseconds(30), sinceTime: told)
    measure(.disorderState, .words(early.isEmpty ? state : "\(state) at once"), "TCP_INFO", proof: [place])
    measure(.disorderTimer, .words(armed), "sock_diag and TCP_INFO", proof: [place])
    let again = try early.first ?? sender.awaitNext(named: "the first segment again")
    measure(
      .again, Value(reading: sender.numbers([again])), "the segment that left next", proof: [place, again])
    measure(.recoveryState, Value(reading: try sender.state()), "TCP_INFO", proof: [again])
    measure(.recoveryTimer, Value(reading: try sender.timer()), "sock_diag and TCP_INFO", proof: [again])
    try sender.acknowledge(4)
    measure(.endState, Value(reading: try sender.state()), "TCP_INFO", proof: [log.lastLook(at: opener)])
    try sender.giveUpAtTimeoutOrProbe(since: before)
  }

  /// Ten of twenty segments are in flight, the first is missing, and each of the others is told alone.
  private func measurePattern() throws {
    let sender = try SegmentSender(on: self, far: true)
    let before = try counters(of: opener)
    let (sent, since) = try sender.writeEarly(20)
    guard sent.count == 10 else {
      return cannotMeasure(.pattern, because: .other("\(sent.count) segments left, expected 10"))
    }
    let start = log.nextPlace
    var told: [String] = []
    for index in 2...10 {
      told.append(sender.numbers(try sender.acknowledge(0, blocks: [1..<index])))
      // By its reordering timer the sender would take the first for lost with fewer SACKs.
      if index == 4 { try sender.giveUpAtReordering(since: since) }
    }
    told.append(sender.numbers(try sender.acknowledge(10)))
    try sender.giveUpAtTimeoutOrProbe(since: before)
    measure(
      .pattern, Value(reading: told.joined(separator: "; ")),
      "the segments that left at each of nine SACKs, and at the ACK of all ten", proof: [start])
  }
}
