import Documents
import Kinds
import MadeCaptures
import Notations
import TCP
import Testing

/// A connection of a capture file as a ladder: states that the segments prove, and nothing that depends on time.
@Suite(.tags(.pure)) struct CapturedLadderTests {
  private func connection(_ change: (inout Exchange) -> Void) throws -> CapturedConnection {
    var all = Exchange()
    change(&all)
    var reader = CaptureReader()
    reader.add(all.bytes())
    return try #require(reader.end().connections.first)
  }

  /// `#: left | right`, of each rung.
  private func rows(_ change: (inout Exchange) -> Void) throws -> [String] {
    try connection(change).ladder(named: "a.pcap").ladder.rungs.map { rung in
      (rung.notes.first.map { "\($0.text): " } ?? "")
        + "\(rung.cells.left.description) | \(rung.cells.right.description)"
    }
  }

  @Test func numbersAreCountedFromTheFirstAndStatesAreProved() throws {
    #expect(
      try rows {
        $0.open()
        $0.add(">", [.psh, .ack], 101, 501, 9)
        $0.add("<", .ack, 501, 110)
        $0.add(">", [.fin, .ack], 110, 501)
        $0.add("<", .ack, 501, 111)
        $0.add("<", [.fin, .ack], 501, 111)
        $0.add(">", .ack, 111, 502)
      } == [
        "1: SYN(SEQ:0) [SYN_SENT] | ", "2:  | SYN+ACK(SEQ:0,ACK:1) [SYN_RECV]",
        "3: ACK(SEQ:1,ACK:1) [ESTABLISHED] | ", "4: PSH+ACK(SEQ:1,ACK:1, 9bytes) [ESTABLISHED] | ",
        "5:  | ACK(SEQ:1,ACK:10) [ESTABLISHED]", "6: FIN+ACK(SEQ:10,ACK:1) [FIN_WAIT_1] | ",
        "7: [FIN_WAIT_2] | ACK(SEQ:1,ACK:11) [CLOSE_WAIT]", "8:  | FIN+ACK(SEQ:1,ACK:11) [LAST_ACK]",
        "9: ACK(SEQ:11,ACK:2) [TIME_WAIT] | ",
      ])
  }

  @Test func twoFINsThatCrossStandInOneRow() throws {
    #expect(
      try rows {
        $0.add(">", [.fin, .ack], 101, 501)
        $0.add("<", [.fin, .ack], 501, 101)
        $0.add("<", .ack, 502, 102)
        $0.add(">", .ack, 102, 502)
      }.first == "1: FIN+ACK(SEQ:0,ACK:0) [FIN_WAIT_1] | FIN+ACK(SEQ:0,ACK:0) [FIN_WAIT_1]")
  }

  @Test func aSegmentThatCameAgainWasLostUnlessItWasAcknowledged() throws {
    let read = try connection {
      $0.add(">", .syn, 100)
      $0.add(">", .syn, 100)
      $0.add("<", [.syn, .ack], 500, 101)
      $0.add(">", .ack, 101, 501)
      $0.add("<", [.syn, .ack], 500, 101)
    }.ladder(named: "a.pcap")
    #expect(read.ladder.rungs.map { $0.cells.right.isLost } == [true, false, false, false])
    #expect(read.leftOut.repetitions == [5])
  }

  @Test func whoAnswersDataBehindItsFINHasClosed() throws {
    let told = try rows {
      $0.open()
      $0.add("<", [.fin, .ack], 501, 101)
      $0.add(">", .ack, 101, 502)
      $0.add(">", [.psh, .ack], 101, 502, 4)
      $0.add("<", .rst, 502)
    }
    #expect(told[3] == "4:  | close() FIN+ACK(SEQ:1,ACK:1) [FIN_WAIT_1]")
    #expect(told.last == "7: [CLOSED] | RST(SEQ:2) [CLOSED]")
  }

  @Test func probesAndBulkDataAreLeftOutAndCounted() throws {
    let read = try connection {
      $0.open()
      for index in 0..<8 as Range<UInt32> {
        $0.add(">", .ack, 101 + 100 * index, 501, 100)
        $0.add("<", .ack, 501, 201 + 100 * index)
      }
      $0.add("<", [.psh, .ack], 501, 901, 5)
      $0.add(">", .ack, 901, 506)
      // A keep-alive probe, and its answer.
      $0.add(">", .ack, 900, 506)
      $0.add("<", .ack, 506, 901)
      $0.add(">", [.fin, .ack], 901, 506)
    }.ladder(named: "a.pcap")
    #expect(read.leftOut.middle == 16 && read.leftOut.repeatedAcks == [22, 23])
    #expect(read.ladder.rungs.map(\.isElision) == [false, false, false, true, false, false, false])
  }

  @Test func whatCameOutOfOrderIsNoStep() throws {
    let read = try connection {
      $0.open()
      $0.add(">", .ack, 151, 501, 50)
      $0.add(">", .ack, 101, 501, 50)
      $0.add("<", .ack, 501, 201)
    }.ladder(named: "a.pcap")
    #expect(read.leftOut.outOfOrder == [5])
    #expect(read.ladder.rungs.map(\.isElision) == [false, false, false, true, false, true, false])
  }

  @Test func aConnectionOfOnePartyIsNoLadderUnlessItsSegmentsWereLost() throws {
    let one = try connection { $0.add("<", .ack, 501, 101) }
    #expect(throws: PageError.self) { try one.ladder(named: "a.pcap") }
    var capture = Capture()
    capture.connections = [one]
    #expect(
      capture.page(named: "a.pcap", of: [one]).refused == [
        "connection 1 is no ladder: each of its steps is of 192.0.2.2:80, and a ladder has two parties"
      ])
    let again = try connection { for _ in 0..<2 { $0.add(">", .syn, 100) } }
    let markdown = try again.ladder(named: "a.pcap").ladder.markdown
    #expect(try Page(reading: markdown, name: "a.pcap").ladders.count == 1)
  }

  @Test func thePageOfACaptureIsReadBackAsTheSameLadder() throws {
    let one = try connection {
      $0.open()
      $0.add(">", [.psh, .ack], 101, 501, 9)
      $0.add("<", [.rst, .ack], 501, 110)
    }
    var capture = Capture()
    capture.connections = [one]
    let (text, refused) = capture.page(named: "a.pcap", of: [one])
    #expect(refused.isEmpty)
    let page = try Page(reading: text, name: "a.pcap")
    #expect(page.unread.isEmpty && page.facts.isEmpty && page.ladders.count == 1)
    #expect(page.ladders[0].markdown == (try one.ladder(named: "a.pcap").ladder.markdown))
  }
}
