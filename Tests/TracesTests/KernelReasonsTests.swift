import Documents
import Kinds
import TCP
import Testing
import Traces

@Suite(.tags(.pure)) struct KernelReasonsTests {
  private func discarded(_ segment: Int, _ party: Party, _ reason: String) -> Event {
    Event(
      time: 0, party: party, observer: .reasonTracepoint, what: .discarded(segment: segment, reason: reason))
  }

  private func resetting(_ party: Party, _ reason: String) -> Event {
    Event(time: 0, party: party, observer: .reasonTracepoint, what: .resetting(reason: reason))
  }

  @Test func eachReasonIsOfItsSegment() {
    let trace = Step.trace([
      Step.sent(.left, .syn, seq: 1), Step.delivered(0, to: .right), discarded(0, .right, "NO_SOCKET"),
      resetting(.right, "NO_SOCKET"), Step.sent(.right, [.rst, .ack], seq: 0, ack: 2),
      Step.delivered(4, to: .left),
    ])
    let told = trace.kernelReasons
    #expect(told.map(\.segment) == [0, 4])
    #expect(told.map(\.arrival) == [1, nil])
    #expect(told.map { "\($0.reason)" } == ["dropped: NO_SOCKET", "RST, reason: NO_SOCKET"])
    #expect(trace.kernelReasons(of: [4]) == [KernelReason(.reset, "NO_SOCKET")])
  }

  @Test func aCopyOfASegmentIsTold() {
    let trace = Step.trace([
      Step.sent(.left, [.psh, .ack], seq: 1, ack: 1, length: 10), Step.delivered(0, to: .right),
      Step.delivered(0, to: .right), discarded(0, .right, "TCP_OLD_DATA"),
    ])
    #expect(trace.kernelReasons.map { "\($0.reason)" } == ["its copy dropped: TCP_OLD_DATA"])
    #expect(trace.kernelReasons.first?.arrival == 2)
  }

  @Test func theOtherEndsRSTHasNoReason() {
    let trace = Step.trace([
      resetting(.right, "NO_SOCKET"), Step.sent(.left, .rst, seq: 1), Step.sent(.right, .rst, seq: 1),
      Step.sent(.right, .rst, seq: 1),
    ])
    #expect(trace.kernelReasons.map(\.segment) == [2])
  }

  @Test func reasonsAreNoPartOfWhatARecordKeepsOfARun() {
    let plain = [Step.sent(.left, .syn, seq: 1), Step.delivered(0, to: .right)]
    let told = plain + [discarded(0, .right, "NO_SOCKET"), resetting(.right, "NO_SOCKET")]
    #expect(NormalTrace(Step.trace(told)) == NormalTrace(Step.trace(plain)))
    #expect(Step.trace(told).ladder().rungs.map(\.cells) == Step.trace(plain).ladder().rungs.map(\.cells))
  }

  @Test func aReasonFollowsItsSegmentWhereEventsMove() {
    let trace = Step.trace([
      Step.sent(.left, .ack, seq: 1, ack: 1), Step.sent(.left, .syn, seq: 1), Step.delivered(1, to: .right),
      discarded(1, .right, "NO_SOCKET"),
    ])
    #expect(trace.without(segments: [0]).kernelReasons.map(\.segment) == [0])
    #expect(trace.without(segments: [1]).kernelReasons.isEmpty)
  }
}
