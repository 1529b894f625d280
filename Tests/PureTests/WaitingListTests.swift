import Benches
import Documents
import Kinds
import TCP
import Testing
import Traces

/// The segments on the wire of a connection by hand, for events that are only values.
@Suite(.tags(.pure)) struct WaitingListTests {
  private static let fin = segment([.fin, .ack], 100)
  private static let ack = segment(.ack, 100)

  private static func segment(_ flags: Flags, _ sequence: UInt32, ack: UInt32 = 500) -> Segment {
    Segment(flags: flags, sequence: SequenceNumber(sequence), acknowledgment: SequenceNumber(ack))
  }

  private static func send(_ segment: Segment, from party: Party = .left, in log: Log) -> Int {
    log.record(.segment(segment: segment, bytes: Bytes([])), party: party, observer: .wire)
  }

  /// A list of the party's segments that left one after the other.
  private static func list(_ segments: [Segment], isAnswer: Bool = false) -> WaitingList {
    let log = Log()
    var list = WaitingList()
    for segment in segments { list.admit(send(segment, in: log), in: log, isAnswer: isAnswer) }
    return list
  }

  @Test func whatATimerSendsOfAWaitingSegmentIsACopyOfIt() {
    let list = Self.list([Self.fin, Self.fin, Self.fin])
    #expect(list.segments.map(\.number) == [1] && list.segments[0].copies == [1, 2])
    #expect(list.hidden == [1, 2] && list.nextNumber == 2)
  }

  @Test func twoPureACKsAreTwoSegmentsWhereEachAnswersAStep() {
    #expect(Self.list([Self.ack, Self.ack], isAnswer: true).segments.map(\.number) == [1, 2])
    #expect(Self.list([Self.ack, Self.ack]).segments.map(\.number) == [1])
  }

  @Test func segmentsWithOtherNumbersFlagsOrSendersAreNoCopies() {
    let log = Log()
    var list = WaitingList()
    for (segment, party) in [
      (Self.fin, Party.left), (Self.fin, .right), (Self.segment([.fin, .ack], 101), .left), (Self.ack, .left),
    ] {
      list.admit(Self.send(segment, from: party, in: log), in: log, isAnswer: false)
    }
    #expect(list.segments.map(\.number) == [1, 2, 3, 4] && list.hidden.isEmpty)
  }

  @Test(arguments: [true, false]) func whatWasSentBeforeIsToldWithItsFate(hasArrived: Bool) throws {
    let log = Log()
    var list = WaitingList()
    let first = Self.send(Self.fin, in: log)
    list.admit(first, in: log, isAnswer: true)
    list.remove(1)
    log.record(hasArrived ? .delivered(segment: first) : .dropped(segment: first), party: .right)
    list.admit(Self.send(Self.fin, in: log), in: log, isAnswer: false)
    let again = try #require(list[2])
    #expect(list[1] == nil && again.isSentAgain && again.hasArrived == hasArrived && again.copies.isEmpty)
  }

  @Test func numbersBeginAnewAndWhatIsHiddenStays() {
    let log = Log()
    var list = WaitingList()
    for _ in 0..<2 { list.admit(Self.send(Self.fin, in: log), in: log, isAnswer: false) }
    list.clear()
    #expect(list.segments.isEmpty && list.hidden == [1])
    list.admit(Self.send(Self.ack, in: log), in: log, isAnswer: true)
    #expect(list.segments.map(\.number) == [1])
  }

  @Test func aForgedRSTHasTheNumberThatItsReceiverExpects() {
    let log = Log()
    #expect(log.fittingReset(to: .left) == nil)
    _ = Self.send(Segment(flags: .syn, sequence: SequenceNumber(9)), in: log)
    let refusal = log.fittingReset(to: .left)
    #expect(refusal?.flags == [.rst, .ack] && refusal?.acknowledgment == SequenceNumber(10))
    _ = Self.send(Self.segment(.ack, 10, ack: 700), in: log)
    #expect(log.fittingReset(to: .left)?.sequence == SequenceNumber(700))
    #expect(log.fittingReset(to: .right) == nil)
  }
}
