import Claims
import Documents
import Notations
import Kinds
import TCP
import Testing
import Traces

/// When a party held a state that a document gives it.
@Suite(.tags(.pure)) struct StateRuleTests {
  static let usual = Sketch([
    .rung, .look(.left, .established), .look(.right, .established), .call(.left, .close),
    .look(.left, .finWait1), .left([.fin, .ack], seq: 1, ack: 1, is: .finWait1, then: .closeWait),
    .look(.left, .finWait1), .rung, .look(.left, .finWait1), .look(.right, .closeWait),
    .right(.ack, seq: 1, ack: 2, is: .closeWait, then: .finWait2), .rung, .look(.left, .finWait2),
    .look(.right, .closeWait), .call(.right, .close), .look(.right, .lastAck),
    .right([.fin, .ack], seq: 1, ack: 2, is: .lastAck, then: .timeWait), .rung,
    .left(.ack, seq: 2, ack: 2, is: .timeWait, then: .closed),
  ])

  private func verdict(_ state: State, _ party: Party, row: Int, _ sketch: Sketch = Self.usual) throws
    -> Verdict
  {
    let cells: [(Party, String)] = [(.left, "FIN"), (.right, "ACK"), (.right, "FIN"), (.left, "ACK")]
    let rows = cells.enumerated().map { index, cell in
      var both = Both("")
      both[cell.0] = cell.1
      if index == row - 1 { both[party] += " [\(state.rawValue)]" }
      return "\(both.left) | \(both.right)"
    }
    return try assess(page(rows.joined(separator: "\n")), sketch).state(row, party)
  }

  @Test func aStateHoldsAfterItsSegmentLeft() throws {
    #expect(try verdict(.finWait1, .left, row: 1).kind == .confirmed)
    #expect(try verdict(.lastAck, .right, row: 3).kind == .confirmed)
  }

  @Test func aStateHoldsAfterTheSegmentArrived() throws {
    #expect(try verdict(.closeWait, .right, row: 1).kind == .confirmed)
    #expect(try verdict(.timeWait, .left, row: 3).kind == .confirmed)
    #expect(try verdict(.closed, .right, row: 4).kind == .confirmed)
  }

  @Test func bothQuietPointsOfARowCount() throws {
    // The closer waits in FIN_WAIT_1 while the ACK is under way, and in FIN_WAIT_2 once it has it.
    let both = Self.usual.with { $0[segment: 1].waiting = .finWait1 }
    #expect(try verdict(.finWait1, .left, row: 2, both).kind == .confirmed)
    #expect(try verdict(.finWait2, .left, row: 2, both).kind == .confirmed)
    #expect(try verdict(.finWait1, .left, row: 2).kind == .contradicted)
  }

  @Test func aStateThatOnlyTheNextCallBringsIsNotThisRows() throws {
    // The second end is in LAST_ACK because it calls close() in the third row: not in the second.
    #expect(try verdict(.lastAck, .right, row: 2).kind == .contradicted)
    #expect(try verdict(.closeWait, .right, row: 2).kind == .confirmed)
    #expect(try verdict(.finWait1, .right, row: 1).kind == .contradicted)
  }

  @Test func anotherStateInTheTraceTurnsTheVerdict() throws {
    let turned = Self.usual.with { $0[segment: 1].receiver = .closing }
    #expect(try verdict(.finWait2, .left, row: 2).kind == .confirmed)
    let ahead = turned.with {
      $0.steps.removeAll { if case .look(.left, .finWait2) = $0 { true } else { false } }
    }
    let verdict = try verdict(.finWait2, .left, row: 2, ahead)
    #expect(verdict.kind == .contradicted && verdict.seen == "[CLOSING]")
  }

  /// The closer waits in FIN_WAIT_1 while the ACK is under way.
  static let underWay = usual.with { $0[segment: 1].waiting = .finWait1 }

  @Test(arguments: [
    ("after receiving the ACK", false), ("ACK received", false), ("the ACK has arrived", false),
    ("ACK 수신 후", false), ("收到 ACK 后", false), ("after the ACK", true), ("before the ACK is received", true),
    ("not received yet", true),
  ])
  func whereThePageSaysReceivedTheStateBeforeDoesNotCount(note: String, counts: Bool) throws {
    for (state, isTrue) in [(State.finWait1, counts), (.finWait2, true), (.closing, false)] {
      let rows = "FIN | | \n[\(state.rawValue)] | ACK | \(note)"
      let verdict = try assess(page(rows, columns: "client | server | note"), Self.underWay).state(2, .left)
      #expect(verdict.kind == (isTrue ? .confirmed : .contradicted), "\(state) \(note)")
    }
  }

  @Test(arguments: ["(received)", "(after receiving the ACK)"])
  func aRemarkBehindTheStateMaySayReceived(remark: String) throws {
    for (state, kind) in [(State.finWait1, Verdict.Kind.contradicted), (.finWait2, .confirmed)] {
      let verdict = try assess(page("FIN |\n[\(state.rawValue)] \(remark) | ACK"), Self.underWay).state(
        2, .left)
      #expect(verdict.kind == kind)
    }
    #expect(try assess(page("FIN |\n[FIN_WAIT_1] | ACK"), Self.underWay).state(2, .left).kind == .confirmed)
  }

  @Test func whereThePageDoesNotSayWhetherBeforeOrAfterTheArrivalTheStateBeforeItDecidesNothing() throws {
    for (state, kind) in [
      (State.finWait1, Verdict.Kind.undecided), (.finWait2, .confirmed), (.closing, .contradicted),
    ] {
      let rows = "FIN |\n[\(state.rawValue)] (received, or not yet) | ACK"
      #expect(try assess(page(rows), Self.underWay).state(2, .left).kind == kind)
    }
  }

  @Test func inARowOfItsOwnTheStateBeforeTheArrivalDoesNotCount() throws {
    let sketch = Self.underWay.with { $0.steps.insert(contentsOf: [.rung, .look(.left, .finWait2)], at: 11) }
    for (state, kind) in [
      (State.finWait1, Verdict.Kind.contradicted), (.closing, .contradicted), (.finWait2, .confirmed),
    ] {
      let rows = "FIN |\n| ACK\n[\(state.rawValue)] |\n| FIN\nACK |"
      #expect(try assess(page(rows), sketch).state(3, .left).kind == kind)
    }
  }

  @Test func theReceiptIsOfTheOtherPartysSegment() throws {
    // The sender's own state holds from the moment in which its segment leaves.
    let verdict = try assess(
      page("FIN [FIN_WAIT_1] | | the server has received it\n| ACK |", columns: "client | server | note"),
      Self.usual
    ).state(1, .left)
    #expect(verdict.kind == .confirmed)
  }

  @Test func withoutASeenArrivalAStateThatWasThereBeforeProvesNoReceipt() throws {
    var sketch = Sketch([
      .rung, .look(.left, .finWait1), .other(.rung(index: 0), nil, nil),
      .right(.ack, seq: 1, ack: 2), .look(.left, .finWait1), .look(.left, .finWait2),
    ])
    sketch.bench = .loopback
    sketch.observers = [ObserverReport(kind: .capture), ObserverReport(kind: .stateTracepoint)]
    var trace = sketch.trace()
    trace.events.removeAll { if case .delivered = $0.what { true } else { false } }
    for (state, kind) in [(State.finWait1, Verdict.Kind.undecided), (.finWait2, .confirmed)] {
      let verdict = try assess(page("[\(state.rawValue)] (received) | ACK"), trace).state(1, .left)
      #expect(verdict.kind == kind)
    }
  }

  @Test func closedBehindTheTimeWaitOfThePageIsUndecided() throws {
    let end = Self.usual.with { $0.steps += [.look(.left, .timeWait), .rung, .look(.left, .timeWait)] }
    let waits = try assess(page("FIN |\n| ACK\n| FIN\nACK [TIME_WAIT] |\n[CLOSED] |"), end)
    #expect(try waits.state(5, .left).kind == .undecided)
    // A page that knows no TIME_WAIT says that the end is gone at once.
    let gone = try assess(page("FIN |\n| ACK\n| FIN\nACK |\n[CLOSED] |"), end)
    #expect(try gone.state(5, .left).kind == .contradicted)
    #expect(
      try assess(page("FIN |\n| ACK\n| FIN\nACK [CLOSED] |"), end).state(4, .left).kind == .contradicted)
  }

  @Test func aRowWithoutASegmentIsJudgedByWhatComesOfItsCalls() throws {
    let rows = "close() [FIN_WAIT_1] | [ESTABLISHED]\nFIN |"
    let sketch = Sketch([
      .rung, .look(.left, .established), .look(.right, .established), .call(.left, .close),
      .look(.left, .finWait1), .look(.right, .established), .rung, .look(.left, .finWait1),
      .left([.fin, .ack], seq: 1, ack: 1, is: .finWait1, then: .closeWait), .call(.right, .close),
      .look(.right, .lastAck),
    ])
    let assessment = try assess(page(rows), sketch)
    #expect(try assessment.state(1, .left).kind == .confirmed)
    #expect(try assessment.state(1, .right).kind == .confirmed)
    let other = try assess(page("close() [FIN_WAIT_2] | [CLOSE_WAIT]\nFIN |"), sketch)
    #expect(try other.state(1, .left).kind == .contradicted)
    #expect(try other.state(1, .right).kind == .contradicted)
  }

  @Test(arguments: [
    (Event.What.transition(from: .finWait2, to: .closed), ObserverKind.stateTracepoint),
    (.transition(from: .closing, to: .closed), .stateTracepoint),
    (.info(info: Info(bytes: [7])), .tcpInfo),
  ])
  func whatMayBeTimeWaitIsNoProofOfClosed(what: Event.What, observer: ObserverKind) throws {
    let sketch = Self.usual.with { $0.steps.append(.other(what, .left, observer)) }
    #expect(try verdict(.closed, .left, row: 4, sketch).kind == .contradicted)
    #expect(try verdict(.timeWait, .left, row: 4, sketch).kind == .confirmed)
    // LAST_ACK is followed by nothing else.
    let proof = Self.usual.with {
      $0[segment: 3].receiver = nil
      $0.steps.append(.other(.transition(from: .lastAck, to: .closed), .right, .stateTracepoint))
    }
    #expect(try verdict(.closed, .right, row: 4, proof).kind == .confirmed)
  }
}
