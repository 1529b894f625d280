import Documents
import Kinds
import Notations
import Testing

/// Figures in the style of RFC 9293 section 3.5.
@Suite(.tags(.pure)) struct StandardFigureTests {
  private func page(_ text: String) throws -> Page { try Page(reading: text, name: "page.md") }

  static let opening = """
        Left end                                         Right end

    1.  CLOSED                                           LISTEN

    2.  SYN-SENT    --> <SEQ=40><CTL=SYN>                --> SYN-RECEIVED  asks

    3.  ESTABLISHED <-- <SEQ=7><ACK=41><CTL=SYN,ACK>     <-- SYN-RECEIVED

    4.  ESTABLISHED --> <SEQ=41><ACK=8><CTL=ACK><DATA>   --> ESTABLISHED
    """
  static let openingRead = """
    | Left end                            | Right end                        | note |
    | ----------------------------------- | -------------------------------- | ---- |
    | [CLOSED]                            | [LISTEN]                         |      |
    | SYN(SEQ:40) [SYN_SENT]              | [SYN_RECV] (received)            | asks |
    | [ESTABLISHED] (received)            | SYN+ACK(SEQ:7,ACK:41) [SYN_RECV] |      |
    | ACK data(SEQ:41,ACK:8) [ESTABLISHED] | [ESTABLISHED] (received)        |      |
    """

  static let frames: [@Sendable (String) -> String] = [
    { $0 },
    { "```\n" + $0 + "\n```" },
    { "Words before.\n\n```c\n" + commented($0, "// ") + "\nint f(void);\n```" },
    { "```python\n" + commented($0, "# ") + "\n```" },
    { "```java\n/*\n" + commented($0, " * ") + "\n */\nclass A {}\n```" },
    { "> " + $0.replacing("\n", with: "\n> ") },
    { $0.replacing("<", with: "&lt;").replacing(">", with: "&gt;") },
    { $0.replacing("-->", with: "→").replacing("<--", with: "←") },
    { $0.replacing("CTL", with: "Ctl").replacing("SEQ", with: "Seq") },
    { $0.replacing("\n\n", with: "\n") },
    { text in ["1.", "2.", "3.", "4."].reduce(text) { $0.replacing($1, with: "  ") } },
  ]
  private static func commented(_ text: String, _ mark: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { mark + $0 }.joined(separator: "\n")
  }
  @Test(arguments: frames.indices) func aFigureIsReadInFencesCommentsAndText(index: Int) throws {
    let page = try page(Self.frames[index](Self.opening))
    #expect(page.ladders.count == 1)
    #expect(page.ladders.first.map { bareRows($0.markdown) } == bareRows(Self.openingRead))
    #expect(page.unread.isEmpty)
  }

  @Test func segmentsUnderWayAtOnceAreOneRow() throws {
    let page = try page(
      """
         Node 5                                           Node 6

      1.  CLOSED                                           CLOSED

      2.  SYN-SENT     --> <SEQ=15><CTL=SYN>               ...

      3.  SYN-RECEIVED <-- <SEQ=85><CTL=SYN>               <-- SYN-SENT

      4.               ... <SEQ=15><CTL=SYN>               --> SYN-RECEIVED

      5.  SYN-RECEIVED --> <SEQ=15><ACK=86><CTL=SYN,ACK>   ...

      6.  ESTABLISHED  <-- <SEQ=85><ACK=16><CTL=SYN,ACK>   <-- SYN-RECEIVED

      7.               ... <SEQ=15><ACK=86><CTL=SYN,ACK>   --> ESTABLISHED
      """)
    #expect(
      bareRows(page.ladders[0].markdown)
        == bareRows(
          """
          | Node 5 | Node 6 |
          | [CLOSED] | [CLOSED] |
          | SYN(SEQ:15) [SYN_SENT] | SYN(SEQ:85) [SYN_SENT] |
          | SYN+ACK(SEQ:15,ACK:86) [SYN_RECV] | SYN+ACK(SEQ:85,ACK:16) [SYN_RECV] |
          | [ESTABLISHED] | [ESTABLISHED] |
          """))
  }

  @Test func callsStandInTheRowOfTheirSegment() throws {
    let page = try page(
      """
          Boat                                                 Quay
      1.  ESTABLISHED                                          ESTABLISHED
      2.  (Close)
          FIN-WAIT-1  --> <SEQ=11><ACK=31><CTL=FIN,ACK>    --> CLOSE-WAIT
      3.  FIN-WAIT-2  <-- <SEQ=31><ACK=12><CTL=ACK>        <-- CLOSE-WAIT
      4.                                                       (Close)
          TIME-WAIT   <-- <SEQ=31><ACK=12><CTL=FIN,ACK>    <-- LAST-ACK
      5.  TIME-WAIT   --> <SEQ=12><ACK=32><CTL=ACK>        --> CLOSED
      6.  (2 MSL)
          CLOSED
      """)
    #expect(
      bareRows(page.ladders[0].markdown).prefix(6)
        == bareRows(
          """
          | Boat | Quay | note |
          | [ESTABLISHED] | [ESTABLISHED] | |
          | close() FIN+ACK(SEQ:11,ACK:31) [FIN_WAIT_1] | [CLOSE_WAIT] (received) | |
          | [FIN_WAIT_2] (received) | ACK(SEQ:31,ACK:12) [CLOSE_WAIT] | |
          | [TIME_WAIT] (received) | close() FIN+ACK(SEQ:31,ACK:12) [LAST_ACK] | |
          | ACK(SEQ:12,ACK:32) [TIME_WAIT] | [CLOSED] (received) | |
          """)[...])
    #expect(page.unread.isEmpty)
  }

  @Test func bothCloseAtOnce() throws {
    let page = try page(
      """
      ```
          Boat                                                 Quay
      1.  ESTABLISHED                                          ESTABLISHED
      2.  (Close)                                              (Close)
          FIN-WAIT-1  --> <SEQ=11><ACK=31><CTL=FIN,ACK>    ... FIN-WAIT-1
                      <-- <SEQ=31><ACK=11><CTL=FIN,ACK>    <--
                      ... <SEQ=11><ACK=31><CTL=FIN,ACK>    -->
      3.  CLOSING     --> <SEQ=12><ACK=32><CTL=ACK>        ... CLOSING
                      <-- <SEQ=32><ACK=12><CTL=ACK>        <--
                      ... <SEQ=12><ACK=32><CTL=ACK>        -->
      4.  TIME-WAIT                                            TIME-WAIT
      ```
      """)
    #expect(
      bareRows(page.ladders[0].markdown)
        == bareRows(
          """
          | Boat | Quay |
          | [ESTABLISHED] | [ESTABLISHED] |
          | close() FIN+ACK(SEQ:11,ACK:31) [FIN_WAIT_1] | close() FIN+ACK(SEQ:31,ACK:11) [FIN_WAIT_1] |
          | ACK(SEQ:12,ACK:32) [CLOSING] | ACK(SEQ:32,ACK:12) [CLOSING] |
          | [TIME_WAIT] | [TIME_WAIT] |
          """))
  }

  @Test func aLostSegmentIsLost() throws {
    let page = try page(
      """
          One                                         Two
      1.  SYN-SENT --> <SEQ=5><CTL=SYN>            XXX
          (timeout)
      2.  SYN-SENT --> <SEQ=5><CTL=SYN>            -->
      3.           <-- <SEQ=9><ACK=6><CTL=SYN,ACK> <-- SYN-RECEIVED
      """)
    #expect(
      bareRows(page.ladders[0].markdown)
        == bareRows(
          """
          | One | Two |
          | SYN(SEQ:5) [SYN_SENT] | lost |
          | timeout | |
          | SYN(SEQ:5) [SYN_SENT] | |
          | | SYN+ACK(SEQ:9,ACK:6) [SYN_RECV] |
          """))
  }

  @Test func twoFiguresOfOneFenceAreTwoLadders() throws {
    let page = try page("```\n" + Self.opening + "\n\n   Figure 1\n\n" + Self.opening + "\n```")
    #expect(page.ladders.count == 2)
  }

  static let foreign: [(figure: String, line: Int, reason: String)] = [
    (
      """
          Old                                           New
      1.  CLOSED                                        LISTEN
      2.  SYN-SENT    --> <SEQ=50><CTL=SYN>             ...
      3.  (duplicate) ... <SEQ=30><CTL=SYN>             --> SYN-RECEIVED
      4.  SYN-SENT    <-- <SEQ=9><ACK=31><CTL=SYN,ACK>  <-- SYN-RECEIVED
      """, 3, "no line shows its arrival"
    ),
    (
      """
          Old                                           New
      1.  CLOSED                                        ESTABLISHED
      2.  SYN-SENT --> <SEQ=50><CTL=SYN>                --> (??)
      3.  (!!)     <-- <SEQ=9><ACK=20><CTL=ACK>         <-- ESTABLISHED
      """, 2, "half-open"
    ),
    (
      """
          Old                                             New
      1.  (??)    <-- <SEQ=9><ACK=20><DATA=5><CTL=ACK>    <-- ESTABLISHED
      2.          --> <SEQ=20><CTL=RST>                   --> (Abort)
      """, 2, "knows no connection"
    ),
    (
      """
          Old                                           New
      1.  SYN-SENT    --> <SEQ=50><CTL=SYN>             ...
      2.  SYN-SENT    --> <SEQ=51><CTL=RST>             -->
      """, 2, "no line shows its arrival"
    ),
    (
      """
          Old                                           New
      1.              ... <SEQ=50><ACK=3><CTL=ACK>      --> ESTABLISHED
      """, 2, "no line before shows to leave"
    ),
    (
      """
          Old                                           New
      1.  SYN-SENT    --> <SEQ=50><CTL=SYN>             --> SYN-RECEIVED
      2.              ... <SEQ=50><CTL=SYN>             --> SYN-RECEIVED
      """, 3, "no line before shows to leave"
    ),
    (
      """
          Old                                           New
      1.  ESTABLISHED     --> <SEQ=50><ACK=3><CTL=ACK><LEN=5>   ...
      2.                  --> <SEQ=55><ACK=3><CTL=ACK><LEN=5>   ...
      3.                  --> <SEQ=60><ACK=3><CTL=ACK><LEN=5>   --> ESTABLISHED
      4.                  ... <SEQ=55><ACK=3><CTL=ACK><LEN=5>   -->
      5.                  ... <SEQ=50><ACK=3><CTL=ACK><LEN=5>   -->
      """, 5, "a segment overtakes another one"
    ),
    (
      """
          Old                                           New
      1.  SYN-SENT    --> <SEQ=50><CTL=SYN>             --> SYN-RECEIVED
      2.  (threshold) ... <SEQ=51><ACK=9><CTL=ACK>      --> ESTABLISHED
      """, 3, "no line before shows to leave"
    ),
    (
      """
          Old                                           New
      1.  SYN-SENT    --> <SEQ=50><CTL=SYN>             ...
      """, 2, "no line shows its arrival"
    ),
    (
      """
          Old                                           New
      1.  SYN-SENT    --> <SEQ=50><CTL=SYN>             <--
      """, 2, "direction"
    ),
  ]
  @Test(arguments: foreign.indices) func aFigureThatIsNotOfOneConnectionIsRefusedWithItsLine(index: Int)
    throws
  {
    let (figure, line, reason) = Self.foreign[index]
    let page = try page("| a | b |\n| - | - |\n| SYN | |\n| | SYN+ACK |\n\n```\n" + figure + "\n```")
    #expect(page.ladders.count == 1)
    #expect(page.unread.map(\.line) == [6 + line])
    #expect(page.unread.first?.note?.contains(reason) == true, "\(page.unread)")
  }
}
