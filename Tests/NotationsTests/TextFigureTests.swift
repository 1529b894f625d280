import Documents
import Kinds
import Notations
import Testing

/// Figures that people draw with signs.
@Suite(.tags(.pure)) struct TextFigureTests {
  private func ladders(_ text: String) throws -> [[String]] {
    try Page(reading: text, name: "page.md").ladders.map(bareRows)
  }
  private func ladder(_ figure: String) throws -> [String] {
    let all = try ladders("```\n" + figure + "\n```")
    #expect(all.count == 1)
    return all.first ?? []
  }

  static let opening = ["SYN(SEQ:5)|", "|SYN+ACK(SEQ:8,ACK:6)", "ACK(ACK:9)|"]
  /// One opening, drawn in many ways.
  static let drawings = [
    """
    Fox                                  Hen
     |---------- SYN (seq=5) ----------->|
     |<--------- SYN-ACK, seq=8, ack=6 --|
     |---------- ACK (ack=9) ----------->|
    """,
    """
    Fox                                  Hen
     │                                    │
     ├── SYN, seq=5 ─────────────────────→│   first
     │                                    │
     │←───────────── SYN/ACK seq=8 ack=6 ─┤   second
     │                                    │
     ├── ACK ack=9 ──────────────────────→│   third
    """,
    """
    Fox                                  Hen
     ┃━━━━━ 1. SYN seq=5 ━━━━━━━━━━━━━━━━▶┃
     ┃◀════ 2. SYN+ACK seq=8, ack=6 ══════┃
     ┃─────▻ 3. ACK ack=9                 ┃
    """,
    """
    Fox                                  Hen
      |                                   |
      |  SYN (seq=5)                      |
      |---------------------------------->|
      |                                   |
      |           SYN+ACK (seq=8, ack=6)  |
      |<----------------------------------|
      |                                   |
      |  ACK (ack=9)                      |
      |---------------------------------->|
    """,
    """
    Fox                                  Hen
      |---------------------------------->|
      |  SYN (seq=5)                      |
      |<----------------------------------|
      |           SYN+ACK (seq=8, ack=6)  |
      |---------------------------------->|
      |  ACK (ack=9)                      |
    """,
    """
    Fox                                  Hen
      |  ----------- SYN ------------->   |
      |            seq = 5                |
      |  <-------- SYN ACK ------------   |
      |         seq = 8, ack = 6          |
      |  ----------- ACK ------------->   |
      |            ack = 9                |
    """,
    """
    Fox                       Hen

    SYN seq=5  -------------->
               <-------------- SYN+ACK seq=8 ack=6
    ACK ack=9  -------------->
    """,
    """
    Fox                       Hen
    SEQ=5 ------ SYN ------->
          <---- SYN+ACK ----- SEQ=8, ACK=6
          ------ ACK -------> ACK=9
    """,
    """
    Fox ---- SYN seq=5 -----------> Hen
    Fox <--- SYN+ACK seq=8 ack=6 -- Hen
    Fox ---- ACK ack=9 -----------> Hen
    """,
    """
    Fox ── SYN seq=5 ──► Hen    (1) asks
    Hen ── SYN+ACK seq=8 ack=6 ──► Fox    (2) answers
    Fox ── ACK ack=9 ──► Hen
    """,
    """
    Fox → SYN seq=5 → Hen
    Fox ← SYN+ACK seq=8 ack=6 ← Hen
    Fox → ACK ack=9 → Hen
    """,
    """
    ┌───────┐                          ┌───────┐
    │  Fox  │                          │  Hen  │
    └───┬───┘                          └───┬───┘
        │  ─────── SYN seq=5 ──────────>   │
        │  <═══ SYN+ACK seq=8 ack=6 ════  │
        │  ─────── ACK ack=9 ──────────>   │  open
    """,
    """
    ┌────────────────────────────────────────────┐
    │  Fox                             Hen       │
    │   │ ──── SYN seq=5 ────────────► │       │
    │   │ ◄─── SYN+ACK seq=8 ack=6 ─── │         │
    │   │ ──── ACK ack=9 ────────────► │        │
    └────────────────────────────────────────────┘
    """,
    """
    +-------+                        +-------+
    |  Fox  |                        |  Hen  |
    +---+---+                        +---+---+
        +-------- SYN seq=5 ----------->+
        +<----- SYN+ACK seq=8 ack=6 ----+
        +-------- ACK ack=9 ----------->+
    """,
    """
      Fox                        Hen
       |-----> SYN seq=5 ------->|
       |<--- SYN+ACK seq=8 ack=6 <|
       |- - -  ACK ack=9  - - - >|
    """,
    """
      // Fox                        Hen
      //  |------ SYN seq=5 ------->|
      //  |<-- SYN+ACK seq=8 ack=6--|
      //  |------ ACK ack=9 ------->|
      int main(void) { return 0; }
    """,
    """
     * Fox                        Hen
     *  |------ SYN seq=5 ------->>|
     *  |<<-- SYN+ACK seq=8 ack=6--|
     *  |====== ACK ack=9 =======>>|
    """,
  ]
  @Test(arguments: drawings.indices) func anOpeningIsReadInEachDrawing(index: Int) throws {
    #expect(try ladder(Self.drawings[index]) == ["Fox|Hen"] + Self.opening, "\(Self.drawings[index])")
  }

  @Test func wideLettersTakeTwoColumns() throws {
    let rows = try ladder(
      """
      冷蔵庫                                食品
        │                                   │
        │ SYN を送る（seq=5）               │
        │──────────────────────────────────→│ LISTEN → SYN_RCVD
        │                                   │
        │ ＳＹＮ＋ＡＣＫ，ack＝6            │
        │←──────────────────────────────────│
      ESTABLISHED
      """)
    #expect(rows == ["冷蔵庫|食品", "SYN(SEQ:5)|[SYN_RECV]", "[ESTABLISHED]|SYN+ACK(ACK:6)"])
  }

  @Test func statesStandBesideBelowAndInBoxes() throws {
    #expect(
      try ladder(
        """
        Fox                          Hen
        CLOSED |                      | LISTEN
               |        SYN           |
               |--------------------->| SYN_RCVD
               |      SYN+ACK         |
        ESTABLISHED <-----------------|
               |        ACK           |
               |--------------------->|
        ESTABLISHED               ESTABLISHED
        """) == [
          "Fox|Hen", "[CLOSED]|[LISTEN]", "SYN|[SYN_RECV]", "[ESTABLISHED]|SYN+ACK",
          "ACK [ESTABLISHED]|[ESTABLISHED]",
        ])
  }

  @Test func aChangeThatOnlyTheOtherCanMakeIsTheOthers() throws {
    #expect(
      try ladder(
        """
        Fox                          Hen
         |------ FIN --------------->|  ESTABLISHED -> FIN_WAIT_1
         |                           |  Hen: ESTABLISHED -> CLOSE_WAIT
         |<----- ACK ----------------|  FIN_WAIT_1 -> FIN_WAIT_2
        """) == [
          "Fox|Hen", "FIN [FIN_WAIT_1]|[CLOSE_WAIT] (or in the next step)", "[FIN_WAIT_2]|ACK",
        ])
  }

  @Test func aSegmentIsLostInEachDrawing() throws {
    for arrow in [
      "---- SYN ----X      ", "---- SYN -----x     ", "--- SYN -/-------->", "--- SYN --X------->",
      "---- SYN ---╳      ",
    ] {
      let rows = try ladder(
        """
        Fox                  Hen
         |\(arrow)|
         |   (timeout)       |
         |---- SYN --------->|
         |<--- SYN+ACK ------|
        """)
      #expect(rows == ["Fox|Hen", "SYN|lost", "timeout|", "SYN|", "|SYN+ACK"], "\(arrow)")
    }
    #expect(
      try ladder("Fox            Hen\n |---- SYN ---->|  (lost)\n |---- SYN ---->|  again\n |<-- SYN+ACK --|")
        == ["Fox|Hen", "SYN|lost", "SYN|", "|SYN+ACK"])
  }

  @Test func numbersWithoutAFlagAreALabel() throws {
    #expect(
      try ladder(
        """
        Fox                              Hen
         |--- SEQ=1, 100 bytes ---------->|
         |--- SEQ=101, 100 bytes ---X     |
         |<------------ ACK=101 ----------|
         |        RTO expires             |
         |--- SEQ=101, 100 bytes -------->|
        """) == [
          "Fox|Hen", "SEQ:1, 100bytes|", "SEQ:101, 100bytes|lost", "|ACK:101", "timeout|",
          "SEQ:101, 100bytes|",
        ])
    #expect(
      try ladder(
        """
        Fox                              Hen
         | ACK=1, seq=5, ack=9            |
         |------------------------------->|
         | data (seq=5, len=50)           |
         |------------------------------->|
         |                       ack=55   |
         |<-------------------------------|
        """) == ["Fox|Hen", "ACK(SEQ:5,ACK:9)|", "data(SEQ:5, 50bytes)|", "|ACK:55"])
  }

  @Test func aNoteBelowAnArrowMaySayThatItIsLost() throws {
    #expect(
      try ladder(
        """
        Fox                 Hen
         |------ SYN ------->|
         |                   |  (пакет потерян)
         |    ... timeout ...|
         |------ SYN ------->|
        """) == ["Fox|Hen", "SYN|lost", "timeout|", "SYN|"])
  }

  @Test func statesMayHaveColumnsOfTheirOwnBesideTheLabels() throws {
    #expect(
      try ladder(
        """
        Fox                             Hen
        LISTEN
                        <------ SYN     SYN_SENT
        SYN_RCVD
                        SYN,ACK ------>
                                        ESTABLISHED
                        <------ ACK
        ESTABLISHED
        """) == [
          "Fox|Hen", "[LISTEN]|", "[SYN_RECV] (or in the next step)|SYN [SYN_SENT]",
          "SYN+ACK|[ESTABLISHED] (or in the next step)", "[ESTABLISHED]|ACK",
        ])
  }

  @Test func anArrowMaySlantOverSeveralLines() throws {
    #expect(
      try ladder(
        """
        Fox                       Hen
         |\\                        |
         | \\---- SYN, seq=5        |
         |  \\                      |
         |   \\-------------------->|
         |                        /|
         |      SYN+ACK, ack=6 --/ |
         |                      /  |
         |<--------------------/   |
         |  \\   ACK                |
         |      \\                  |
         |          \\              |
         |             ----------> |
        """) == ["Fox|Hen", "SYN(SEQ:5)|", "|SYN+ACK(ACK:6)", "ACK|"])
  }

  @Test func twoArrowsTowardEachOtherCross() throws {
    #expect(
      try ladder("Fox ──SYN──> <──SYN── Hen\n      ↓        ↓\nFox ──SYN+ACK──> <──SYN+ACK── Hen")
        == ["Fox|Hen", "SYN|SYN", "SYN+ACK|SYN+ACK"])
  }

  @Test func twoFiguresSideBySideAreTwoLadders() throws {
    #expect(
      try ladders(
        """
        ```
        Fox         Hen               Fox         Hen
         |---SYN---->|                 |---FIN---->|
         |<-SYN+ACK--|                 |<---ACK----|
         |---ACK---->|                 |<---FIN----|
         |           |                 |---ACK---->|
        ```
        """) == [["Fox|Hen", "SYN|", "|SYN+ACK", "ACK|"], ["Fox|Hen", "FIN|", "|ACK", "|FIN", "ACK|"]])
    #expect(
      try ladders(
        """
        ```
        Fox         Hen               Fox         Hen
        SYN ------->                  FIN ------->
            <------ SYN+ACK               <------ ACK
        ```
        """) == [["Fox|Hen", "SYN|", "|SYN+ACK"], ["Fox|Hen", "FIN|", "|ACK"]])
  }

  @Test func namesAgainOrASecondOpeningBeginAnotherLadder() throws {
    let first = "Fox            Hen\n |---- SYN ---->|\n |<-- SYN+ACK --|\n |---- ACK ---->|\n"
    let second = "Fox            Hen\n |<--- FIN -----|\n |---- ACK ---->|\n"
    #expect(try ladders("```\n\(first)\nClosing:\n\(second)```").count == 2)
    #expect(
      try ladders("```\n\(first) |---- RST ---->|\n |---- SYN ---->|\n |<-- SYN+ACK --|\n```").count == 2)
    #expect(try ladders("Words.\n\n    \(first.replacing("\n", with: "\n    "))\nMore words.\n").count == 1)
  }

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
