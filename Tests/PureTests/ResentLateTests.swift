import Benches
import Documents
import Kinds
import Linux
import TCP
import Testing
import Traces

/// Segments that a timer sends again, for events that are only values.
@Suite(.tags(.pure)) struct ResentLateTests {
  /// The party's segments that left so many milliseconds after the first.
  private func trail(_ segments: [(sequence: UInt32, flags: Flags, at: Int64)], from party: Party = .left)
    -> Log
  {
    let log = Log()
    let start = Clock.monotonic()
    for (sequence, flags, milliseconds) in segments {
      let segment = Segment(
        flags: flags, sequence: SequenceNumber(sequence), acknowledgment: SequenceNumber(1))
      log.record(
        .segment(segment: segment, bytes: Bytes([])), party: party, observer: .wire,
        at: start + milliseconds * 1_000_000)
    }
    return log
  }

  private func isResentLate(_ log: Log, since start: Int = 1) -> Bool {
    log.resentLate(since: start, after: .milliseconds(150))
  }

  @Test func aSegmentThatItsTimerRepeatsIsTold() {
    #expect(isResentLate(trail([(7, [.fin, .ack], 0), (7, [.fin, .ack], 210)])))
  }

  @Test func aRepetitionThatComesAtOnceOrEarlierIsNone() {
    #expect(!isResentLate(trail([(7, [.fin, .ack], 0), (7, [.fin, .ack], 20)])))
    #expect(!isResentLate(trail([(7, [.fin, .ack], 0), (7, [.fin, .ack], 210)]), since: 2))
  }

  @Test func otherSegmentsAndPureACKsAreNone() {
    #expect(!isResentLate(trail([(7, [.fin, .ack], 0), (8, [.fin, .ack], 210)])))
    #expect(!isResentLate(trail([(7, .ack, 0), (7, .ack, 210)])))
  }

  @Test func theOtherPartysSegmentsAreItsOwn() {
    let log = trail([(7, [.fin, .ack], 0)])
    log.record(
      .segment(
        segment: Segment(
          flags: [.fin, .ack], sequence: SequenceNumber(7), acknowledgment: SequenceNumber(1)),
        bytes: Bytes([])), party: .right, observer: .wire, at: Clock.monotonic() + 300_000_000)
    #expect(!isResentLate(log))
  }
}
