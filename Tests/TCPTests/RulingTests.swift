import Kinds
import TCP
import Testing

/// The rules of RFC 9293 section 3.10.7 and RFC 5961 for segments that arrive.
@Suite(.tags(.pure)) struct RulingTests {
  private typealias Outcome = Ruling.Outcome

  private func first(_ segment: MatrixSegment, _ state: State) -> Ruling.Outcome? {
    Ruling(segment, in: state).outcomes.first
  }

  @Test func aStateHasAsManySegmentsAsItHasPlaces() {
    #expect(MatrixSegment.all(in: .closed).count == 9 && MatrixSegment.all(in: .listen).count == 9)
    // Five kinds with an ACK, at three numbers.
    #expect(MatrixSegment.all(in: .synSent).count == 4 + 5 * 3)
    // At the left edge two more acknowledgment numbers, and each kind with an old timestamp.
    #expect(MatrixSegment.all(in: .established).count == 9 * 5 + 5 * 2 + 9)
  }

  @Test(arguments: State.allCases) func theNameOfASegmentIsReadAgain(state: State) {
    let all = MatrixSegment.all(in: state)
    #expect(Set(all.map(\.name)).count == all.count)
    for segment in all { #expect(MatrixSegment(name: segment.name) == segment) }
    #expect(MatrixSegment(name: "SYN, elsewhere") == nil)
  }

  @Test(arguments: MatrixSegment.Kind.allCases) func closedAnswersAllButRSTWithRST(kind: MatrixSegment.Kind) {
    let isReset = kind == .reset || kind == .resetAck
    #expect(first(MatrixSegment(kind), .closed) == Outcome(isReset ? .nothing : .reset))
  }

  @Test func listenTakesSYNAndRefusesACK() {
    #expect(first(MatrixSegment(.syn), .listen) == Outcome(.synAck, .synReceived))
    #expect(first(MatrixSegment(.synFin), .listen) == Outcome(.synAck, .synReceived))
    #expect(first(MatrixSegment(.ack), .listen) == Outcome(.reset))
    #expect(first(MatrixSegment(.synAck), .listen) == Outcome(.reset))
    #expect(first(MatrixSegment(.resetAck), .listen) == Outcome(.nothing))
    #expect(first(MatrixSegment(.fin), .listen) == Outcome(.nothing))
  }

  @Test func synSentGoesByTheACKBeforeAllElse() {
    #expect(first(MatrixSegment(.synAck, .current), .synSent) == Outcome(.ack, .established))
    #expect(first(MatrixSegment(.synAck, .beyond), .synSent) == Outcome(.reset))
    #expect(first(MatrixSegment(.syn), .synSent) == Outcome(.synAck, .synReceived))
    #expect(first(MatrixSegment(.resetAck, .current), .synSent) == Outcome(.nothing, .closed))
    #expect(first(MatrixSegment(.resetAck, .old), .synSent) == Outcome(.nothing))
    #expect(first(MatrixSegment(.reset), .synSent) == Outcome(.nothing))
  }

  @Test func anRSTIsTakenOnlyAtTheLeftEdge() {
    func reset(_ place: MatrixSegment.Place) -> Ruling {
      Ruling(MatrixSegment(.reset, at: place), in: .established)
    }
    #expect(reset(.leftEdge).outcomes == [Outcome(.nothing, .closed)])
    for place in [MatrixSegment.Place.inside, .rightEdge] {
      #expect(reset(place).outcomes == [Outcome(.ack)])
      #expect(reset(place).source == .other(rfc: 5961, section: "3"))
    }
    for place in [MatrixSegment.Place.left, .right] { #expect(reset(place).outcomes == [Outcome(.nothing)]) }
  }

  @Test(arguments: [State.established, .finWait1, .finWait2, .closeWait, .closing, .lastAck])
  func aSYNIsChallengedWhereverItLies(state: State) {
    for place in MatrixSegment.Place.allCases {
      #expect(first(MatrixSegment(.syn, at: place), state) == Outcome(.ack))
    }
  }

  @Test(arguments: MatrixSegment.Kind.allCases)
  func anOldTimestampMakesASegmentUnacceptableButAnRST(kind: MatrixSegment.Kind) {
    let isReset = kind == .reset || kind == .resetAck
    for state in State.allCases {
      let old = MatrixSegment.all(in: state).filter { $0.kind == kind && $0.hasOldTimestamp }
      #expect(old.count == ([.closed, .listen, .synSent].contains(state) ? 0 : 1))
      for segment in old {
        let ruling = Ruling(segment, in: state)
        #expect(ruling.outcomes == [isReset ? Outcome(.nothing, .closed) : Outcome(.ack)])
        #expect(ruling.source == .other(rfc: 7323, section: isReset ? "3.2" : "5.3"))
      }
    }
  }

  @Test func aFINIsFollowedFromEachState() {
    let ends: [(State, State?)] = [
      (.synReceived, .closeWait), (.established, .closeWait), (.finWait1, .closing), (.finWait2, .timeWait),
      (.closeWait, nil), (.closing, nil), (.lastAck, nil), (.timeWait, nil),
    ]
    for (state, next) in ends {
      #expect(first(MatrixSegment(.finAck, at: .leftEdge, .current), state) == Outcome(.ack, next))
    }
  }

  @Test func withoutACKASegmentIsDroppedAndBeyondItIsChallenged() {
    #expect(first(MatrixSegment(.fin, at: .leftEdge), .established) == Outcome(.nothing))
    #expect(first(MatrixSegment(.data, at: .leftEdge, .beyond), .established) == Outcome(.ack))
    #expect(first(MatrixSegment(.ack, at: .leftEdge, .beyond), .synReceived) == Outcome(.reset))
    #expect(
      first(MatrixSegment(.ack, at: .leftEdge, .current), .synReceived) == Outcome(.nothing, .established))
  }

  @Test func anAnswerIsReadFromFlagsAndOnlyAllowedOnesAreAsTheyShouldBe() {
    #expect(Ruling.Answer([]) == .nothing && Ruling.Answer([[.psh, .ack]]) == .ack)
    #expect(Ruling.Answer([[.rst, .ack]]) == .reset && Ruling.Answer([[.syn, .ack]]) == .synAck)
    #expect(Ruling.Answer([.syn]) == nil && Ruling.Answer([.ack, .rst]) == nil)
    let ruling = Ruling(MatrixSegment(.syn, at: .inside), in: .timeWait)
    #expect(ruling.allows(.ack, .timeWait, from: .timeWait))
    #expect(ruling.allows(.synAck, .synReceived, from: .timeWait))
    #expect(
      !ruling.allows(.reset, .timeWait, from: .timeWait) && !ruling.allows(nil, .timeWait, from: .timeWait))
  }
}
