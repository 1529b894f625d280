import Documents
import Kinds
import TCP
import Testing
import Traces

/// States that a segment proves.
@Suite(.tags(.pure)) struct InferredStateTests {
  private static let opening = [
    Step.sent(.left, .syn, seq: 10), Step.sent(.right, [.syn, .ack], seq: 70, ack: 11),
    Step.sent(.left, .ack, seq: 11, ack: 71),
  ]
  private static let closing = [
    Step.sent(.left, [.fin, .ack], seq: 11, ack: 71), Step.sent(.right, .ack, seq: 71, ack: 12),
    Step.sent(.right, [.fin, .ack], seq: 71, ack: 12), Step.sent(.left, .ack, seq: 12, ack: 72),
  ]

  @Test func eachSegmentProvesTheStateThatAloneSendsIt() {
    let trace = Step.trace(Self.opening + Self.closing)
    let proven = trace.events.indices.map { trace.provenState(ofSenderAt: $0) }
    #expect(proven == [.synSent, .synReceived, nil, .finWait1, .closeWait, .lastAck, nil])
  }

  /// A FIN that does not acknowledge the other's is sent in FIN_WAIT_1, whatever came before.
  @Test func aFINThatCrossesTheOtherProvesNoLastAck() {
    let trace = Step.trace([
      Step.sent(.left, [.fin, .ack], seq: 11, ack: 71), Step.sent(.right, [.fin, .ack], seq: 71, ack: 11),
    ])
    #expect(trace.provenState(ofSenderAt: 1) == .finWait1)
  }

  /// Only the first FIN tells what its party had received when it closed.
  @Test func aFINThatCrossedIsSentAgainInClosing() {
    let trace = Step.trace([
      Step.sent(.left, [.fin, .ack], seq: 11, ack: 71), Step.sent(.right, [.fin, .ack], seq: 71, ack: 11),
      Step.sent(.right, .ack, seq: 72, ack: 12), Step.sent(.right, [.fin, .ack], seq: 71, ack: 12),
    ])
    #expect(trace.provenState(ofSenderAt: 2) == nil && trace.provenState(ofSenderAt: 3) == .closing)
    let again = Step.trace(Self.opening + Self.closing.prefix(3) + [Self.closing[2]])
    #expect(again.provenState(ofSenderAt: 6) == .lastAck)
  }

  @Test func dataRSTAndCallsProveNothing() {
    let trace = Step.trace([
      Step.sent(.left, [.psh, .ack], seq: 11, ack: 71, length: 5),
      Step.sent(.right, [.rst, .ack], seq: 71, ack: 16),
      Step.call(.left, .close),
    ])
    #expect(trace.events.indices.allSatisfy { trace.provenState(ofSenderAt: $0) == nil })
  }

  @Test func theProofIsTheFirstSegmentOfTheStretches() {
    let trace = Step.trace(Self.opening + Self.closing)
    #expect(trace.proof(of: .lastAck, of: .right, in: [3..<7]) == 5)
    #expect(trace.proof(of: .lastAck, of: .left, in: [3..<7]) == nil)
    #expect(trace.proof(of: .lastAck, of: .right, in: [6..<7]) == nil)
  }
}
