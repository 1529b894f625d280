import Documents
import Kinds
import TCP
import Testing

/// What is lost, waited for and sent again.
@Suite(.tags(.pure)) struct RetransmissionPlanTests {
  @Test(arguments: [
    "data(SEQ:1,5bytes) | lost", "data(SEQ:1,5bytes) |\n| lost", "data(SEQ:1,5bytes) |\n... | lost",
  ])
  func aLossIsToldInItsRowOrTheNext(rows: String) throws {
    let plan = try plan(rows)
    #expect(plan.told == ["lose left", "left send(5)", "left data(SEQ:1, 5bytes)"])
    #expect(plan.steps.first { if case .lose = $0.action { true } else { false } }?.rung == 0)
    #expect(try !self.ran("data(SEQ:1,5bytes) |\n| ...").contains("lose left"))
  }

  @Test func inTheNextRowAnotherSegmentIsTheOneThatIsLost() throws {
    let plan = try plan("data(5bytes) |\ndata(6bytes) | lost")
    #expect(plan.steps.first { if case .lose = $0.action { true } else { false } }?.rung == 1)
  }

  @Test func aLossIsMadeReadyBeforeItsSegmentLeaves() throws {
    #expect(try ran("lost | SYN") == ["lose right", "right connect()", "right SYN"])
  }

  @Test func aLossIsMadeReadyBeforeTheCallOfAnEarlierRow() throws {
    #expect(try ran("send(5) |\n| ...\ndata | lost") == ["lose left", "left send(5)", "left data"])
    // Not where the call's own segment comes in between.
    #expect(
      try ran("send(5) |\nsend(6) |\ndata(5bytes) |\ndata(6bytes) | lost") == [
        "left send(5)", "left send(6)", "left data(5bytes)", "lose left", "left data(6bytes)",
      ])
  }

  @Test func aLossWithNothingSentIsRefused() {
    let why = "this cell marks a lost segment, but client sends no segment in this row or the row before"
    #expect(refusal("FIN |\n| ...\n| lost") == "p.md:5: \(why)")
    #expect(refusal("| lost\nFIN |") == "p.md:3: \(why)")
    // The party's own segment is none that it fails to receive.
    #expect(refusal("| FIN\n| lost") == "p.md:4: \(why)")
    #expect(refusal("FIN |\n| ACK\n| lost") == "p.md:5: \(why)")
  }

  @Test(arguments: ["timeout |", "| timeout", "timeout | timeout"])
  func aTimeoutInEitherColumnWaitsForTheSender(row: String) throws {
    let rows = "data(SEQ:1,5bytes) | lost\n\(row)\ndata(SEQ:1,5bytes) |"
    #expect(
      try ran(rows) == [
        "lose left", "left send(5)", "left data(SEQ:1, 5bytes)", "left sends again",
        "left data(SEQ:1, 5bytes)",
      ])
  }

  @Test func aSegmentWhoseNumberWasSentBeforeIsARetransmission() throws {
    #expect(try plan("data(SEQ:1,5bytes) |\ndata(SEQ:1,5bytes) |").calls == ["left send(5)"])
    #expect(try plan("data(SEQ:x,5bytes) |\ndata(SEQ:x,5bytes) |").calls == ["left send(5)"])
    #expect(try plan("FIN(SEQ:1) |\nFIN(SEQ:1) |").calls == ["left close()"])
    #expect(try plan("SYN(SEQ:1) |\nSYN(SEQ:1) |").calls == ["left connect()"])
    #expect(try plan("data(SEQ:1,5bytes) |\ndata(SEQ:6,5bytes) |").calls == ["left send(5)", "left send(5)"])
    // The other party's numbers are its own.
    #expect(
      try plan("data(SEQ:1,5bytes) |\n| data(SEQ:1,5bytes)").calls == ["left send(5)", "right send(5)"])
    // A pure ACK takes no number: data at it is new.
    #expect(try plan("ACK(SEQ:1) |\ndata(SEQ:1,5bytes) |").calls == ["left send(5)"])
  }

  @Test func withoutANumberItIsOneAfterItsOwnLossAndATimeout() throws {
    #expect(try plan("data | lost\ntimeout |\ndata |").calls == ["left send(100)"])
    #expect(try plan("SYN | lost\ntimeout |\nSYN |\n| SYN+ACK").calls == ["left connect()"])
    #expect(try plan("FIN | lost\ntimeout |\nFIN |\n| ACK").calls == ["left close()"])
    // The loss alone, the timeout alone, or the other party's make new data of it.
    let twice = ["left send(100)", "left send(100)"]
    #expect(try plan("data | lost\ndata |").calls == twice)
    #expect(try plan("data |\ntimeout |\ndata |").calls == twice)
    #expect(try plan("lost | data\ntimeout |\ndata |").calls == ["right send(100)", "left send(100)"])
    // One only: what follows it is new.
    #expect(try plan("data | lost\ntimeout |\ndata |\ndata |").calls == twice)
  }

  @Test func aRetransmissionMayBeLostToo() throws {
    let rows = "FIN | lost\ntimeout |\nFIN | lost\n| ...\ntimeout |\nFIN |\n| ACK"
    #expect(
      try ran(rows) == [
        "lose left", "left close()", "left FIN", "lose left", "left sends again", "left FIN",
        "left sends again", "left FIN", "right ACK",
      ])
  }

  @Test func aRetransmissionNeedsNoRowThatSaysTimeout() throws {
    #expect(try plan("SYN | lost\nSYN |\n| SYN+ACK").calls == ["left connect()"])
    #expect(try plan("FIN | lost\nFIN |\n| ACK").calls == ["left close()"])
    #expect(
      try plan("FIN |\n| ACK\n| FIN\nACK | lost\n| FIN\nACK |").calls == ["left close()", "right close()"])
    #expect(try plan("SYN |\nlost | SYN+ACK\nSYN |\n| SYN+ACK\nACK |").calls == ["left connect()"])
  }

  @Test func behindAnElisionNumbersStandForThemselves() throws {
    let first = try plan("data(SEQ:1000, 100bytes) |\n... | ...\nACK(SEQ:5,ACK:7) |").first
    #expect(first == Both(left: 1000, right: nil))
    let data = "data(SEQ:1000, 100bytes) |\n| ACK"
    #expect(try plan("\(data)\n... | ...\n\(data)").calls == ["left send(100)", "left send(100)"])
    // Without one it is the same data once more.
    #expect(try plan("\(data)\n\(data)").calls == ["left send(100)"])
  }

  @Test func afterALostSynAckTheTimerOfThePartyInTheNextRowIsMeant() throws {
    let syn = try plan("SYN |\nlost | SYN+ACK\ntimeout |\nSYN |\n| SYN+ACK\nACK |")
    #expect(syn.told.contains("left sends again") && syn.unheard == Both(left: 1, right: 0))
    let answer = try plan("SYN |\nlost | SYN+ACK\ntimeout |\n| SYN+ACK\nACK |")
    #expect(answer.told.contains("right sends again") && answer.unheard == Both(0))
  }

  @Test func whereAnAckIsLostWhatItAnswersIsSentAgain() throws {
    let rows = "FIN |\n| ACK\n| FIN\nACK | lost\n| timeout\n| FIN\nACK |"
    #expect(
      try ran(rows) == [
        "left close()", "left FIN", "right ACK", "right close()", "right FIN", "lose left", "left ACK",
        "right sends again", "right FIN", "left ACK",
      ])
    // A later segment of its sender makes up for a lost ACK: what is then lost is another's.
    let healed = "data |\nlost | ACK\n| data\nlost | data\ntimeout |\n| data"
    #expect(try ran(healed).contains("right sends again"))
  }

  @Test func withoutALossTheLastSenderIsWaitedFor() throws {
    #expect(try ran("data |\n| ACK\n| data\ntimeout |").last == "right sends again")
    #expect(try ran("| timeout\nSYN |").first == "left sends again")
  }

  @Test func onlyALikeSegmentWithTheSameNumberIsSentAgain() throws {
    let opening = "SYN(seq=x) |\n| SYN+ACK(seq=y,ack=x+1)\nACK(ack=y+1) |\n"
    #expect(
      try ran(opening + "data(seq=x,5bytes) |").suffix(2) == ["left send(5)", "left data(SEQ:x, 5bytes)"])
    #expect(
      try ran(opening + "data(seq=x+1,5bytes) |\nFIN(seq=x+1) |").suffix(2)
        == ["left close()", "left FIN(SEQ:x+1)"])
    #expect(try ran("data(SEQ:1,5bytes) |\ndata(SEQ:1,5bytes) |").filter { $0 == "left send(5)" }.count == 1)
  }

  private func ran(_ rows: String) throws -> [String] { try plan(rows).told }
}
