import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A sender has data under way while nothing is taken for lost, and the timer is what an ACK or new data left of it.
  package static let armedByAck = Scenario(
    "timers that an ACK arms",
    Declaration(
      [.afterDisorder, .stateAfterDisorder, .behindProbe],
      settings: SegmentSender.settings, given: SegmentSender.farGiven, needs: [.wire],
      timed: SegmentSender.farTimed)
  ) { connection, _ in
    try connection.runArmedByAck()
  }
}

extension Figure {
  fileprivate static let afterDisorder = Figure(
    "segment sent again after the ACK that ends Disorder", .packets)
  fileprivate static let stateAfterDisorder = Figure(
    "state of congestion avoidance after the ACK that ends Disorder", .packets)
  fileprivate static let behindProbe = Figure(
    "segment sent again behind a loss probe and new data", .packets)
}

extension Connection {
  fileprivate func runArmedByAck() throws {
    log.record(.rung(index: 0))
    try measureApart([.afterDisorder, .stateAfterDisorder], heedsTimers: false) {
      try $0.measureEndOfDisorder()
    }
    try measureApart([.behindProbe], heedsTimers: false) { try $0.measureBehindProbe() }
  }

  /// The second of six segments is told as received, then the first two are acknowledged: four are under way.
  private func measureEndOfDisorder() throws {
    let sender = try SegmentSender(on: self, far: true)
    let before = try counters(of: opener)
    let (_, since) = try sender.writeEarly(6)
    let early = try sender.acknowledge(0, blocks: [1..<2])
    let state = try sender.state()
    // By its reordering timer it takes the first for lost.
    try sender.giveUpAtReordering(since: since)
    try sender.giveUpAtTimeoutOrProbe(since: before)
    guard early.isEmpty, state == "Disorder" else {
      throw NotMeasurable(reason: "the sender is not in Disorder")
    }
    let place = log.nextPlace
    try sender.acknowledge(2)
    let end = try sender.state()
    try sender.giveUpAtReordering(since: since)
    try sender.giveUpAtTimeoutOrProbe(since: before)
    measure(.stateAfterDisorder, .words(end), "TCP_INFO", proof: [place, log.lastLook(at: opener)])
    // A loss probe sends the last segment, a retransmission timeout the first.
    let next = try sender.awaitNext(named: "data again")
    measure(
      .afterDisorder, Value(reading: sender.numbers([next])), "the segment that left next",
      proof: [place, next])
  }

  /// Two segments are under way, the last was sent again as a loss probe, and a third follows it.
  private func measureBehindProbe() throws {
    let sender = try SegmentSender(on: self, far: true)
    let before = try counters(of: opener)
    try sender.write(2)
    let probe = try sender.awaitNext(named: "a loss probe")
    try sender.giveUpAtTimeout(since: before)
    guard sender.numbers([probe]) == "1" else { throw NotMeasurable(reason: "no loss probe came") }
    let new = try sender.write(1)
    guard sender.numbers(new) == "2" else { throw NotMeasurable(reason: "new data did not leave") }
    try sender.giveUpAtTimeout(since: before)
    let next = try sender.awaitNext(named: "data again")
    measure(
      .behindProbe, Value(reading: sender.numbers([next])), "the segment that left next",
      proof: [probe, next])
  }
}
