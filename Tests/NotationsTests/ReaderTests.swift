import Documents
import Notations
import Kinds
import TCP
import Testing

/// A page as a teacher wrote it, read to its last cell.
@Suite(.tags(.pure)) struct ReaderTests {
  let page: Page
  init() throws { page = try Page(reading: ThreeSteps.page, name: "three.md") }

  @Test func threeTablesAreThreeLadders() {
    #expect(page.ladders.map(\.parties.left) == ["requester", "RES", "Client"])
    #expect(page.ladders.map(\.parties.right) == ["responser", "REQ", "Server"])
    #expect(page.ladders.map(\.table) == [1, 2, 3])
    #expect(page.ladders.map(\.line) == [11, 25, 41])
    #expect(page.ladders.map(\.rungs.count) == [6, 7, 4])
    #expect(page.ladders.map(\.isExhaustive) == [false, false, false])
    #expect(page.facts.isEmpty)
  }

  @Test func aLadderStandsUnderItsHeading() {
    #expect(page.title == "Three steps")
    #expect(page.ladders.map(\.heading) == ["1. Opening", "2. Data", "four steps"])
  }

  @Test func aLegendRowIsText() {
    #expect(
      page.unread == [
        Page.Unread(line: 16, text: "ACK only:lasthandshake"),
        Page.Unread(line: 16, text: "receive ACK, ready to send"),
        Page.Unread(line: 17, text: "SYN:synchronization"),
        Page.Unread(line: 17, text: "ACK: acknowledge"),
        Page.Unread(line: 18, text: "the connection is open now."),
        Page.Unread(line: 18, text: "_**three way hand Shake**_"),
      ])
    for rung in page.ladders[0].rungs[3...] {
      #expect(rung.cells.left.elements.isEmpty && rung.cells.right.elements.isEmpty)
    }
  }

  @Test func theHandshakeIsReadSegmentForSegment() {
    let cells = page.ladders[0].rungs.map(\.cells)
    #expect(cells[0].left.text == "SYN(SEQ:1000,ACK:-)")
    #expect(cells[0].left.column == 1 && cells[0].right.column == 2)
    let syn = SegmentPattern(flags: .syn, sequence: .literal(1000), acknowledgment: .absent)
    #expect(cells[0].left.segment == syn)
    #expect(cells[0].right == Cell(text: "...listening", column: 2))
    #expect(cells[1].right.segment?.flags == [.syn, .ack])
    #expect(cells[2].left.segment?.acknowledgment == .number(.literal(2001)))
  }

  @Test func aLossMayBeToldInTheRowAfter() {
    let cells = page.ladders[1].rungs.map(\.cells)
    let again = SegmentPattern(sequence: .literal(1401), length: 100)
    #expect(cells[0].left.segment == SegmentPattern(sequence: .literal(1301), length: 100, isData: true))
    #expect(cells[1].right.segment == SegmentPattern(acknowledgment: .number(.literal(1401))))
    #expect(cells[2].left.segment == again && cells[2].right.elements.isEmpty)
    #expect(cells[3].left.elements.isEmpty && cells[3].right.isLost)
    #expect(cells[4].left.isTimeout && cells[4].right.elements.isEmpty)
    #expect(cells[5].left.segment == again)
    #expect(cells[6].right.segment == SegmentPattern(acknowledgment: .number(.literal(1501))))
  }

  @Test func whatIsNoTableIsKeptLineForLine() {
    guard case .prose(let lines, let line) = page.blocks[0] else {
      Issue.record("the page begins with prose")
      return
    }
    #expect(line == 1)
    #expect(
      lines
        == ThreeSteps.page.split(separator: "\n", omittingEmptySubsequences: false).prefix(10).map(
          String.init))
    #expect(page.blocks.count == 7)
  }
}
