import Documents
import Kinds
import TCP
import Testing
import Traces

/// A run by hand in the order in which it is drawn.
@Suite(.tags(.pure)) struct StepTraceTests {
  private static func sent(_ time: Int64, _ party: Party) -> Event {
    Event(
      time: time, party: party, observer: .wire,
      what: .segment(segment: Segment(flags: .ack, sequence: SequenceNumber(1)), bytes: Bytes([])))
  }

  private static func event(_ time: Int64, _ party: Party, _ what: Event.What) -> Event {
    Event(time: time, party: party, observer: .wire, what: what)
  }

  private static func steps(_ events: [Event], byTimer: Set<Int64> = []) -> StepTrace {
    let client = Endpoint(Address(192, 0, 2, 1), 40000)
    let trace = Trace(
      variant: Variant(subject: .ladder(page: "page.md", table: 1), bench: .wire, family: .ipv4),
      names: Both(left: "client", right: "server"), endpoints: Both(left: client, right: client),
      events: events)
    return StepTrace(of: trace) { byTimer.contains($0.time) }
  }

  @Test func aSegmentThatArrivesNextHasOneRow() {
    let steps = Self.steps([Self.sent(1, .left), Self.event(2, .right, .delivered(segment: 0))])
    #expect(steps.late.isEmpty)
  }

  @Test func aSegmentThatWaitsHasNotArrived() {
    #expect(Self.steps([Self.sent(1, .left)]).late == [0])
  }

  @Test func aSegmentThatArrivesBehindAnotherStepHasTwoRows() {
    let call = Self.event(2, .right, .call(call: .close, outcome: .returned(value: 0), ended: 2))
    let steps = Self.steps([Self.sent(1, .left), call, Self.event(3, .right, .delivered(segment: 0))])
    #expect(steps.late == [0])
  }

  @Test func theCopyThatATimerSendsWhileASegmentWaitsIsAStep() {
    let steps = Self.steps([
      Self.sent(1, .left), Self.sent(2, .left), Self.event(3, .right, .dropped(segment: 1)),
      Self.event(4, .right, .delivered(segment: 0)),
    ])
    #expect(steps.late == [0])
  }

  @Test func aSecondArrivalIsARepetition() {
    let steps = Self.steps([
      Self.sent(1, .left), Self.event(2, .right, .delivered(segment: 0)),
      Self.event(3, .right, .delivered(segment: 0)),
    ])
    #expect(steps.late.isEmpty && steps.repeats == [2])
  }

  @Test func onlyTimersTakeTime() {
    let minute: Int64 = 60_000_000_000
    let steps = Self.steps([Self.sent(minute, .left), Self.sent(2 * minute, .left)], byTimer: [2 * minute])
    let times = steps.trace.events.map(\.time)
    #expect(times[0] < Trace.pause && times[1] - times[0] >= Trace.pause)
    #expect(steps.original.events.map(\.time) == [minute, 2 * minute])
    #expect(steps.byTimer == [1])
  }
}
