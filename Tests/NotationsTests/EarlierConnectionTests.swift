import Documents
import Kinds
import Notations
import Testing

/// Figures in which something is left of an earlier connection: old duplicates, and a host that has rebooted.
@Suite(.tags(.pure)) struct EarlierConnectionTests {
  static let oldSyn = """
        North                                             South
    1.  CLOSED                                            LISTEN
    2.  SYN-SENT    --> <SEQ=700><CTL=SYN>                ...
    3.  (duplicate) ... <SEQ=650><CTL=SYN>                --> SYN-RECEIVED
    4.  SYN-SENT    <-- <SEQ=20><ACK=651><CTL=SYN,ACK>    <-- SYN-RECEIVED
    5.  SYN-SENT    --> <SEQ=651><CTL=RST>                --> LISTEN
    6.              ... <SEQ=700><CTL=SYN>                --> SYN-RECEIVED
    7.  ESTABLISHED <-- <SEQ=90><ACK=701><CTL=SYN,ACK>    <-- SYN-RECEIVED
    8.  ESTABLISHED --> <SEQ=701><ACK=91><CTL=ACK>        --> ESTABLISHED
    """
  static let reboot = """
        North                                             South
    1.  (REBOOT)                                   (send 20,receive 700)
    2.  CLOSED                                            ESTABLISHED
    3.  SYN-SENT    --> <SEQ=40><CTL=SYN>                 --> (??)
    4.  (!!)        <-- <SEQ=20><ACK=700><CTL=ACK>        <-- ESTABLISHED
    5.  SYN-SENT    --> <SEQ=700><CTL=RST>                --> (Abort!!)
    6.  SYN-SENT                                          CLOSED
    7.  SYN-SENT    --> <SEQ=40><CTL=SYN>                 -->
    """
  static let data = """
        North                                             South
    1.  (REBOOT)                                   (send 20,receive 700)
    2.  (??)        <-- <SEQ=20><ACK=700><LEN=5><CTL=ACK> <-- ESTABLISHED
    3.              --> <SEQ=700><CTL=RST>                --> (ABORT!!)
    """
  static let listeners = """
        North                                             South
    1.  LISTEN                                            LISTEN
    2.              ... <SEQ=V><CTL=SYN>                  --> SYN-RECEIVED
    3.  (??)        <-- <SEQ=W><ACK=V+1><CTL=SYN,ACK>     <-- SYN-RECEIVED
    4.              --> <SEQ=V+1><CTL=RST>                --> (return to LISTEN!)
    5.  LISTEN                                            LISTEN
    """

  static let readings: [(figure: String, rows: [String])] = [
    (
      oldSyn,
      [
        "[CLOSED]|[LISTEN]", "SYN(SEQ:700) (arrives later) [SYN_SENT]|",
        "SYN(SEQ:650) (old duplicate)|[SYN_RECV] (received)",
        "[SYN_SENT] (received)|SYN+ACK(SEQ:20,ACK:651) [SYN_RECV]",
        "RST(SEQ:651) [SYN_SENT]|[LISTEN] (received)", "(arrives now)|[SYN_RECV] (received)",
        "[ESTABLISHED] (received)|SYN+ACK(SEQ:90,ACK:701) [SYN_RECV]",
        "ACK(SEQ:701,ACK:91) [ESTABLISHED]|[ESTABLISHED] (received)",
      ]
    ),
    (
      reboot,
      [
        "(reboot)|", "[CLOSED]|[ESTABLISHED]", "SYN(SEQ:40) [SYN_SENT]|",
        "|ACK(SEQ:20,ACK:700) [ESTABLISHED]", "RST(SEQ:700) [SYN_SENT]|[CLOSED] (received)",
        "[SYN_SENT]|[CLOSED]", "SYN(SEQ:40) [SYN_SENT]|",
      ]
    ),
    (
      data,
      ["(reboot)|", "|ACK(SEQ:20,ACK:700, 5bytes) [ESTABLISHED]", "RST(SEQ:700)|[CLOSED] (received)"]
    ),
    (
      listeners,
      [
        "[LISTEN]|[LISTEN]", "SYN(SEQ:V) (old duplicate)|[SYN_RECV] (received)",
        "|SYN+ACK(SEQ:W,ACK:V+1) [SYN_RECV]", "RST(SEQ:V+1)|[LISTEN] (received)", "[LISTEN]|[LISTEN]",
      ]
    ),
  ]

  private func read(_ text: String) throws -> Ladder {
    let page = try Page(reading: text, name: "page.md")
    #expect(page.unread.isEmpty && page.ladders.count == 1)
    return try #require(page.ladders.first)
  }

  private func rows(_ ladder: Ladder) -> [String] {
    ladder.rungs.map { "\($0.cells.left)|\($0.cells.right)" }
  }

  @Test(arguments: readings.indices) func theFigureIsRead(index: Int) throws {
    let (figure, rows) = Self.readings[index]
    #expect(self.rows(try read("```\n\(figure)\n```")) == rows)
  }

  @Test(arguments: readings.indices) func theWrittenFigureIsReadAgain(index: Int) throws {
    let ladder = try read("```\n\(Self.readings[index].figure)\n```")
    for text in [ladder.markdown, ladder.mermaidFence, "```\n\(ladder.standardFigure)```\n"] {
      #expect(rows(try read(text)) == Self.readings[index].rows, "\(text)")
    }
  }

  @Test func aFigureMayBeginInSYNSENT() throws {
    let ladder = try read(
      """
      ```
          North                                             South
      1.  SYN-SENT                                          LISTEN
      2.  ESTABLISHED <-- <SEQ=9><ACK=8><CTL=SYN,ACK>       <-- SYN-RECEIVED
          (timeout)
          (timeout)
      ```
      """)
    #expect(
      rows(ladder) == [
        "[SYN_SENT]|[LISTEN]", "[ESTABLISHED] (received)|SYN+ACK(SEQ:9,ACK:8) [SYN_RECV]", "timeout|",
        "timeout|",
      ])
  }

  @Test func aSegmentThatCrossesAnotherIsNotHeld() throws {
    let ladder = try read(
      """
      ```
          North                                             South
      1.  CLOSED                                            CLOSED
      2.  SYN-SENT    --> <SEQ=7><CTL=SYN>                  ...
      3.              <-- <SEQ=9><CTL=SYN>                  <-- SYN-SENT
      4.              ... <SEQ=7><CTL=SYN>                  --> SYN-RECEIVED
      ```
      """)
    #expect(
      rows(ladder) == [
        "[CLOSED]|[CLOSED]", "SYN(SEQ:7) [SYN_SENT]|SYN(SEQ:9) [SYN_SENT]", "|[SYN_RECV]",
      ])
  }
}
