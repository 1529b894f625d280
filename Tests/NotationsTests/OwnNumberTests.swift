import Documents
import Kinds
import Notations
import Testing

/// Tables with columns of each party's own numbers, and of what each party receives.
@Suite(.tags(.pure)) struct OwnNumberTests {
  static let tables = [
    """
    | step | client flags | client seq | client ack | server flags | server seq | server ack |
    |--|--|--|--|--|--|--|
    | 1 | SYN | 7 | - | | | |
    | 2 | | | | SYN,ACK | 30 | 8 |
    | 3 | ACK | 8 | 31 | | | |
    """,
    """
    | Segment | From | Client's sequence number | Client ACK no. | Server seq | Server ack |
    |--|--|--|--|--|--|
    | SYN | client | 7 | - | - | - |
    | SYN-ACK | server | 8 | - | 30 | 8 |
    | ACK | client | 8 | 31 | 31 | 8 |
    """,
  ]
  @Test(arguments: tables.indices) func theNumbersAreThoseOfTheSender(index: Int) throws {
    let page = try Page(reading: Self.tables[index], name: "page.md")
    let rungs = try #require(page.ladders.first).rungs
    #expect(
      rungs.map { "\($0.cells.left)|\($0.cells.right)" } == [
        "SYN(SEQ:7)|", "|SYN+ACK(SEQ:30,ACK:8)", "ACK(SEQ:8,ACK:31)|",
      ])
    #expect(page.unread.isEmpty)
  }

  @Test func aNumberWithoutASegmentIsARemark() throws {
    let page = try Page(
      reading: Self.tables[0].replacing("| 2 | | | |", with: "| 2 | | 8 | |"), name: "page.md")
    let rung = try #require(page.ladders.first).rungs[1]
    #expect("\(rung.cells.left)|\(rung.cells.right)" == "|SYN+ACK(SEQ:30,ACK:8)")
    #expect(rung.notes.contains { $0.text == "client seq: 8" })
  }

  @Test func columnsOfWhatEachReceivesAreNoLadder() throws {
    let table = "| Client sees | Server sees |\n|--|--|\n| RST | SYN |\n| SYN+ACK | ACK |\n"
    #expect {
      try Page(reading: table, name: "page.md")
    } throws: { "\($0)".contains("a column is what a party receives") }
    let half = table.replacing("Client sees", with: "Client")
    #expect(throws: PageError.self) { try Page(reading: half, name: "page.md") }
    #expect(try Page(reading: table.replacing(" sees", with: ""), name: "page.md").ladders.count == 1)
  }

  @Test(arguments: [
    "Sender | Receiver", "sender (A) | receiver (B)", "Absender | Empfänger", "Émetteur | Récepteur",
    "发送方 | 接收方", "отправитель | получатель", "emisor | receptor",
  ])
  func aReceiverIsAParty(header: String) throws {
    let table = "| \(header) |\n|--|--|\n| SYN | |\n| | SYN+ACK |\n| ACK | |\n"
    #expect(try Page(reading: table, name: "page.md").ladders.count == 1)
  }
}
