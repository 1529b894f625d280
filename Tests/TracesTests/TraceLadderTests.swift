import Documents
import Kinds
import TCP
import Testing
import Traces

/// What was seen, in the notation of the documents.
@Suite(.tags(.pure)) struct TraceLadderTests {
  private func rows(_ trace: Trace) -> [String] {
    trace.ladder().rungs.map { "\($0.cells.left) | \($0.cells.right)" }
  }

  @Test func numbersThatTheKernelChoseHaveNames() {
    let trace = Step.trace([
      Step.sent(.left, .syn, seq: 4_294_967_295), Step.sent(.right, [.syn, .ack], seq: 70, ack: 0),
      Step.sent(.left, .ack, seq: 0, ack: 71),
    ])
    #expect(
      rows(trace) == [
        "SYN(SEQ:x,ACK:-) | ", " | SYN+ACK(SEQ:y,ACK:x+1)", "ACK(SEQ:x+1,ACK:y+1) | ",
      ])
  }

  @Test func placedNumbersAreThemselves() {
    let events = [Step.sent(.left, [.fin, .ack], seq: 5000, ack: 70)]
    #expect(rows(Step.trace(events, placed: Both(left: 5000, right: nil))) == ["FIN+ACK(SEQ:5000,ACK:y) | "])
    #expect(rows(Step.trace(events, placed: Both(left: nil, right: 70))) == ["FIN+ACK(SEQ:x,ACK:70) | "])
  }

  @Test func theLowestNumberHasTheName() {
    let trace = Step.trace([
      Step.sent(.left, .ack, seq: 8, ack: 1), Step.sent(.left, .ack, seq: 7, ack: 1),
    ])
    #expect(rows(trace) == ["ACK(SEQ:x+1,ACK:y) | ", "ACK(SEQ:x,ACK:y) | "])
  }

  @Test func dataHasItsLengthAndNoPsh() {
    let trace = Step.trace([Step.sent(.right, [.psh, .urg, .ack], seq: 8, ack: 1, length: 100)])
    #expect(rows(trace) == [" | URG+ACK data(SEQ:y,ACK:x, 100bytes)"])
  }

  @Test func statesAreThoseOfTheQuietPoints() {
    #expect(
      rows(StatesTests.close) == [
        "close() | ", "FIN+ACK(SEQ:x,ACK:y) [FIN_WAIT_1] | [CLOSE_WAIT]", " | close()",
        "lost [FIN_WAIT_1] | FIN+ACK(SEQ:y,ACK:x+1)",
      ])
  }

  /// Both FINs leave before either arrives.
  private static let crossing = [
    Step.rung(0), Step.look(.left, .finWait1), Step.look(.right, .finWait1),
    Step.sent(.left, [.fin, .ack], seq: 1, ack: 1), Step.sent(.right, [.fin, .ack], seq: 1, ack: 1),
    // The tracepoint has the change before the wire has the arrival that led to it.
    Step.transition(.right, .finWait1, .closing), Step.delivered(3, to: .right),
    Step.transition(.left, .finWait1, .closing), Step.delivered(4, to: .left), Step.look(.left, .closing),
    Step.look(.right, .closing),
  ]

  @Test func segmentsThatCrossStandInOneRow() {
    #expect(
      rows(Step.trace(Self.crossing)) == [
        "FIN+ACK(SEQ:x,ACK:y) [FIN_WAIT_1] | FIN+ACK(SEQ:y,ACK:x) [FIN_WAIT_1]", "[CLOSING] | [CLOSING]",
      ])
  }

  @Test func segmentsOfOnePartyThatAreUnderWayTogetherDoNotCross() {
    var events = Self.crossing
    events[4] = Step.sent(.left, .ack, seq: 2, ack: 1)
    let trace = Step.trace(events)
    #expect(trace.crossed(by: 3) == nil)
    #expect(trace.crossingSegments() == [3, 4])
    #expect(rows(trace).count == 2)
  }

  /// A ladder that was seen without its segments: there may have been more.
  @Test func aLadderSeenWithoutSegmentsIsNotExhaustive() {
    var trace = Step.trace([Step.call(.left, .close), Step.call(.right, .close)])
    #expect(trace.ladder().isExhaustive)
    trace.observers = [
      ObserverReport(kind: .sockDiag), ObserverReport(kind: .capture, reason: "no CAP_NET_RAW"),
    ]
    #expect(rows(trace) == ["close() | ", " | close()"])
    #expect(!trace.ladder().isExhaustive)
  }

  @Test func aRetransmissionComesAfterATimeout() {
    let data = Step.sent(.left, .ack, seq: 8, ack: 1, length: 5)
    let trace = Step.trace([data, Step.dropped(0, before: .right), data])
    #expect(
      rows(trace) == [
        "ACK data(SEQ:x,ACK:y, 5bytes) | lost", "timeout | ", "ACK data(SEQ:x,ACK:y, 5bytes) | ",
      ])
    // Pure ACKs repeat their number without being sent again.
    let ack = Step.sent(.left, .ack, seq: 8, ack: 1)
    #expect(rows(Step.trace([ack, ack, data])).count == 3)
  }

  @Test func onlyCallsThatDecideWhatIsSentAreWritten() {
    let calls: [Call] = [
      .connect, .listen, .accept, .receive(nil), .send(5), .shutdown(.write), .close,
    ]
    let trace = Step.trace(calls.map { Step.call(.right, $0) })
    #expect(rows(trace) == [" | recv()", " | send(5)", " | shutdown(WR)", " | close()"])
  }

  @Test func itBeginsWhereTheLadderDid() {
    let trace = Step.trace([
      Step.sent(.left, .syn, seq: 1), Step.call(.left, .send(1)), Step.rung(0),
      Step.sent(.left, .fin, seq: 2),
    ])
    #expect(rows(trace) == ["FIN(SEQ:x,ACK:-) | "])
  }

  @Test func itIsARecordOfTheParties() {
    let ladder = StatesTests.close.ladder()
    #expect(ladder.isExhaustive && ladder.parties == Both(left: "client", right: "server"))
  }
}
