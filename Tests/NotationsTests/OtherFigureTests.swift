import Documents
import Kinds
import Notations
import Testing

/// Figures of signs that are no ladder: told with their line, or left alone.
@Suite(.tags(.pure)) struct OtherFigureTests {
  static let refused: [(figure: String, line: Int, reason: String)] = [
    ("Fox <---- SYN ----> Hen\nFox <---- ACK ----> Hen", 2, "direction"),
    ("Fox            Hen\n |---- SYN -----|\n |<-- SYN+ACK --|", 3, "direction"),
    (
      "Fox         Hen        Owl\n |-- SYN --->|          |\n |           |-- SYN --->|\n |<- SYN+ACK-|          |",
      4,
      "between Fox and Hen, and between Hen and Owl"
    ),
  ]
  @Test(arguments: refused.indices) func aFigureOfAnotherFormIsToldWithItsLine(index: Int) throws {
    let (figure, line, reason) = Self.refused[index]
    let page = try Page(
      reading: "```\n\(figure)\n```\n\n| a | b |\n| - | - |\n| SYN | |\n| | SYN+ACK |\n", name: "page.md")
    #expect(page.ladders.count == 1)
    #expect(page.unread.map(\.line) == [line])
    #expect(page.unread.first?.note?.contains(reason) == true, "\(page.unread)")
  }

  @Test(arguments: [
    "Client                   Server\n |--- ClientHello ------->|\n |<-- ServerHello --------|\n |--- Finished ---------->|",
    "Client                   Server\n |--- DISCOVER ---------->|\n |<-- OFFER --------------|\n |<-- ACK ----------------|",
    "Client                   Server\n |--- QUIC Initial ------>|\n |<-- QUIC Handshake -----|\n |--- FIN --------------->|",
    "NONE --SYN--> SYN_RECV --ACK--> ESTABLISHED --FIN--> FIN_WAIT",
    """
     +---------+ ---------\\      active OPEN
     |  CLOSED |            \\    -----------
     +---------+<---------\\   \\   snd SYN
       |     ^              \\   \\
     +---------+            CLOSE |
     |  LISTEN |--------------->  |
     +---------+      rcv SYN     V
       |                       +---------+
       |---------------------->|  SYN    |
       |    snd SYN,ACK        |  RCVD   |
       V                       +---------+
    """,
    "match state {\n    SYN => reply(),\n    ACK => open(),\n}",
    "th->flags |= SYN;\nth->flags |= ACK;\np->state = FIN_WAIT_1;",
  ])
  func anotherPictureIsNoLadder(figure: String) throws {
    let page = try Page(
      reading: "```\n\(figure)\n```\n\n| a | b |\n| - | - |\n| SYN | |\n| | SYN+ACK |\n", name: "page.md")
    #expect(page.ladders.count == 1)
  }
}
