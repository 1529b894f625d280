import Kinds
import TCP
import Testing

@Suite(.tags(.pure)) struct CallTests {
  @Test(arguments: [
    Call.connect, .listen, .accept, .send(1), .send(1_000_000), .receive(nil), .receive(7), .shutdown(.read),
    .shutdown(.write), .shutdown(.both), .close, .abort,
  ])
  func aCallIsReadAsItIsWritten(call: Call) { #expect(Call(call.description) == call) }

  @Test(arguments: [
    ("write(100)", Call.send(100)), ("SEND( 100 )", .send(100)), ("read()", .receive(nil)),
    ("receive(5)", .receive(5)), ("shutdown(SHUT_WR)", .shutdown(.write)), ("shutdown(rd)", .shutdown(.read)),
    ("Shutdown(SHUT_RDWR)", .shutdown(.both)), ("CLOSE()", .close),
  ])
  func otherSpellingsAreReadToo(text: String, call: Call) { #expect(Call(text) == call) }

  @Test(arguments: [
    "", "()", "close", "close(", "close)", "close(1)", "connect(80)", "send()", "send(0)", "send(-1)",
    "send(1000001)", "send(ten)", "recv(0)", "shutdown()", "shutdown(UP)", "open()",
    "send(99999999999999999999)",
  ])
  func anyOtherTextIsNoCall(text: String) { #expect(Call(text) == nil) }
}
