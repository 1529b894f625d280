import Kinds
import TCP
import Testing

/// Sequence numbers go round a circle of 2^32 (RFC 9293 section 3.4).
@Suite(.tags(.pure)) struct SequenceNumberTests {
  private func number(_ value: UInt32) -> SequenceNumber { SequenceNumber(value) }

  @Test func afterTheLastNumberComesTheFirst() {
    #expect(number(.max) + 1 == number(0))
    #expect(number(4_294_967_290) + 100 == number(94))
    #expect(number(0) + -1 == number(.max))
    #expect(number(5) + (1 << 32) == number(5))
  }

  @Test func theWayIsTheShorterOne() {
    #expect(number(94) - number(4_294_967_290) == 100)
    #expect(number(4_294_967_290) - number(94) == -100)
    #expect(number(1 << 31) - number(0) == -(1 << 31))
    #expect(number((1 << 31) - 1) - number(0) == (1 << 31) - 1)
  }

  @Test(arguments: [UInt32(0), 1, 1 << 31, .max], [1, 2, 1000, (1 << 31) - 1])
  func whatIsAheadIsGreaterWhereverItStands(start: UInt32, distance: Int) {
    let first = number(start)
    #expect(first < first + distance && first <= first + distance)
    #expect(!(first + distance < first) && !(first + distance <= first))
    #expect(first + distance - first == distance && first + distance + -distance == first)
  }

  @Test func aNumberIsNotBeforeItself() { #expect(!(number(7) < number(7)) && number(7) <= number(7)) }

  @Test func aSegmentTakesANumberForSynAndForFin() {
    let end = { (flags: Flags, length: Int) in
      Segment(flags: flags, sequence: SequenceNumber(.max), length: length).end.rawValue
    }
    #expect(end(.ack, 0) == .max)
    #expect(end(.syn, 0) == 0 && end(.fin, 0) == 0 && end(.rst, 0) == .max)
    #expect(end([.fin, .ack], 100) == 100 && end(.ack, 100) == 99)
  }
}
