import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A sender finds out whether each segment that it sent again was needed, and undoes a reduction that was not.
  package static let undoneRecovery = Scenario(
    "undoing a recovery",
    Declaration(
      [
        .pieces, .piecesWindow, .probe, .probeWindow, .second, .secondWindow, .unsent, .unsentWindow,
      ],
      settings: SegmentSender.settings,
      given: SegmentSender.farGiven + [.init("SO_MAX_PACING_RATE", "100")], needs: [.wire],
      timed: SegmentSender.farTimed)
  ) { connection, _ in
    try connection.runUndoneRecovery()
  }
}

extension Figure {
  fileprivate static let pieces = Figure(
    "counters when all that was sent again arrived twice, two segments told by one DSACK", .operators,
    settings: ["tcp_comp_sack_delay_ns"])
  fileprivate static let piecesWindow = Figure(
    "congestion window when all that was sent again arrived twice, two segments told by one DSACK", .packets,
    settings: ["tcp_comp_sack_delay_ns"])
  fileprivate static let probe = Figure(
    "counters when a loss probe arrived twice, and what was sent again behind it did not", .operators)
  fileprivate static let probeWindow = Figure(
    "congestion window when a loss probe arrived twice, and what was sent again behind it did not", .packets)
  fileprivate static let second = Figure(
    "counters when the original arrived in a recovery that follows another", .operators)
  fileprivate static let secondWindow = Figure(
    "congestion window when the original arrived in a recovery that follows another", .packets)
  fileprivate static let unsent = Figure(
    "counters when the original arrived before anything could be sent again", .operators)
  fileprivate static let unsentWindow = Figure(
    "congestion window when the original arrived before anything could be sent again", .packets)
}

extension Connection {
  fileprivate func runUndoneRecovery() throws {
    log.record(.rung(index: 0))
    try measureApart([.pieces, .piecesWindow], heedsTimers: false) { try $0.measurePieces() }
    try measureApart([.probe, .probeWindow], heedsTimers: false) { try $0.measureProbe() }
    try measureApart([.second, .secondWindow], heedsTimers: false) { try $0.measureSecond() }
    try measureApart([.unsent, .unsentWindow], heedsTimers: false) { try $0.measureUnsent() }
  }

  private static let counters = [
    "TCPSackRecovery", "TCPFastRetrans", "TCPLossProbes", "TCPFullUndo", "TCPPartialUndo", "TCPDSACKUndo",
    "TCPLossUndo",
  ]

  private func measureEnd(
    of sender: SegmentSender, _ figure: Figure, _ windowFigure: Figure, since before: [String: UInt64],
    expecting probes: UInt64 = 0
  ) throws {
    try look()
    measure(
      figure, change(Self.counters, from: before, to: try counters(of: opener)),
      "TcpExt in /proc/net/netstat", proof: [log.lastLook(at: opener)])
    guard let window = window() else { throw NotMeasurable(reason: .needs("TCP_INFO")) }
    measure(windowFigure, .count(window.segments), "TCP_INFO", proof: [window.place])
    try sender.giveUpAtTimeoutOrProbe(since: before, expecting: probes)
  }

  private func expect(
    _ numbers: String..., in places: [Int], of sender: SegmentSender, since before: [String: UInt64],
    expecting probes: UInt64 = 0
  ) throws {
    guard !numbers.contains(sender.numbers(places)) else { return }
    try sender.giveUpAtTimeoutOrProbe(since: before, expecting: probes)
    throw NotMeasurable(reason: "other segments left than those that should")
  }

  /// The first three of seven segments come late, the second and third of which left in one piece: all are sent again, and
  /// come twice.
  private func measurePieces() throws {
    let sender = try SegmentSender(on: self, far: true)
    let before = try counters(of: opener)
    try sender.write(1)
    try send(2 * sender.size, .endOfRecord, by: opener)
    try sender.write(4)
    // An earlier ACK would make the shortest round trip, by which RACK waits, a matter of milliseconds.
    try waiting.pause(SegmentSender.roundTrip)
    let since = now
    let again = try sender.acknowledge(0, blocks: [3..<7])
    try expect("0 1 2", "0 1-2", in: again, of: sender, since: before)
    try sender.acknowledge(0, blocks: [1..<7])
    try sender.acknowledge(0, blocks: [1..<3, 1..<7])
    try sender.acknowledge(7, blocks: [0..<1])
    // Later the reordering timer would send one of them a third time.
    try sender.giveUpAtReordering(since: since)
    try measureEnd(of: sender, .pieces, .piecesWindow, since: before)
  }

  /// The first of six segments is lost, and the ACKs of the others come after a loss probe, which arrives, too.
  private func measureProbe() throws {
    let sender = try SegmentSender(on: self, far: true)
    let before = try counters(of: opener)
    try sender.write(6)
    let probe = try sender.awaitNext(named: "a loss probe")
    guard sender.numbers([probe]) == "5" else { throw NotMeasurable(reason: "no loss probe came") }
    let since = now
    let again = try sender.acknowledge(0, blocks: [1..<6])
    try expect("0", in: again, of: sender, since: before, expecting: 1)
    try sender.acknowledge(0, blocks: [5..<6, 1..<6])
    try sender.acknowledge(6)
    try sender.giveUpAtReordering(since: since)
    try measureEnd(of: sender, .probe, .probeWindow, since: before, expecting: 1)
  }

  /// The ACK that ends a recovery begins another one, whose missing segment comes late.
  private func measureSecond() throws {
    let sender = try SegmentSender(on: self, far: true)
    let before = try counters(of: opener)
    try sender.write(6)
    // What is acknowledged after less than the shortest round trip does not tell RACK how long one takes now.
    try waiting.pause(SegmentSender.roundTrip / 2)
    let since = now
    let first = try sender.acknowledge(0, blocks: [1..<6])
    try expect("0", in: first, of: sender, since: before)
    // A timestamp of the kernel's is a millisecond long.
    try waiting.pause(.milliseconds(10))
    let new = try sender.write(4)
    let echo = log.segment(at: new.first)?.clock
    try expect("6 7 8 9", in: new, of: sender, since: before)
    try waiting.pause(.milliseconds(10))
    let again = try sender.acknowledge(6, blocks: [7..<10])
    try giveUp(after: SegmentSender.roundTrip / 4, sinceTime: since)
    try expect("6", in: again, of: sender, since: before)
    try sender.acknowledge(10, echoing: echo)
    try measureEnd(of: sender, .second, .secondWindow, since: before)
  }

  /// The first of six segments comes late; the sender takes it for lost, but may send nothing yet (SO_MAX_PACING_RATE).
  private func measureUnsent() throws {
    let sender = try SegmentSender(on: self, far: true)
    let before = try counters(of: opener)
    try sender.write(6)
    // The first ten segments of a connection are not paced.
    try sender.acknowledge(6)
    try sender.write(5)
    // Half of what is paced may be let off: a segment takes three seconds at least.
    try setOption(of: opener) { socket in try socket.set(.pacingRate, to: 100) }
    try expect("11", in: try sender.write(1), of: sender, since: before)
    let again = try sender.acknowledge(6, blocks: [7..<12])
    try expect("none", in: again, of: sender, since: before)
    guard try sender.state() == "Recovery" else {
      try sender.giveUpAtTimeoutOrProbe(since: before)
      throw NotMeasurable(reason: "the sender takes nothing for lost")
    }
    try sender.acknowledge(12)
    try measureEnd(of: sender, .unsent, .unsentWindow, since: before)
  }
}
