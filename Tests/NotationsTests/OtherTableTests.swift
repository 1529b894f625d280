import Documents
import Kinds
import Notations
import Testing

/// Tables with words of TCP's that are no ladder.
@Suite(.tags(.pure)) struct OtherTableTests {
  static let noLadders = [
    "| State | Event | Next state |\n|-|-|-|\n| CLOSED | send SYN | SYN_SENT |\n| SYN_SENT | receive SYN+ACK | ESTABLISHED |\n| ESTABLISHED | send FIN | FIN_WAIT_1 |",
    "| From | To | Trigger |\n|-|-|-|\n| CLOSED | SYN_SENT | connect() |\n| SYN_SENT | ESTABLISHED | SYN+ACK |",
    "| Flag | Used by | Meaning |\n|-|-|-|\n| SYN | client | opens |\n| ACK | both | acknowledges |\n| FIN | server | closes |",
    "| State | Who | Meaning |\n|-|-|-|\n| SYN_SENT | client | SYN was sent |\n| SYN_RCVD | server | SYN received, SYN+ACK sent |",
    "| Attack | Flags | Direction |\n|-|-|-|\n| flood | SYN | attacker → victim |\n| injection | RST | attacker → victim |",
    "| Rule | Flags | Direction |\n|-|-|-|\n| allow | SYN | in → out |\n| deny | FIN,SYN | out → in |",
    "| from | to | flags |\n|-|-|-|\n| A | B | SYN |\n| B | A | SYN, ACK |\n| A | C | SYN |",
    "| with the rule | without it |\n|-|-|\n| SYN → | SYN → |\n| ← SYN+ACK (2 ms) | (nothing) |\n| ACK → | SYN again → |",
    "| Feature | opening | close |\n|-|-|-|\n| Flags | SYN, ACK | FIN, ACK |\n| Segments | 3 | 4 |",
    "| RFC | Linux |\n|-|-|\n| SYN-SENT | SYN_SENT |\n| FIN-WAIT-1 | FIN_WAIT1 |\n| CLOSE-WAIT | CLOSE_WAIT |",
    "| Local | Remote | State |\n|-|-|-|\n| 10.0.0.1:80 | 10.0.0.2:5000 | ESTABLISHED |\n| 10.0.0.1:80 | 10.0.0.3:5001 | TIME_WAIT |",
  ]
  @Test(arguments: noLadders.indices) func aTableOfSomethingElseIsNoLadder(index: Int) throws {
    let page = try Page(
      reading: "| a | b |\n|-|-|\n| SYN | |\n| | SYN+ACK |\n\n" + Self.noLadders[index], name: "page.md")
    #expect(page.ladders.count == 1, "\(page.ladders.last?.rungs ?? [])")
  }
}
