import Documents
import Kinds
import Notations
import Testing

/// A close() that a page has between the other's FIN and its ACK: the run must keep the ACK back.
@Suite(.tags(.pure)) struct CloseBeforeAckTests {
  private func plan(_ rows: String) throws -> Plan {
    let page = try Page(reading: "| a | b |\n|-|-|\n" + rows, name: "page.md")
    return try Plan(try #require(page.ladders.first), page: "page.md")
  }

  @Test func theAckOfAFINIsKeptBackWhereTheSecondFINTakesIt() throws {
    let plan = try plan("| FIN+ACK seq=x | |\n| | close() |\n| | FIN+ACK ack=x+1 |\n| ACK | |\n")
    #expect(plan.closesBeforeItsAck == .left)
  }

  @Test(arguments: [
    "| FIN+ACK seq=x | |\n| | ACK ack=x+1 |\n| | close() |\n| | FIN+ACK ack=x+1 |\n| ACK | |\n",
    "| FIN+ACK seq=x | |\n| | close() |\n| | ACK ack=x+1 |\n| | FIN+ACK ack=x+1 |\n| ACK | |\n",
    "| FIN seq=x | FIN seq=y |\n| ACK | ACK |\n", "| data 5bytes | |\n| | ACK |\n",
  ])
  func anyOtherAckComesAsItComes(rows: String) throws {
    #expect(try plan(rows).closesBeforeItsAck == nil)
  }
}
