import Documents
import Kinds
import TCP
import Testing
import Traces

/// When nothing moves, and what a party then is.
@Suite(.tags(.pure)) struct StatesTests {
  static let close = Step.trace([
    Step.rung(0), Step.look(.left, .established), Step.call(.left, .close), Step.look(.left, .finWait1),
    Step.sent(.left, [.fin, .ack], seq: 1, ack: 1), Step.look(.left, .finWait1),
    Step.look(.right, .established),
    Step.delivered(4, to: .right), Step.look(.right, .closeWait), Step.rung(1), Step.look(.right, .closeWait),
    Step.call(.right, .close), Step.look(.right, .lastAck), Step.sent(.right, [.fin, .ack], seq: 1, ack: 2),
    Step.dropped(13, before: .left), Step.look(.left, .finWait1),
  ])

  private func states(_ party: Party, _ stretch: Range<Int>, _ trace: Trace = close) -> [State] {
    trace.states(of: party, in: stretch).map(\.state)
  }

  @Test func aSegmentHasTwoQuietStretches() {
    #expect(Self.close.quietStretches(around: 4) == [4..<7, 7..<11])
    #expect(Self.close.quietStretches(around: 13) == [13..<14, 14..<16])
  }

  @Test func whereTheArrivalIsNotSeenThereIsOne() {
    let trace = Step.trace([
      Step.sent(.left, .syn, seq: 1), Step.look(.left, .synSent),
      Step.sent(.right, [.syn, .ack], seq: 1, ack: 2),
    ])
    #expect(trace.quietStretches(around: 0) == [0..<2])
    #expect(trace.quietStretches(around: 2) == [2..<3])
  }

  @Test(arguments: [
    (Call.connect, 1), (.close, 1), (.shutdown(.write), 1), (.receive(nil), 2), (.accept, 2), (.listen, 1),
  ])
  func aCallThatChangesAStateEndsAStretch(call: Call, end: Int) {
    let trace = Step.trace([Step.sent(.left, .ack, seq: 1, ack: 1), Step.call(.right, call)])
    #expect(trace.quietStretches(around: 0) == [0..<end])
  }

  @Test func segmentsThatCrossDisturbEachOther() {
    let trace = Step.trace([
      Step.sent(.left, .fin, seq: 1), Step.sent(.right, .fin, seq: 1), Step.delivered(0, to: .right),
      Step.look(.right, .closing), Step.delivered(1, to: .left), Step.look(.left, .closing),
    ])
    #expect(trace.quietStretches(around: 0) == [0..<1, 2..<4])
    #expect(trace.quietStretches(around: 1) == [1..<2, 4..<6])
  }

  @Test func anArrivalIsItsOwnSegments() {
    #expect(Self.close.arrival(ofSegmentAt: 4) == 7 && !Self.close.isLost(segmentAt: 4))
    #expect(Self.close.arrival(ofSegmentAt: 13) == 14 && Self.close.isLost(segmentAt: 13))
    #expect(Self.close.arrival(ofSegmentAt: 3) == nil && !Self.close.isLost(segmentAt: 3))
  }

  @Test func aPartyIsWhatLooksAtItFind() {
    #expect(states(.left, 4..<7) == [.finWait1])
    #expect(states(.right, 4..<7) == [.established])
    #expect(states(.right, 7..<11) == [.closeWait, .closeWait])
    #expect(states(.left, 7..<11).isEmpty)
    #expect(Self.close.lastState(of: .right, in: 11..<16) == .lastAck)
  }

  @Test func aTransitionHoldsUntilTheNext() {
    let trace = Step.trace([
      Step.transition(.left, .established, .finWait1), Step.transition(.right, .established, .closeWait),
      Step.sent(.left, .fin, seq: 1), Step.transition(.left, .finWait1, .finWait2),
    ])
    #expect(states(.left, 2..<3, trace) == [.finWait1])
    #expect(states(.left, 2..<4, trace) == [.finWait1, .finWait2])
    #expect(states(.right, 2..<4, trace) == [.closeWait])
    #expect(states(.right, 0..<1, trace).isEmpty)
  }

  @Test func aListenersTransitionsAreNotItsConnections() {
    let trace = Step.trace([
      Step.transition(.right, .closed, .listen), Step.sent(.left, .syn, seq: 1),
      Step.transition(.right, .listen, .synReceived), Step.transition(.right, .listen, .closed),
    ])
    #expect(states(.right, 1..<2, trace).isEmpty)
    #expect(states(.right, 1..<4, trace) == [.synReceived])
  }

  /// The third look comes after a pause: what it finds is not the segment's doing.
  @Test func aSegmentLeavesAPartyInTheStateBeforeAPause() {
    var trace = Step.trace([
      Step.transition(.left, .finWait1, .finWait2), Step.sent(.right, .ack, seq: 1, ack: 2),
      Step.delivered(1, to: .left), Step.look(.left, .finWait2), Step.look(.left, .timeWait),
      Step.look(.left, nil),
    ])
    func settled() -> State? { trace.settledState(of: .left, in: 2..<6) }
    trace.events[5].time += Trace.pause
    #expect(settled() == .timeWait && trace.lastState(of: .left, in: 2..<6) == .closed)
    // The machine stalled before the first look.
    for place in 3..<6 { trace.events[place].time += Trace.pause }
    #expect(settled() == .finWait2)
    #expect(trace.settledState(of: .left, in: 2..<3) == .finWait2)
    #expect(trace.settledState(of: .right, in: 2..<6) == nil)
  }

  @Test func aSocketThatIsInNoTableIsClosed() {
    let trace = Step.trace([Step.look(.left, nil), Step.look(.right, nil, by: .proc)])
    #expect(states(.left, 0..<2, trace) == [.closed] && states(.right, 0..<2, trace) == [.closed])
  }

  @Test(arguments: State.allCases) func aTracedCloseIsClosedWhereItCannotBeTimeWait(from: State) {
    let trace = Step.trace([Step.transition(.left, from, .closed)])
    let mayBeTimeWait = [State.finWait1, .finWait2, .closing].contains(from)
    // A listener's close is none of the connection's.
    #expect(states(.left, 0..<1, trace) == (mayBeTimeWait || from == .listen ? [] : [.closed]))
  }

  @Test func aDescriptorThatSaysClosedMayBeInTimeWait() {
    #expect(states(.left, 0..<1, Step.trace([Step.info(.left, 7)])).isEmpty)
    #expect(states(.left, 0..<1, Step.trace([Step.info(.left, 1)])) == [.established])
  }
}
