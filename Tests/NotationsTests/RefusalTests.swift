import Documents
import Notations
import Kinds
import Testing

/// A page without a ladder is refused with every table of it, and with all that looks like one.
@Suite(.tags(.pure)) struct RefusalTests {
  private func refusal(_ text: String) throws -> PageError {
    do {
      _ = try Page(reading: text, name: "page.md")
    } catch { return error }
    Issue.record("the page was read")
    throw CancellationError()
  }

  @Test func everyTableIsNamedWithItsLineItsHeadingsAndTheReason() throws {
    let refused = try refusal(
      """
      # A page

      | client | server |
      | ------ | ------ |
      | SYN, seq=u+v | |
      | | SYN, ACK, ack=u+v+1 |

      | part | page |
      | ---- | ---- |
      | one  | 1    |

      | step | flags |
      | ---- | ----- |
      | 1 | SYN |

      ```mermaid
      stateDiagram-v2
        LISTEN --> SYN_RCVD
      ```
      """)
    #expect(refused.line == 3)
    let lines = refused.message.split(separator: "\n").map(String.init)
    #expect(
      lines[1]
        == "line 3: `client | server`: not a ladder: it does not have two columns with readable segments, calls or states; "
        + "the first cell that looks like a segment is `SYN, seq=u+v` in line 5")
    #expect(lines[2].hasPrefix("line 8: `part | page`: not a ladder: it does not have two columns"))
    #expect(lines[3].hasPrefix("line 12: `step | flags`: not a ladder: "))
    #expect(lines[4].hasPrefix("line 16: `LISTEN --> SYN_RCVD`: a Mermaid diagram"))
    #expect(lines[5].hasPrefix("tcpprobe expects the steps of one connection between two parties"))
    #expect(lines.last?.hasPrefix("For a timer or an errno") == true)
  }

  @Test func whyATableIsNoLadderIsSaid() throws {
    for (table, reason) in [
      (
        "a | b\n-|-\nSYN|SYN\nACK|SYN again",
        "both columns begin with a SYN, but this is not a simultaneous open"
      ),
      ("step | what\n-|-\none|SYN\ntwo|SYN+ACK", "only one column contains segments or calls"),
      ("a | b | c\n-|-|-\nSYN|ACK|FIN", "3 columns contain segments, calls or states"),
      ("A | B\n-|-\nCLOSED|LISTEN", "only states"),
      (
        "Flaggen | Nummern\n-|-\nSYN|seq=x\nSYN+ACK|seq=y, ack=x+1", "the column `Nummern` holds only numbers"
      ),
    ] {
      let refused = try refusal(table)
      #expect(refused.line == 1 && refused.message.contains(reason), "\(refused)")
    }
  }

  @Test(arguments: ["flags", "Flag", "seq", "ACK", "numbers", "details", "message", "info"])
  func aColumnOfFieldsIsNoParty(header: String) throws {
    let page = """
      | way | \(header) | what |
      | --- | --- | --- |
      | a → b | SYN | [SYN_SENT] |
      | b → a | SYN+ACK | [SYN_RECV] |
      """
    #expect(try Page(reading: page, name: "page.md").ladders.map(\.parties) == [Both(left: "a", right: "b")])
  }

  @Test func aColumnWhoseOnlyStepIsMisspelledIsTheOtherPartys() throws {
    let page = try Page(reading: "a | b\n-|-\nSYN|\n|SYN+AKC\nACK|", name: "page.md")
    #expect(page.ladders.first?.rungs[1].cells.right.unreadText != nil)
    #expect(page.unread.map(\.description) == ["SYN+AKC (did you mean SYN+ACK?)"])
    #expect(try refusal("a | b\n-|-\nSYN|\n|perhaps").message.contains("only one column"))
  }

  @Test func twoPartiesMayOpenAtTheSameTime() throws {
    let page = try Page(reading: "a | b\n-|-\nSYN|SYN\nSYN+ACK|SYN+ACK", name: "page.md")
    #expect(page.ladders.count == 1 && page.unread.isEmpty)
  }
}
