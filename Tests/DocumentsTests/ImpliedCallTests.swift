import Documents
import Kinds
import TCP
import Testing

/// The calls that make a ladder happen, named or not.
@Suite(.tags(.pure)) struct ImpliedCallTests {
  @Test func aSynImpliesConnect() throws {
    let plan = try plan("SYN |\n| SYN+ACK\nACK |")
    #expect(plan.told == ["left connect()", "left SYN", "right SYN+ACK", "left ACK"])
    #expect(plan.opener == .left && plan.opens)
  }

  @Test func theOpenerIsThePartyThatSendsTheSyn() throws {
    let plan = try plan("| SYN(SEQ:1,ACK:-)\nSYN(SEQ:9,ACK:2) |\n| ACK")
    #expect(plan.calls == ["right connect()"])
    #expect(plan.opener == .right && plan.opens)
  }

  @Test func aTableWithoutASynBeginsEstablished() throws {
    let plan = try plan("| data\nACK |")
    #expect(plan.opener == .left && !plan.opens)
    #expect(plan.calls == ["right send(100)"])
  }

  @Test func dataImpliesASendOfItsLength() throws {
    #expect(try plan("data(7bytes) |\n| ACK").calls == ["left send(7)"])
    #expect(try plan("SEQ:1301, 100bytes |\n| ACK:1401").calls == ["left send(100)"])
    #expect(try plan("ACK(len=0) |\n| FIN").calls == ["right close()"])
  }

  @Test func oneSendMayLeaveAsSeveralSegmentsAndSeveralAsOne() throws {
    #expect(
      try plan("send(2500) |\ndata(1448bytes) |\ndata(1052bytes) |\n| ACK").calls == ["left send(2500)"])
    #expect(
      try plan("send(100) |\nsend(50) |\ndata(150bytes) |\n| ACK").calls == [
        "left send(100)", "left send(50)",
      ])
    // Only what no call covers is implied.
    #expect(try plan("send(100) |\ndata(150bytes) |\n| ACK").calls == ["left send(100)", "left send(50)"])
  }

  @Test func pushSaysThatThereIsData() throws {
    #expect(try plan("PSH+ACK(SEQ:1,ACK:1) |\n| ACK").calls == ["left send(100)"])
    #expect(try plan("FIN+PSH+ACK |\n| ACK").calls == ["left close()"])
  }

  @Test func dataOfAFinWaitForTheCallThatSendsIt() throws {
    #expect(try plan("FIN(100bytes) |\n| ACK").calls == ["left send(100, MSG_MORE)", "left close()"])
    #expect(try plan("| FIN(7bytes)\nACK |").calls == ["right send(7, MSG_MORE)", "right close()"])
    #expect(
      try plan("FIN+ACK(7bytes) |\n| ACK\n| data\n| FIN").calls.prefix(2)
        == ["left send(7, MSG_MORE)", "left shutdown(WR)"])
    // The calls that the page names stay as they are; what it leaves open is added before them.
    #expect(try plan("send(7) |\nclose() FIN(7bytes) |\n| ACK").calls == ["left send(7)", "left close()"])
    #expect(
      try plan("close() |\nFIN(7bytes) |\n| ACK").calls == ["left send(7, MSG_MORE)", "left close()"])
    #expect(
      try plan("send(7, MSG_MORE) |\nFIN(7bytes) |\n| ACK").calls
        == ["left send(7, MSG_MORE)", "left close()"])
  }

  @Test func aFinThatCrossesDataLeavesTheReaderOpen() throws {
    let calls = [
      "left send(7, MSG_MORE)", "left shutdown(WR)", "right send(9, MSG_MORE)", "right shutdown(WR)",
    ]
    #expect(try plan("FIN(SEQ:1, 7bytes) | FIN(SEQ:5, 9bytes)\nACK(ACK:15) | ACK(ACK:9)").calls == calls)
    // Data that is answered has arrived.
    #expect(
      try plan("FIN(SEQ:1,ACK:5, 7bytes) | FIN+ACK(SEQ:5,ACK:9)\nACK(ACK:6) |").calls
        == ["left send(7, MSG_MORE)", "left close()", "right close()"])
  }

  @Test func aFinImpliesCloseWhereNothingFollowsToRead() throws {
    #expect(try plan("FIN |\n| ACK\n| FIN\nACK |").calls == ["left close()", "right close()"])
    // Data before it, or its own, is nothing to read.
    #expect(try plan("| data\nFIN |\n| ACK").calls == ["right send(100)", "left close()"])
    #expect(try plan("FIN |\n| ACK\n| FIN\nACK |\n").calls == ["left close()", "right close()"])
  }

  @Test func aFinImpliesShutdownWhereThePartyStillReceivesData() throws {
    let half = try plan("FIN |\n| ACK\n| data\nACK |\n| FIN")
    #expect(half.calls == ["left shutdown(WR)", "right send(100)", "right close()"])
    // What is lost and never comes is not received.
    #expect(try plan("FIN |\n| ACK\nlost | data").calls == ["left close()", "right send(100)"])
    let again = try plan("FIN |\nlost | data\n| timeout\n| data")
    #expect(again.calls == ["left shutdown(WR)", "right send(100)"])
    #expect(try plan("FIN |\n| ACK\nrecv() |").calls == ["left shutdown(WR)", "left recv()"])
  }

  @Test func anExplicitCallTakesThePlaceOfTheImpliedOne() throws {
    #expect(try plan("connect() SYN |\n| SYN+ACK").calls == ["left connect()"])
    #expect(try plan("connect() |\nSYN |\n| SYN+ACK").calls == ["left connect()"])
    #expect(try plan("send(300) data |\n| ACK").calls == ["left send(300)"])
    #expect(try plan("shutdown(WR) FIN |\n| ACK").calls == ["left shutdown(WR)"])
    #expect(try plan("close() |\nFIN |\n| data").calls == ["left close()", "right send(100)"])
    #expect(try plan("shutdown(RDWR) |\nFIN |").calls == ["left shutdown(RDWR)"])
  }

  @Test func anExplicitCallTakesThePlaceOfOneOnly() throws {
    #expect(try plan("send(5) data |\ndata(7bytes) |\n| ACK").calls == ["left send(5)", "left send(7)"])
    #expect(
      try plan("send(5) |\n| send(6)\ndata |\ndata |\n| ACK").calls
        == ["left send(5)", "right send(6)", "left send(100)"])
    // Another kind of call, or the other party's, is no stand-in.
    #expect(
      try plan("shutdown(RD) FIN | close()").calls
        == ["left shutdown(RD)", "left close()", "right close()"])
  }

  @Test func acksAndSynAcksAreTheKernels() throws {
    #expect(try plan("SYN |\n| SYN+ACK(ACK:1)\nACK |\nACK |\n| ACK").calls == ["left connect()"])
  }

  @Test func callsStandBeforeTheSegmentsOfTheirRow() throws {
    #expect(try plan("close() FIN | recv()").told == ["left close()", "right recv()", "left FIN"])
  }

  @Test func segmentsInOneRowCrossEachOther() throws {
    #expect(
      try plan("SYN | SYN\nSYN+ACK | SYN+ACK").told == [
        "left connect()", "right connect()", "both SYN SYN", "both SYN+ACK SYN+ACK",
      ])
    #expect(try plan("FIN | FIN\nACK | ACK").calls == ["left close()", "right close()"])
  }

  @Test func anAnswerInTheSameRowIsNoCrossing() throws {
    #expect(try plan("data(100bytes) | ACK").told == ["left send(100)", "left data(100bytes)", "right ACK"])
    #expect(try plan("SYN+ACK | SYN").told == ["right connect()", "right SYN", "left SYN+ACK"])
    #expect(
      try plan("FIN | ACK\nACK | FIN").told == [
        "left close()", "left FIN", "right ACK", "right close()", "right FIN", "left ACK",
      ])
    #expect(
      try plan("FIN(SEQ:5) | FIN(SEQ:9,ACK:6)").told == [
        "left close()", "left FIN(SEQ:5)", "right close()", "right FIN(SEQ:9,ACK:6)",
      ])
    #expect(try plan("FIN(SEQ:x) | FIN+ACK(SEQ:y,ACK:x+1)").told.contains { $0.hasPrefix("both") } == false)
    // Neither number is the one behind the other's segment.
    #expect(try plan("FIN(SEQ:5,ACK:9) | FIN(SEQ:9,ACK:5)").told.contains { $0.hasPrefix("both") })
    #expect(try plan("data(SEQ:5,10bytes) | ACK(SEQ:9,ACK:5)").told.contains { $0.hasPrefix("both") })
    // An ACK that ends the handshake answers an earlier row.
    #expect(
      try plan("SYN |\n| SYN+ACK\nACK | data").told.suffix(3) == [
        "left ACK", "right send(100)", "right data",
      ])
  }

  @Test func everyRowBeginsWithALook() throws {
    let plan = try plan("FIN |\n| ...\n| ACK [CLOSE_WAIT]")
    let looks = plan.steps.filter { $0.action == .look }
    #expect(looks.map(\.rung) == [0, 1, 2])
    for rung in 0..<3 { #expect(plan.steps.first { $0.rung == rung }?.action == .look) }
  }
}
