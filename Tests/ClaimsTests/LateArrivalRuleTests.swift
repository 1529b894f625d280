import Claims
import Documents
import Kinds
import TCP
import Testing
import Traces

/// Segments that no cell has, on a page in which a segment arrives later than the ones behind it.
@Suite(.tags(.pure)) struct LateArrivalRuleTests {
  private static let crossing = """
    FIN(SEQ:1) (arrives later) |
    | FIN(SEQ:1)
    (arrives now) |
    """

  private static let fin = Sketch.Step.left([.fin, .ack], seq: 1, ack: 1)
  /// The server's FIN, and the ACK of it.
  private static let other = [
    Sketch.Step.right([.fin, .ack], seq: 1, ack: 1), .left(.ack, seq: 2, ack: 2),
  ]
  private static let ack = Sketch.Step.right(.ack, seq: 2, ack: 2)
  private static let rst = Sketch.Step.left(.rst, seq: 2)

  /// The kinds of what was judged and is in no cell.
  private func extras(_ rows: String, _ steps: [Sketch.Step]) throws -> [Verdict.Kind] {
    try assess(page(rows), Sketch(steps)).extras.map(\.verdict.kind)
  }

  @Test func aCopyThatLeavesWhileTheSegmentIsUnderWayMayFollow() throws {
    let steps = [.rung, Self.fin.held, .rung] + Self.other
    #expect(try extras(Self.crossing, steps + [Self.fin, .rung, .arrival(0), Self.ack]).isEmpty)
    let later = [.rung, .arrival(0), Self.ack, Self.fin]
    #expect(try extras(Self.crossing, steps + later) == [.contradicted])
  }

  @Test func whatLeavesWithACallMayBeSeenLate() throws {
    let rows = "FIN(SEQ:1) (arrives later) |\n| FIN(SEQ:1) (arrives later)"
    let copy = Sketch.Step.left([.fin, .ack], seq: 1, ack: 1, lost: true)
    func extras(_ steps: [Sketch.Step]) throws -> [Verdict.Kind] {
      // Between the call and the copy two ticks pass, and between what was seen of the two segments less.
      let run = Sketch(steps).with { $0.pace = 700_000 }
      return try assess(page(rows), run).extras.map(\.verdict.kind)
    }
    let close = Sketch.Step.call(.left, .close)
    let other = Sketch.Step.right([.fin, .ack], seq: 1, ack: 1).held
    #expect(try extras([.rung, close, .rung, Self.fin.held, other, copy]).isEmpty)
    #expect(try extras([.rung, .rung, Self.fin.held, other, copy]) == [.contradicted])
  }

  @Test func anRSTMayAnswerTheACKOfSuchACopy() throws {
    let steps = [.rung, Self.fin.held, .rung] + Self.other
    // The copy leaves just before the segment is let go.
    let answered = [Self.fin.held, .rung, .arrival(0), Self.ack, .arrival(3), Self.ack, Self.rst]
    #expect(try extras(Self.crossing, steps + answered).isEmpty)
    let unasked = [.rung, .arrival(0), Self.ack, Self.rst]
    #expect(try extras(Self.crossing, steps + unasked) == [.contradicted])
  }

  @Test func dataMayFollowThatWasWrittenWhileASegmentWasUnderWay() throws {
    let rows = "data(SEQ:1, 100bytes) (arrives later) |\n| data(SEQ:1, 50bytes)\n(arrives now) |"
    let first = Sketch.Step.left([.psh, .ack], seq: 1, ack: 1, length: 100).held
    let call = Sketch.Step.call(.left, .send(200))
    let more = Sketch.Step.left([.psh, .ack], seq: 101, ack: 51, length: 200)
    let ack = Sketch.Step.right(.ack, seq: 51, ack: 101)
    let steps = [.rung, first, .rung, .right([.psh, .ack], seq: 1, ack: 1, length: 50)]
    #expect(try extras(rows, steps + [call, .rung, .arrival(0), ack, more]).isEmpty)
    #expect(try extras(rows, steps + [.rung, .arrival(0), ack, call, more]) == [.contradicted])
  }

  @Test func aCellDoesNotMeanACopyThatLeavesWhileTheSegmentIsUnderWay() throws {
    let rows = "| FIN(SEQ:1) (arrives later)\ndata(SEQ:1, 100bytes) |\n| (arrives now)\n| RST(SEQ:2)"
    let fin = Sketch.Step.right([.fin, .ack], seq: 1, ack: 1)
    let steps = [.rung, fin.held, .rung, .left([.psh, .ack], seq: 1, ack: 1, length: 100)]
    let rst = Sketch.Step.right(.rst, seq: 2)
    let early = Sketch(steps + [fin, .rung, .arrival(0), .rung, rst])
    #expect(try assess(page(rows), early).segment(4, .right).kind == .confirmed)
    let late = Sketch(steps + [.rung, .arrival(0), .rung, fin, rst])
    #expect(try assess(page(rows), late).segment(4, .right).kind == .contradicted)
  }

  @Test func aSegmentThatAnACKReportsMissingComesAgainAtOnce() throws {
    let rows = "data(SEQ:1, 100bytes) (arrives later) |\nFIN(SEQ:101) |\n| ACK(ACK:1)\n(arrives now) |"
    let data = Sketch.Step.left([.psh, .ack], seq: 1, ack: 1, length: 100)
    let fin = Sketch.Step.left([.fin, .ack], seq: 101, ack: 1)
    let gap = Sketch.Step.right(.ack, seq: 1, ack: 1)
    let copy = Sketch.Step.left([.psh, .ack], seq: 1, ack: 1, length: 100, lost: true)
    let all = Sketch.Step.right(.ack, seq: 1, ack: 102)
    func extras(_ steps: [Sketch.Step]) throws -> [Verdict.Kind] {
      // No timer of the kernel's is so short.
      let run = Sketch(steps).with { $0.pace = 10_000 }
      return try assess(page(rows), run).extras.map(\.verdict.kind)
    }
    let reported = [.rung, data.held, .rung, fin, .rung, gap, copy, .rung, .arrival(0), all]
    #expect(try extras(reported).isEmpty)
    // Nothing after the data has arrived, so the ACK reports nothing missing.
    let unreported = [
      .rung, data.held, .rung, fin.held, .rung, gap, copy, .rung, .arrival(0), .arrival(1), all,
    ]
    #expect(try extras(unreported) == [.contradicted])
  }
}
