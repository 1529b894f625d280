import Documents
import Notations
import Kinds
import TCP
import Testing

/// Which tables are ladders or facts, and how tables are written.
@Suite(.tags(.pure)) struct TableTests {
  private func read(_ text: String) throws(PageError) -> Page { try Page(reading: text, name: "page.md") }

  private func error(_ text: String) -> PageError? {
    do {
      _ = try read(text)
      return nil
    } catch { return error }
  }

  private static let plain = "| a | b |\n| --- | --- |\n| SYN | |\n| | SYN+ACK |\n"

  static let spellings = [
    plain, plain.replacing("\n", with: "\r\n"), plain.replacing("\n", with: "\r"), "\u{FEFF}" + plain,
    plain.replacing(" ", with: "\t"), "a | b\n:-- | --:\nSYN |\n | SYN+ACK", "a|b\n-|-\nSYN|\n|SYN+ACK",
    "prose\n| `a` | **b** |\n|:-:|---|\n| SYN |\n| | SYN+ACK |\nend",
    "   |a|b|\n   |-|-|\n   |SYN||\n   ||SYN+ACK|",
  ]
  @Test(arguments: spellings.indices) func everyWayOfWritingATableIsRead(index: Int) throws {
    let ladder = try #require(try read(Self.spellings[index]).ladders.first)
    #expect(ladder.parties == Both(left: "a", right: "b"))
    #expect(ladder.rungs[0].cells.left.segment == SegmentPattern(flags: .syn))
    #expect(ladder.rungs[1].cells.right.segment == SegmentPattern(flags: [.syn, .ack]))
  }

  @Test func aRowIsFilledWithEmptyCells() throws {
    let rungs = try read("a|b|note\n-|-|-\nSYN\n|SYN+ACK").ladders[0].rungs
    #expect(rungs.count == 2)
    #expect(rungs[0].cells.right == Cell(text: "", column: 2))
    #expect(rungs[0].notes.isEmpty)
  }

  @Test func aRowWithTooManyCellsIsAnError() {
    let found = error("\n" + Self.plain + "| a | b | c |\n")
    #expect(found?.line == 6)
    #expect(found?.description.hasPrefix("page.md:6: this row has 3 cells") == true)
  }

  @Test func aPipeIsEscapedByABackslash() throws {
    let page = try read("a|b\n-|-\nSYN | x \\| y\n|ACK")
    #expect(page.ladders[0].rungs[0].cells.right.text == "x | y")
    #expect(page.unread == [Page.Unread(line: 3, text: "x | y")])
  }

  @Test func aTableEndsWhereAnotherBlockBegins() throws {
    for after in ["", "> | ACK | |", "- | ACK", "## ACK | x", "***", "```", "1. a | b"] {
      #expect(try read(Self.plain + after).ladders[0].rungs.count == 2)
    }
  }

  static let hidden = [
    "```\n\(plain)```\n", "~~~~ text\n\(plain)~~~\n~~~~\n", "<!--\n\(plain)-->\n",
    plain.split(separator: "\n").map { "> \($0)\n" }.joined(), "| a | b |\n| SYN | SYN+ACK |\n",
  ]
  @Test(arguments: hidden.indices) func aTableThatNobodySeesRenderedIsProse(index: Int) {
    #expect(error(Self.hidden[index])?.message.contains("no ladder and no facts table") == true)
    #expect(throws: Never.self) { try read(Self.hidden[index] + "\n" + Self.plain) }
  }

  @Test func otherColumnsAreNotesAndClaims() throws {
    let rung = try read(
      "# |t\n\n|#|time|client|way|server|Claims|note|\n|-|-|-|-|-|-|-|\n"
        + "|1|0.1 s|SYN|-->|lost|A1.1, A1.2 `x`|close()|"
    ).ladders[0].rungs[0]
    #expect(rung.cells.left.column == 3 && rung.cells.right.column == 5)
    #expect(rung.claims == ["A1.1", "A1.2", "x"])
    #expect(rung.notes.map(\.column) == ["#", "time", "way", "note"])
    #expect(rung.notes.map(\.text) == ["1", "0.1 s", "-->", "close()"])
  }

  @Test func aPartyMayOnlyLoseAndWait() throws {
    let ladder = try read("client|server\n-|-\nSYN|didn't receive\ntimeout|\nSYN|...").ladders[0]
    #expect(ladder.rungs[0].cells.right.isLost)
  }

  static let others: [(table: String, isTold: Bool)] = [
    ("flag|meaning\n-|-\nSYN|synchronize\nFIN|finish", false),
    ("a|b\n-|-\n1|2", false),
    ("RFC|Linux\n-|-\nTIME-WAIT|TIME_WAIT", true),
    ("flag|sender|receiver\n-|-|-\nSYN|SYN_SENT|SYN_RECV", true),
    ("a|b|c\n-|-\nSYN|ACK", true),
    (String(repeating: "a|", count: 65) + "\n" + String(repeating: "-|", count: 65), true),
  ]
  @Test(arguments: others.indices) func anyOtherTableIsProse(index: Int) throws {
    let page = try read(Self.others[index].table + "\n\n" + Self.plain)
    #expect(page.ladders.count == 1 && page.ladders[0].table == 1)
    #expect(page.unread.map(\.line) == (Self.others[index].isTold ? [1] : []))
  }

  @Test func factsAreReadByTheirHeaders() throws {
    let page = try read(
      "# Timers\n\nWhat | Value | Set by | claim\n-|-|-|-\n`life` of TIME_WAIT|`60 s`||B2.9\n\n" + Self.plain)
    #expect(
      page.facts == [
        Facts(
          table: 1, line: 3, heading: "Timers",
          rows: [Fact(line: 5, what: "`life` of TIME_WAIT", value: "60 s", claims: ["B2.9"])])
      ])
    #expect(page.ladders[0].table == 2)
  }

  @Test func theMarkMakesALadderAWrittenRecord() throws {
    #expect(try read("<!-- exhaustive -->\n\n \n" + Self.plain).ladders[0].isExhaustive)
    #expect(
      try read("<!--Exhaustive-->\n" + Self.plain + "\n" + Self.plain).ladders.map(\.isExhaustive) == [
        true, false,
      ])
    let page = try read("<!-- exhaustive -->\nprose\n" + Self.plain)
    #expect(!page.ladders[0].isExhaustive && page.unread.map(\.line) == [1])
  }

  @Test func anImpossibleNumberIsAnErrorWithItsPlace() {
    let found = error("a|b\n-|-\nSYN|\n|ACK:4294967296")
    #expect(found?.line == 4)
    #expect(
      found?.message == "column 2 (b): ACK:4294967296: the number is too large: expected 0 to 4294967295")
  }

  @Test(arguments: ["", "\n \n"])
  func anEmptyPageIsCalledEmpty(text: String) {
    #expect(error(text)?.message == "the page is empty")
  }

  @Test(arguments: ["no table", "a|b\n-|-\n1|2"])
  func aPageWithoutATableSaysWhatWasExpected(text: String) {
    #expect(error(text)?.message.contains("| SYN(SEQ:1000) |") == true)
  }

  @Test func aTextWithANulIsBinary() { #expect(error("a\0b")?.message.hasPrefix("a binary file") == true) }
}
