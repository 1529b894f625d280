import Benches
import Documents
import Kinds
import Notations
import TCP
import Testing

/// The page's next step beside a connection by hand, for connections that are only values.
@Suite(.tags(.pure)) struct GuideTests {
  private static let closing = ["close() |", "FIN |", "| ACK", "| close()", "| FIN", "ACK |"]

  private static func guide(_ rows: [String]) throws -> Guide {
    let text = "| client | server |\n|-|-|\n" + rows.map { "| \($0) |\n" }.joined()
    let page = try Page(reading: text, name: "page.md")
    return Guide(try Plan(try #require(page.ladders.first), page: page.name))
  }

  private static func waiting(_ number: Int, _ party: Party, _ flags: Flags, length: Int = 0)
    -> WaitingSegment
  {
    let segment = Segment(
      flags: flags, sequence: SequenceNumber(1), acknowledgment: SequenceNumber(1), length: length)
    return WaitingSegment(number: number, party: party, segment: segment, place: number)
  }

  private static func step(
    _ action: HandAction, of segment: WaitingSegment? = nil, refused: String? = nil
  ) -> HandStep {
    var step = HandStep(action: action, before: Both(.established), after: Both(.established))
    step.segment = segment
    step.obstacle = refused
    return step
  }

  /// Does what the guide says until the page has the index of a rung next.
  private static func go(_ guide: inout Guide, to rung: Int, sending segments: [WaitingSegment]) throws {
    var left = segments
    for _ in 0..<20 where guide.rung.map({ $0 < rung }) ?? false {
      let next = guide.next(for: HandStatus(waiting: Array(left.prefix(1))))
      guard guide.rung.map({ $0 < rung }) ?? false, case .action(let action, _) = next else { break }
      let segment = action.number.flatMap { number in left.first { $0.number == number } }
      if segment != nil { left.removeFirst() }
      guide.note(step(action, of: segment), was: next)
    }
    try #require(guide.rung == rung)
  }

  @Test func callsAndSegmentsComeInTheOrderOfThePage() throws {
    var guide = try Self.guide(Self.closing)
    let call = guide.next(for: HandStatus())
    #expect(call == .action(.call(.left, .close), .page) && guide.rung == 0)
    guide.note(Self.step(.call(.left, .close)), was: call)
    let fin = Self.waiting(1, .left, [.fin, .ack])
    let arrival = guide.next(for: HandStatus(waiting: [fin]))
    #expect(arrival == .action(.deliver(1), .page) && guide.rung == 1)
    guide.note(Self.step(.deliver(1), of: fin), was: arrival)
    #expect(
      guide.next(for: HandStatus(waiting: [Self.waiting(2, .right, .ack)])) == .action(.deliver(2), .page))
    #expect(guide.rung == 2)
  }

  @Test func whatWasNotPossibleOrIsAnotherStepLeavesThePageWhereItIs() throws {
    var guide = try Self.guide(Self.closing)
    let next = guide.next(for: HandStatus())
    guide.note(Self.step(.call(.left, .close), refused: "no"), was: next)
    guide.note(Self.step(.call(.right, .close)), was: next)
    guide.note(Self.step(.awaitTimer), was: next)
    #expect(guide.next(for: HandStatus()) == next && guide.rung == 0)
  }

  @Test func aSegmentThatThePageDoesNotShowArrivesFirst() throws {
    var guide = try Self.guide(Self.closing)
    try Self.go(&guide, to: 1, sending: [])
    let (data, fin) = (Self.waiting(1, .left, .ack), Self.waiting(2, .left, [.fin, .ack]))
    let next = guide.next(for: HandStatus(waiting: [data, fin]))
    #expect(next == .action(.deliver(1), .unshown))
    guide.note(Self.step(.deliver(1), of: data), was: next)
    #expect(guide.next(for: HandStatus(waiting: [fin])) == .action(.deliver(2), .page))
  }

  @Test func aSegmentWithOtherFlagsIsToldWithThatOfThePage() throws {
    var guide = try Self.guide(Self.closing)
    try Self.go(&guide, to: 1, sending: [])
    guard
      case .action(.deliver(1), .otherwise(let pattern)) = guide.next(
        for: HandStatus(waiting: [Self.waiting(1, .left, [.rst, .ack])]))
    else {
      Issue.record("the RST is not what the page shows")
      return
    }
    #expect(pattern.flags.contains(.fin))
  }

  @Test func whereTheSegmentIsMissingTheTimerThatSendsItIsWaitedFor() throws {
    var guide = try Self.guide(Self.closing)
    try Self.go(&guide, to: 1, sending: [])
    #expect(guide.next(for: HandStatus(retransmitting: .left)) == .action(.awaitTimer, .unshown))
    for status in [HandStatus(), HandStatus(retransmitting: .right)] {
      guard case .obstacle(.notSent(.left, _)) = guide.next(for: status) else {
        Issue.record("nothing sends it")
        continue
      }
    }
  }

  @Test func aProgramThatHasClosedMakesNoFurtherCall() throws {
    var guide = try Self.guide(Self.closing)
    #expect(guide.next(for: HandStatus(closed: [.left])) == .obstacle(.closed(.left, .close)))
    #expect(guide.next(for: HandStatus(closed: [.right])) == .action(.call(.left, .close), .page))
  }

  @Test func whatThePageLosesIsLost() throws {
    var guide = try Self.guide(["close() |", "FIN | lost", "timeout |", "FIN |"])
    try Self.go(&guide, to: 1, sending: [])
    let fin = Self.waiting(1, .left, [.fin, .ack])
    let next = guide.next(for: HandStatus(waiting: [fin]))
    #expect(next == .action(.lose(1), .page))
    guide.note(Self.step(.lose(1), of: fin), was: next)
    #expect(guide.next(for: HandStatus(retransmitting: .left)) == .action(.awaitTimer, .page))
    var again = Self.waiting(2, .left, [.fin, .ack])
    again.isSentAgain = true
    #expect(guide.next(for: HandStatus(waiting: [again])) == .action(.deliver(2), .page))
  }

  @Test func bothSegmentsOfARowArriveInEitherOrder() throws {
    let both = [Self.waiting(1, .left, [.fin, .ack]), Self.waiting(2, .right, [.fin, .ack])]
    for (first, last) in [(both[0], both[1]), (both[1], both[0])] {
      var guide = try Self.guide(["close() | close()", "FIN | FIN", "ACK | ACK"])
      try Self.go(&guide, to: 1, sending: [])
      let next = guide.next(for: HandStatus(waiting: both))
      #expect(next == .action(.deliver(1), .page))
      guide.note(Self.step(.deliver(first.number), of: first), was: next)
      let other = guide.next(for: HandStatus(waiting: [last]))
      #expect(other == .action(.deliver(last.number), .page) && guide.rung == 1)
      guide.note(Self.step(.deliver(last.number), of: last), was: other)
      _ = guide.next(for: HandStatus())
      #expect(guide.rung == 2)
    }
  }

  @Test func aSegmentThatArrivesLaterIsHeldBackUntilThen() throws {
    var guide = try Self.guide([
      "send(100) |", "data seq=x, 100bytes (arrives later) |", "close() |", "FIN+ACK seq=x+100 |",
      "| ACK ack=x", "(arrives now) |",
    ])
    try Self.go(&guide, to: 1, sending: [])
    var data = Self.waiting(1, .left, [.psh, .ack], length: 100)
    var next = guide.next(for: HandStatus(waiting: [data]))
    #expect(next == .action(.holdBack(1), .page))
    guide.note(Self.step(.holdBack(1), of: data), was: next)
    data.isHeldBack = true
    next = guide.next(for: HandStatus(waiting: [data]))
    #expect(next == .action(.call(.left, .close), .page))
    guide.note(Self.step(.call(.left, .close)), was: next)
    let fin = Self.waiting(2, .left, [.fin, .ack])
    next = guide.next(for: HandStatus(waiting: [data, fin]))
    #expect(next == .action(.deliver(2), .page))
    guide.note(Self.step(.deliver(2), of: fin), was: next)
    let answer = Self.waiting(3, .right, .ack)
    next = guide.next(for: HandStatus(waiting: [data, answer]))
    #expect(next == .action(.deliver(3), .page))
    guide.note(Self.step(.deliver(3), of: answer), was: next)
    #expect(guide.next(for: HandStatus(waiting: [data])) == .action(.deliver(1), .page))
  }
}
