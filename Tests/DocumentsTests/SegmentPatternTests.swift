import Documents
import Kinds
import TCP
import Testing

/// Patterns of segments.
@Suite(.tags(.pure)) struct SegmentPatternTests {
  private static func segment(_ flags: Flags, length: Int) -> Segment {
    Segment(flags: flags, sequence: SequenceNumber(1), length: length)
  }

  @Test func octetsThatLeaveInSeveralSegmentsAreCountedDown() throws {
    let pattern = SegmentPattern(flags: .ack, length: 3000, isData: true)
    let rest = try #require(pattern.rest(behind: Self.segment(.ack, length: 1000)))
    #expect(rest == SegmentPattern(flags: .ack, length: 2000, isData: true))
    #expect(rest.rest(behind: Self.segment(.ack, length: 2000)) == nil)
  }

  @Test(arguments: [
    (SegmentPattern(isData: true), Self.segment(.ack, length: 100)),
    (SegmentPattern(flags: .fin), Self.segment([.fin, .ack], length: 0)),
    (SegmentPattern(length: 100), Self.segment(.ack, length: 200)),
  ])
  func aWholeSegmentLeavesNothing(pattern: SegmentPattern, segment: Segment) {
    #expect(pattern.rest(behind: segment) == nil)
  }
}
