import Documents
import Kinds
import TCP
import Testing

/// The numbers at which a document makes its parties begin.
@Suite(.tags(.pure)) struct PlacementTests {
  private func first(_ rows: String) throws -> [UInt32?] {
    let first = try plan(rows).first
    return [first.left, first.right]
  }

  @Test func aPartyBeginsAtItsFirstOwnNumber() throws {
    #expect(try first("SYN(SEQ:1000) |\n| SYN+ACK(SEQ:2000)\nACK(SEQ:1001) |") == [1000, 2000])
    #expect(try first("FIN(SEQ:5000) |\n| ACK(SEQ:7500)\n| FIN(SEQ:7501)") == [5000, 7500])
  }

  @Test func withoutOneItBeginsAtTheOthersFirstAck() throws {
    #expect(try first("SYN |\n| SYN+ACK(ACK:1001)\nACK(ACK:2001) |") == [1000, 2000])
    #expect(try first("ACK(ACK:7500) |\n| ACK(ACK:5000)") == [5000, 7500])
  }

  @Test func whereBothAreThereItsOwnNumberWins() throws {
    #expect(try first("FIN(SEQ:5000,ACK:1) |\n| FIN(SEQ:9,ACK:6000)") == [5000, 9])
    #expect(try first("| ACK(ACK:6000)\nFIN(SEQ:5000) |") == [5000, nil])
  }

  @Test func whatWasSentBeforeANumberIsTakenOff() throws {
    // A number that first stands further down is not the one that the party begins at.
    #expect(try first("SYN |\n| SYN+ACK\nACK(SEQ:1001,ACK:2001) |") == [1000, 2000])
    #expect(try first("data(100bytes) |\n| ACK:1401") == [1301, nil])
    #expect(try first("send(300) data |\n| ACK:1301\nFIN |") == [1001, nil])
    #expect(try first("FIN |\n| ACK:5001\n| FIN(ACK:5001)\nACK:7501 |") == [5000, 7500])
    #expect(try first("SYN |\n| SYN+ACK\nACK |\ndata(10bytes) |\n| ACK:1011") == [1000, nil])
  }

  @Test func whatIsSentAgainTakesNoNumberTwice() throws {
    #expect(try first("SYN | lost\ntimeout |\nSYN |\n| SYN+ACK(ACK:1001)") == [1000, nil])
    #expect(try first("data(9bytes) | lost\ntimeout |\ndata(9bytes) |\n| ACK:10") == [1, nil])
  }

  @Test func segmentsThatCrossDoNotAcknowledgeEachOther() throws {
    #expect(try first("FIN(ACK:20) | FIN(ACK:10)\nACK(ACK:21) | ACK(ACK:11)") == [10, 20])
  }

  @Test func numbersGoRoundTheCircle() throws {
    #expect(try first("SYN |\n| SYN+ACK(ACK:0)") == [4_294_967_295, nil])
  }

  @Test func namesPlaceNothing() throws {
    #expect(try first("SYN seq=x |\n| SYN+ACK seq=y, ack=x+1") == [nil, nil])
  }
}
