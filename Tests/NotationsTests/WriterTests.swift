import Chance
import Documents
import Notations
import Kinds
import TCP
import Testing

@Suite(.tags(.pure)) struct WriterTests {
  @Test func aLadderIsWrittenInOneWay() throws {
    let page = try Page(
      reading: """
        # T
        <!-- exhaustive -->

        |note|client|claims|server|#|
        |-|-|-|-|-|
        |first|`syn` seq=1000 ack=-|A1.2,A1.3|(didnt receive!) ...waiting [listen]|1|
        ||timeout(wait enough!)|||2|
        ||close() packet(seq:x, 100 bytes), FIN-WAIT-1||...|
        """, name: "p")
    #expect(
      page.markdown
        == """
        # T

        <!-- exhaustive -->
        | #   | client                                     | server        | claim      | note  |
        | --- | ------------------------------------------ | ------------- | ---------- | ----- |
        | 1   | SYN(SEQ:1000,ACK:-)                        | lost [LISTEN] | A1.2, A1.3 | first |
        | 2   | timeout                                    |               |            |       |
        |     | close() data(SEQ:x, 100bytes) [FIN_WAIT_1] | ...           |            |       |

        """)
  }

  @Test func factsAreWrittenInOneWay() {
    let facts = Facts(rows: [
      Fact(what: "life of TIME_WAIT", value: "60 s", setBy: "TCP_TIMEWAIT_LEN", claims: ["B2.9"]),
      Fact(what: "a|b", value: "`x` and `y`"),
    ])
    #expect(
      facts.markdown == """
        | what              | value       | set by           | claim |
        | ----------------- | ----------- | ---------------- | ----- |
        | life of TIME_WAIT | 60 s        | TCP_TIMEWAIT_LEN | B2.9  |
        | a\\|b              | `x` and `y` |                  |       |

        """)
  }

  @Test func aColumnIsAsWideAsATerminalShowsIt() {
    #expect(markdownTable(header: ["a"], rows: [["✅✅"]]) == "| a    |\n| ---- |\n| ✅✅ |\n")
  }

  @Test(arguments: 0..<500) func whatWasWrittenReadsTheSame(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let ladder = random.ladder()
    let text = ladder.markdown
    let read = try #require(try Page(reading: text, name: "written").ladders.first, "\(text)")
    #expect(read.parties == ladder.parties)
    #expect(read.isExhaustive == ladder.isExhaustive)
    #expect(read.rungs.map(\.cells.left.elements) == ladder.rungs.map(\.cells.left.elements), "\(text)")
    #expect(read.rungs.map(\.cells.right.elements) == ladder.rungs.map(\.cells.right.elements), "\(text)")
    #expect(read.rungs.map(\.claims) == ladder.rungs.map(\.claims))
    for (one, other) in zip(read.rungs, ladder.rungs) {
      // Notes come back in the order of their columns.
      #expect(Set(one.notes.map { "\($0)" }) == Set(other.notes.map { "\($0)" }))
    }
    #expect(read.markdown == text)
  }

  @Test func aPageIsWrittenWithItsProse() throws {
    let page = try Page(reading: ThreeSteps.page, name: "p")
    let again = try Page(reading: page.markdown, name: "p")
    #expect(again.markdown == page.markdown)
    #expect(again.unread == page.unread)
    #expect(again.ladders.map(\.line) == page.ladders.map(\.line))
    let elements = { (page: Page) in page.ladders.flatMap { $0.rungs.map { $0.cells.map(\.elements) } } }
    #expect(elements(again) == elements(page))
  }
}
