import Documents
import Kinds
import TCP
import Testing
import Traces

/// A run by hand as a ladder that can be run again.
@Suite(.tags(.pure)) struct SteppedLadderTests {
  private static let opening = [Step.look(.left, .established), Step.look(.right, .established)]

  /// The rows as text, each with its left and right cell.
  private static func rows(_ events: [Event]) -> [String] {
    SteppedLadder(of: Step.trace(opening + events)).ladder.rungs.map {
      "\($0.cells.left) | \($0.cells.right)"
    }
  }

  /// An ACK of the client's data is on its way while the client closes.
  @Test func anACKThatIsOnItsWayStandsBeforeAnyCall() throws {
    let rows = Self.rows([
      Step.sent(.right, .ack, seq: 1, ack: 101), Step.call(.left, .close), Step.look(.left, .finWait1),
      Step.sent(.left, [.fin, .ack], seq: 101, ack: 1), Step.delivered(2, to: .left),
      Step.delivered(5, to: .right), Step.look(.right, .closeWait),
    ])
    let ack = try #require(rows.firstIndex { $0.contains("ACK(SEQ:y") })
    let close = try #require(rows.firstIndex { $0.contains("close()") })
    #expect(ack < close, "\(rows)")
    #expect(rows.count { $0.contains("ACK(SEQ:y") } == 1, "\(rows)")
    #expect(rows.count { $0.contains("FIN+ACK") && $0.contains("(arrives later)") } == 1, "\(rows)")
  }

  @Test func anEarlyACKHasTheStateOfItsOwnStep() throws {
    let rows = Self.rows([
      Step.sent(.left, .ack, seq: 1, ack: 101), Step.call(.left, .receive(nil)), Step.call(.right, .close),
      Step.sent(.right, [.fin, .ack], seq: 101, ack: 1), Step.look(.right, .finWait1),
      Step.delivered(2, to: .right), Step.look(.right, .finWait1),
    ])
    #expect(
      rows.first?.contains("[ESTABLISHED]") == true && rows.first?.contains("FIN_WAIT") == false, "\(rows)")
  }

  @Test func anACKOfAFINLeadsOnWhereverItStands() throws {
    let rows = Self.rows([
      Step.look(.left, .finWait1), Step.sent(.right, .ack, seq: 1, ack: 2), Step.call(.right, .close),
      Step.delivered(3, to: .left), Step.look(.left, .finWait2),
    ])
    #expect(rows.first?.contains("[FIN_WAIT_2]") == true, "\(rows)")
  }

  @Test func anACKThatMeetsNoConnectionStandsWhereItArrives() throws {
    let rows = Self.rows([
      Step.sent(.left, .ack, seq: 1, ack: 101), Step.call(.right, .close), Step.look(.right, nil),
      Step.delivered(2, to: .right), Step.sent(.right, .rst, seq: 101), Step.delivered(6, to: .left),
    ])
    #expect(rows.first?.contains("(arrives later)") == true && rows.count == 4, "\(rows)")
    #expect(rows[1].contains("close()") && rows[2].contains("(arrives now)"), "\(rows)")
  }

  @Test func anACKOnItsWayStandsBeforeASegmentFromOutside() throws {
    let rows = Self.rows([
      Step.sent(.right, .ack, seq: 1, ack: 2), Step.forged(.left, .rst, seq: 2), Step.delivered(2, to: .left),
    ])
    #expect(rows.first?.contains("ACK(") == true && rows.last?.contains("RST") == true, "\(rows)")
  }

  @Test func theAnswerToASecondArrivalIsNotInTheLadder() throws {
    let trace = Step.trace(
      Self.opening + [
        Step.sent(.left, .ack, seq: 1, ack: 1, length: 100), Step.delivered(2, to: .right),
        Step.sent(.right, .ack, seq: 1, ack: 101), Step.delivered(2, to: .right),
        Step.sent(.right, .ack, seq: 1, ack: 101), Step.delivered(4, to: .left), Step.delivered(6, to: .left),
      ])
    let stepped = SteppedLadder(of: trace)
    let acks = stepped.ladder.rungs.filter { $0.cells.right.description.contains("ACK(") }
    #expect(acks.count == 1)
    #expect(
      stepped.unsaid.contains {
        if case .arrivedTwice(_, .left) = $0 { true } else { false }
      })
    #expect(!stepped.ladder.isExhaustive)
  }

  @Test func aSecondConnectionIsNotInTheLadder() {
    let closing = [
      Step.call(.left, .close), Step.sent(.left, [.fin, .ack], seq: 1, ack: 1), Step.delivered(3, to: .right),
    ]
    let stepped = SteppedLadder(
      of: Step.trace(
        Self.opening + closing + [
          Step.call(.left, .connect), Step.sent(.left, .syn, seq: 65538), Step.delivered(6, to: .right),
        ]))
    #expect(stepped.ladder == SteppedLadder(of: Step.trace(Self.opening + closing)).ladder)
    #expect(stepped.unsaid == [.connectedAgain(.left, .returned(value: 0))])
  }

  @Test func segmentsThatCrossStandInOneRow() throws {
    let rows = Self.rows([
      Step.sent(.left, [.fin, .ack], seq: 1, ack: 1), Step.sent(.right, [.fin, .ack], seq: 1, ack: 1),
      Step.delivered(2, to: .right), Step.delivered(3, to: .left),
    ])
    #expect(rows.count == 1 && rows[0].matches(of: /FIN\+ACK/).count == 2, "\(rows)")
  }

  @Test func aSegmentThatAnotherOvertakesStandsTwice() throws {
    let rows = Self.rows([
      Step.sent(.left, .ack, seq: 1, ack: 1, length: 100), Step.sent(.left, [.fin, .ack], seq: 101, ack: 1),
      Step.delivered(3, to: .right), Step.delivered(2, to: .right),
    ])
    #expect(rows.map { $0.contains("arrives") } == [true, false, true], "\(rows)")
  }

  @Test func segmentsThatAreOnTheirWayTogetherStandInTheirOrder() throws {
    let rows = Self.rows([
      Step.sent(.left, .ack, seq: 1, ack: 1, length: 100), Step.sent(.left, [.fin, .ack], seq: 101, ack: 1),
      Step.sent(.right, .ack, seq: 1, ack: 1, length: 50), Step.delivered(4, to: .left),
      Step.delivered(2, to: .right), Step.delivered(3, to: .right),
    ])
    #expect(
      rows.map { $0.contains("later") ? "later" : $0.contains("now") ? "now" : "" } == [
        "later", "later", "", "now", "now",
      ], "\(rows)")
  }

  @Test func whatIsOnItsWayWhileATimerFiresStandsBeforeTheTimer() throws {
    let rows = Self.rows([
      Step.sent(.left, [.fin, .ack], seq: 1, ack: 1), Step.delivered(2, to: .right),
      Step.sent(.right, .ack, seq: 1, ack: 2), Step.sent(.left, [.fin, .ack], seq: 1, ack: 1),
      Step.delivered(4, to: .left), Step.delivered(5, to: .right),
    ])
    let ack = try #require(rows.firstIndex { $0.contains("ACK(SEQ:y") }, "\(rows)")
    #expect(rows[ack].contains("(arrives later)"), "\(rows)")
    #expect(try ack < #require(rows.firstIndex { $0.contains("timeout") }), "\(rows)")
  }

  /// An ACK is under way, and then an RST crosses it: the kernel might send none, were it not waited for.
  @Test func anACKThatAnRSTPassesStandsWhereItLeaves() throws {
    let rows = Self.rows([
      Step.sent(.right, .ack, seq: 1, ack: 2), Step.sent(.left, .rst, seq: 2), Step.delivered(3, to: .right),
      Step.delivered(2, to: .left),
    ])
    #expect(
      rows.first?.contains("ACK(") == true && rows.first?.contains("(arrives later)") == true, "\(rows)")
  }

  /// The next arrival's transition is recorded before the arrival.
  @Test func theStateOfARowIsNotTheOneOfTheNextArrival() throws {
    let rows = Self.rows([
      Step.sent(.left, .ack, seq: 1, ack: 1), Step.sent(.left, [.fin, .ack], seq: 1, ack: 1),
      Step.delivered(2, to: .right), Step.look(.right, .established),
      Step.transition(.right, .established, .closeWait), Step.delivered(3, to: .right),
      Step.look(.right, .closeWait),
    ])
    #expect(rows.first?.contains("[ESTABLISHED]") == true, "\(rows)")
    #expect(rows.last?.contains("[CLOSE_WAIT]") == true, "\(rows)")
  }

  @Test func aLadderThatEndsEarlySaysWhatItLeavesOut() {
    let whole = SteppedLadder(
      of: Step.trace(
        Self.opening + [
          Step.sent(.left, [.fin, .ack], seq: 1, ack: 1), Step.delivered(2, to: .right),
          Step.call(.right, .close), Step.sent(.right, [.fin, .ack], seq: 1, ack: 2),
          Step.delivered(5, to: .left),
        ]))
    let part = whole.ending(before: 1, because: "seen nothing")
    #expect(whole.ladder.rungs.count == 3 && part.ladder.rungs.count == 1)
    #expect(whole.ladder.isExhaustive && !part.ladder.isExhaustive)
    #expect(part.unsaid == [.rows(2, first: whole.ladder.rungs[1], because: "seen nothing")])
    #expect(whole.ending(before: 3, because: "") == whole)
  }

  @Test func aSegmentThatIsLostStandsWhereItLeft() throws {
    let rows = Self.rows([
      Step.sent(.left, .ack, seq: 1, ack: 1, length: 100), Step.call(.right, .close),
      Step.dropped(2, before: .right),
    ])
    #expect(rows.first?.contains("lost") == true && rows.count == 2, "\(rows)")
  }
}
