import Claims
import Kinds
import TCP
import Testing

/// A page that shows data and a FIN as one segment, and a kernel that sent two.
@Suite(.tags(.pure)) struct LastDataTests {
  private func sketch(_ calls: [Call]) -> Sketch {
    Sketch(
      [.rung] + calls.map { Sketch.Step.call(.left, $0) } + [
        .left([.psh, .ack], seq: 1, ack: 1, length: 100), .left([.fin, .ack], seq: 101, ack: 1), .rung,
        .right(.ack, seq: 1, ack: 101),
      ])
  }

  @Test(arguments: ["FIN(SEQ:1, 100bytes)", "send(100) FIN(SEQ:1, 100bytes)", "close() FIN(SEQ:1, 100bytes)"])
  func whatOtherCallsMightHaveSentIsUndecided(cell: String) throws {
    let assessment = try assess(page("\(cell) |\n| ACK(ACK:102)"), sketch([.send(100, more: true), .close]))
    for verdict in assessment.ladders[0].parts.map(\.verdict) {
      #expect(verdict.kind == .undecided && verdict.reason?.contains("the page leaves calls open") == true)
    }
    #expect(!assessment.hasDifferences && !assessment.isDecided)
  }

  @Test(arguments: [
    "send(100) close() FIN(SEQ:1, 100bytes)", "send(100, MSG_MORE) close() FIN(SEQ:1, 100bytes)",
  ])
  func whatThePageSaysOfTheCallsIsHeldAgainstIt(cell: String) throws {
    let assessment = try assess(page("\(cell) |\n| ACK(ACK:102)"), sketch([.send(100), .close]))
    #expect(try assessment.segment(1, .left).kind == .contradicted)
    #expect(try assessment.segment(2, .right).kind == .contradicted)
  }

  @Test func anotherDifferenceIsHeldAgainstIt() throws {
    let assessment = try assess(
      page("FIN(SEQ:1,ACK:-, 100bytes) |\n| ACK(ACK:102)"), sketch([.send(100, more: true), .close]))
    #expect(try assessment.segment(1, .left).kind == .contradicted)
  }
}
