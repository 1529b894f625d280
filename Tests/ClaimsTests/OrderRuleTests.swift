import Claims
import Documents
import Kinds
import TCP
import Testing
import Traces

/// The segment that a cell is compared with, and the verdict on those that no cell has.
@Suite(.tags(.pure)) struct OrderRuleTests {
  static let rows = """
    data(SEQ:1301, 100bytes) |
    | ACK:1401
    FIN(SEQ:1401) |
    """
  static let usual = Sketch([
    .rung, .left([.psh, .ack], seq: 1301, ack: 1, length: 100), .rung, .right(.ack, seq: 1, ack: 1401), .rung,
    .left([.fin, .ack], seq: 1401, ack: 1), .right(.ack, seq: 1, ack: 1402),
  ])

  @Test func eachRungIsComparedWithThePartysNextSegment() throws {
    let assessment = try assess(page(Self.rows), Self.usual)
    #expect(assessment.kinds == [.confirmed, .confirmed, .confirmed])
    let turned = Self.usual.with {
      $0.placed.left = 1301
      ($0[segment: 0], $0[segment: 2]) = ($0[segment: 2], $0[segment: 0])
    }
    let kinds = try assess(page(Self.rows), turned).kinds
    #expect(kinds == [.contradicted, .confirmed, .contradicted])
  }

  @Test func eachVerdictPointsAtItsSegment() throws {
    let assessment = try assess(page(Self.rows), Self.usual)
    let trace = assessment.run.traces[0]
    let proof = try assessment.segment(3, .left).evidence
    #expect(proof.map(\.events) == [[trace.segments(of: .left)[1].place]])
  }

  @Test func anExtraPureAckIsListed() throws {
    // Its last ACK is in no row, and neither is one before the FIN.
    #expect(try assess(page(Self.rows), Self.usual).passedOver == 1)
    let more = Self.usual.with { $0.steps.insert(.left(.ack, seq: 1401, ack: 1), at: 4) }
    let assessment = try assess(page(Self.rows), more)
    #expect(assessment.passedOver == 2 && assessment.extras.isEmpty)
    #expect(assessment.kinds == [.confirmed, .confirmed, .confirmed])
  }

  @Test(arguments: [
    Sketch.Step.left(.syn, seq: 9), .left([.fin, .ack], seq: 1401, ack: 1), .left(.rst, seq: 1402),
    .right(.ack, seq: 1, ack: 1402, length: 1), .right([.fin, .ack], seq: 1, ack: 1402),
  ])
  func anExtraSegmentOfAnyOtherKindContradicts(step: Sketch.Step) throws {
    let assessment = try assess(page(Self.rows), Self.usual.with { $0.steps.append(step) })
    #expect(assessment.extras.map(\.verdict.kind) == [.contradicted])
    #expect(assessment.extras[0].verdict.expected == "nothing")
    #expect(assessment.hasDifferences)
  }

  @Test func anExtraSegmentInTheMiddleContradicts() throws {
    let more = Self.usual.with {
      $0.steps.insert(.left([.psh, .ack], seq: 1401, ack: 1, length: 100), at: 2)
    }
    let kinds = try assess(page(Self.rows), more).kinds
    #expect(kinds == [.confirmed, .confirmed, .contradicted, .contradicted])
  }

  @Test func dataThatIsSentAgainIsToldAndDoesNotContradict() throws {
    let more = Self.usual.with {
      $0.steps.insert(.left([.psh, .ack], seq: 1301, ack: 1, length: 100), at: 2)
    }
    let assessment = try assess(page(Self.rows), more)
    #expect(assessment.kinds == [.confirmed, .confirmed, .confirmed])
    #expect(
      assessment.claims[0].verdict.composition == [
        "100 of its bytes were retransmitted, which the page does not show"
      ])
    let record = try assess(page(Self.rows, isExhaustive: true), more)
    #expect(record.kinds.contains(.contradicted))
  }

  /// In real time the filter that loses a segment may lose the one that is sent again, too.
  @Test(arguments: [BenchKind.loopback, .wire])
  func afterALossOnLoopbackAMissingSegmentIsUndecided(bench: BenchKind) throws {
    let silent = Self.usual.with {
      $0.bench = bench
      $0[segment: 0].isLost = true
      $0.steps[$0.place(ofSegment: 2)] = .other(
        .silence(awaited: "FIN", nanoseconds: 300_000_000), .left, nil)
    }
    let verdict = try assess(page(Self.rows), silent).segment(3, .left)
    #expect(verdict.kind == (bench == .loopback ? .undecided : .contradicted))
  }

  @Test func aMissingSegmentContradicts() throws {
    let silent = Self.usual.with {
      $0.steps[$0.place(ofSegment: 2)] = .other(
        .silence(awaited: "FIN", nanoseconds: 300_000_000), .left, nil)
    }
    let assessment = try assess(page(Self.rows), silent)
    let verdict = try assessment.segment(3, .left)
    #expect(verdict.kind == .contradicted && verdict.seen == "nothing")
    #expect(verdict.reason == "client did not send this segment")
    let events = assessment.run.traces[0].events
    #expect(verdict.evidence.flatMap(\.events).map { events[$0].party } == [.left])
  }

  @Test func aRowThatMeansAnAckIsComparedWithWhatComes() throws {
    // Two ACKs in one: the document's ACK and FIN are one segment of the kernel.
    let rows = "FIN |\n| ACK\n| FIN\nACK |"
    let three = Sketch([
      .left([.fin, .ack], seq: 1, ack: 1), .right([.fin, .ack], seq: 1, ack: 2), .left(.ack, seq: 2, ack: 2),
    ])
    let assessment = try assess(page(rows), three)
    #expect(assessment.kinds == [.confirmed, .contradicted, .contradicted, .confirmed])
    #expect(try assessment.segment(2, .right).seen == "FIN+ACK")
    #expect(try assessment.segment(3, .right).seen == "nothing")
  }

  @Test func whatMovedBeforeTheFirstRowIsNotJudged() throws {
    let opened = Self.usual.with {
      $0.steps.insert(contentsOf: [.left(.syn, seq: 1300), .right([.syn, .ack], seq: 0, ack: 1301)], at: 0)
    }
    #expect(try assess(page(Self.rows), opened).kinds == [.confirmed, .confirmed, .confirmed])
  }

  @Test func anythingExtraContradictsAWrittenRecord() throws {
    let record = page(Self.rows, isExhaustive: true)
    let assessment = try assess(record, Self.usual)
    #expect(assessment.kinds == [.confirmed, .confirmed, .confirmed, .contradicted])
    #expect(assessment.extras[0].verdict.seen == "ACK(SEQ:y,ACK:1402)" && assessment.passedOver == 0)
    let exact = Self.usual.with { $0.steps.removeLast() }
    #expect(try assess(record, exact).kinds == [.confirmed, .confirmed, .confirmed])
    // Before a row that cannot mean it, too.
    let early = exact.with { $0.steps.insert(.left(.ack, seq: 1401, ack: 1), at: 4) }
    #expect(try assess(record, early).extras.count == 1)
  }

  /// A receiver may acknowledge a write segment by segment, where the document draws it as one.
  @Test(
    arguments: [
      ("ACK:3001", [.confirmed, .confirmed], "ACK:3001"), ("ACK", [.confirmed, .confirmed], "ACK"),
      ("ACK:2461", [.confirmed, .confirmed], "ACK:2461"),
      ("ACK:2461\n| ACK:3001", [.confirmed, .confirmed, .confirmed], "ACK:2461"),
      ("ACK:2460", [.confirmed, .contradicted], "ACK:3001"),
      ("ACK:3002", [.confirmed, .contradicted], "ACK:3001"),
    ] as [(String, [Verdict.Kind], String)])
  func anAckOfAPartOfARunIsComparedOnlyWithACellOfItsNumber(
    cells: String, kinds: [Verdict.Kind], seen: String
  ) throws {
    let usual = Sketch([
      .rung, .other(.call(call: .send(2000), outcome: .returned(value: 2000), ended: 1), .left, nil),
      .left(.ack, seq: 1001, ack: 1, length: 1460), .right(.ack, seq: 1, ack: 2461),
      .left([.psh, .ack], seq: 2461, ack: 1, length: 540), .rung, .right(.ack, seq: 1, ack: 3001), .rung,
    ])
    let assessment = try assess(page("data(SEQ:1001, 2000bytes) |\n| " + cells), usual)
    #expect(assessment.kinds == kinds)
    #expect(try assessment.segment(2, .right).seen == seen)
  }
}
