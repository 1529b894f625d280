import Documents
import Kinds
import Notations
import Testing

/// Lines of tcpdump, tshark and Wireshark.
@Suite(.tags(.pure)) struct CaptureTextTests {
  @Test func tcpdumpsLinesAreRead() throws {
    let text = """
      ```
      09:01:13.200145 IP 10.0.0.1.60218 > 10.0.0.2.80: Flags [S], seq 771204411, win 65495, options [mss 65495], length 0
      09:01:13.200158 IP 10.0.0.2.80 > 10.0.0.1.60218: Flags [S.], seq 3000000000, ack 771204412, win 65483, length 0
      09:01:13.200170 IP 10.0.0.1.60218 > 10.0.0.2.80: Flags [.], ack 1, win 512, length 0
      09:01:13.200201 IP 10.0.0.1.60218 > 10.0.0.2.80: Flags [P.], seq 1:11, ack 1, win 512, length 10
      ```
      """
    let page = try Page(reading: text, name: "page.md")
    #expect(
      page.ladders.map(\.told) == [
        [
          "SYN(SEQ:771204411) | ", " | SYN+ACK(SEQ:3000000000,ACK:771204412)", "ACK(ACK:3000000001) | ",
          "PSH+ACK(SEQ:771204412,ACK:3000000001, 10bytes) | ",
        ]
      ])
    #expect(page.ladders[0].parties == Both(left: "10.0.0.1", right: "10.0.0.2"))
  }

  @Test func itsOldFormIsRead() throws {
    #expect(
      try rows(
        "    IP a.1025 > b.23: S 100:100(0) win 512\n    IP b.23 > a.1025: S 300:300(0) ack 101 win 512\n    IP a.1025 > b.23: . ack 301\n"
      )
        == [["SYN(SEQ:100) | ", " | SYN+ACK(SEQ:300,ACK:101)", "ACK(ACK:301) | "]])
  }

  @Test func wiresharksColumnsAreRead() throws {
    let text = """
      ```
      No.   Time     Source      Destination Protocol  Info
      1     0.000    10.3.0.8    10.3.0.9    TCP       51500 → 6379 [SYN] Seq=0 Win=64240 Len=0
      2     0.001    10.3.0.9    10.3.0.8    TCP       6379 → 51500 [SYN, ACK] Seq=0 Ack=1 Win=65160 Len=0
      3     0.004    10.3.0.8    10.3.0.9    TCP       51500 → 6379 [ACK] Seq=1 Ack=1 Len=0
      4     0.005    10.3.0.8    10.3.0.9    HTTP      GET / HTTP/1.1
      ```
      """
    #expect(
      try rows(text) == [["SYN(SEQ:0) | ", " | SYN+ACK(SEQ:0,ACK:1)", "ACK(SEQ:1,ACK:1) | ", "data | "]])
  }

  @Test func smallNumbersAreRelativeWhereTheFirstOneShowsIt() throws {
    let lines = [
      "1 > b.2: Flags [S], seq 100", "2 > a.1: Flags [S.], seq 500, ack 101", "1 > b.2: Flags [.], ack",
    ]
    func told(_ last: String) throws -> String? {
      try rows("```\nIP a.\(lines[0])\nIP b.\(lines[1])\nIP a.\(lines[2]) \(last)\n```\n").first?.last
    }
    #expect(try told("1") == "ACK(ACK:501) | ")
    #expect(try told("501") == "ACK(ACK:501) | ")
  }

  @Test func aSYNThatComesAgainWasLost() throws {
    let syn = "IP a.1 > b.2: Flags [S], seq 5\n"
    #expect(
      try rows("```\n\(syn)\(syn)IP b.2 > a.1: Flags [S.], seq 9, ack 6\n```\n")
        == [["SYN(SEQ:5) | lost", "SYN(SEQ:5) | ", " | SYN+ACK(SEQ:9,ACK:6)"]])
  }

  @Test func eachConnectionIsALadder() throws {
    let lines = (1...2).flatMap { port in
      [
        "IP 1.1.1.1.\(port) > 2.2.2.2.80: Flags [S], seq 5",
        "IP 2.2.2.2.80 > 1.1.1.1.\(port): Flags [R.], seq 0, ack 6",
      ]
    }
    let told = try rows(
      "```\n" + [lines[0], lines[2], lines[1], lines[3]].joined(separator: "\n") + "\n```\n")
    #expect(
      told == [
        ["SYN(SEQ:5) | [CLOSED]", " | RST+ACK(SEQ:0,ACK:6)"],
        ["SYN(SEQ:5) | [CLOSED]", " | RST+ACK(SEQ:0,ACK:6)"],
      ])
  }
}
