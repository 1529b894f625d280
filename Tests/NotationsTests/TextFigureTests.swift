import Documents
import Kinds
import Notations
import Testing

/// Figures that people draw with signs.
@Suite(.tags(.pure)) struct TextFigureTests {
  @Test func wideLettersTakeTwoColumns() throws {
    let rows = try figureLadder(
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
      try figureLadder(
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
      try figureLadder(
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
      let rows = try figureLadder(
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
      try figureLadder(
        "Fox            Hen\n |---- SYN ---->|  (lost)\n |---- SYN ---->|  again\n |<-- SYN+ACK --|")
        == ["Fox|Hen", "SYN|lost", "SYN|", "|SYN+ACK"])
  }

  @Test func numbersWithoutAFlagAreALabel() throws {
    #expect(
      try figureLadder(
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
      try figureLadder(
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
      try figureLadder(
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
      try figureLadder(
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
      try figureLadder(
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
      try figureLadder("Fox ──SYN──> <──SYN── Hen\n      ↓        ↓\nFox ──SYN+ACK──> <──SYN+ACK── Hen")
        == ["Fox|Hen", "SYN|SYN", "SYN+ACK|SYN+ACK"])
  }

  @Test func twoFiguresSideBySideAreTwoLadders() throws {
    #expect(
      try figureLadders(
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
      try figureLadders(
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
    #expect(try figureLadders("```\n\(first)\nClosing:\n\(second)```").count == 2)
    #expect(
      try figureLadders("```\n\(first) |---- RST ---->|\n |---- SYN ---->|\n |<-- SYN+ACK --|\n```").count
        == 2)
    #expect(
      try figureLadders("Words.\n\n    \(first.replacing("\n", with: "\n    "))\nMore words.\n").count == 1)
  }
}
