import Claims
import Documents
import Kinds
import MadeCaptures
import Notations
import Testing

/// The reason for the end of a connection, as the lines of tcpdump and tshark in a text tell it.
@Suite(.tags(.pure)) struct EndingOfTextTests {
  private static let opening = """
    09:00:00.000100 IP 192.0.2.1.40000 > 192.0.2.2.80: Flags [S], seq 1000, win 64240, length 0
    09:00:00.000150 IP 192.0.2.2.80 > 192.0.2.1.40000: Flags [S.], seq 5000, ack 1001, win 65160, length 0
    09:00:00.000200 IP 192.0.2.1.40000 > 192.0.2.2.80: Flags [.], ack 1, win 512, length 0

    """

  /// The opening, and lines of each end without their times and addresses.
  private static func text(_ lines: String...) -> String {
    let ends = (left: "192.0.2.1.40000", right: "192.0.2.2.80")
    return opening
      + lines.map { line in
        let (from, to) = line.first == ">" ? (ends.left, ends.right) : (ends.right, ends.left)
        return "IP \(from) > \(to): Flags \(line.dropFirst(2))\n"
      }.joined()
  }

  @Test func aTextWithoutLengthsIsUndecidedBehindAnRST() throws {
    let lines = ["> [P.], ack 1", "< [R.], seq 1, ack 1"]
    let found = try Ending(ofText: Self.text(lines[0], lines[1]))
    #expect(found.kind == .undecided && found.party == .right)
    #expect(found.remarks.contains(.untold(.lengths)))
    #expect(found.proofs.map(\.packets) == [[5]])
  }

  /// The length is what is between the number of a segment and the next one, or what the other end acknowledges.
  @Test func aLengthThatTheNumbersProveIsKnown() throws {
    let found = try Ending(ofText: Self.text("> [P.], seq 1, ack 1", "< [.], ack 6", "< [R.], seq 1, ack 6"))
    #expect(found.kind == .unreadData && found.isInferred)
    #expect(found.proofs.first?.octets == 5)
  }

  @Test func aTextWithoutNumbersIsUndecidedBehindAnRST() throws {
    let found = try Ending(
      ofText: Self.text("> [P.], ack 1, length 5", "> [P.], ack 1, length 5", "< [R.], seq 1, ack 6"))
    #expect(found.kind == .undecided && found.remarks.contains(.untold(.numbers)))
  }

  @Test func anACKWithoutANumberThatBringsNothingNewMayBeAProbe() throws {
    let data = "> [P.], seq 1:6, ack 1, win 512, length 5"
    let answer = "< [P.], seq 1:4, ack 6, win 512, length 3"
    let (ack, rst) = ("> [.], ack 4, win 512, length 0", "> [R.], seq 6, ack 4, length 0")
    #expect(try Ending(ofText: Self.text(data, answer, ack, rst)).kind == .unreadData)
    let found = try Ending(ofText: Self.text(data, answer, ack, ack, rst))
    #expect(found.kind == .undecided && found.remarks.contains(.untold(.probes)))
  }

  @Test func withoutTimesNoLengthOfTimeIsTold() throws {
    let syn = "IP a.1 > b.2: Flags [S], seq 5, win 100, length 0\n"
    let found = try Ending(ofText: syn + syn)
    #expect(found.kind == .noAnswer && found.proofs.map(\.nanoseconds) == [nil, nil])
    let timed = try Ending(ofText: "09:00:01.5 \(syn)09:00:02.5 \(syn)")
    #expect(timed.proofs.map(\.nanoseconds) == [nil, 1_000_000_000])
  }

  @Test(arguments: [
    "IP 192.0.2.254 > 192.0.2.1: ICMP host 192.0.2.2 unreachable, length 68",
    "3 0.002 192.0.2.254 192.0.2.1 ICMP 102 Destination unreachable (Host unreachable)",
  ]) func anICMPErrorIsRead(line: String) throws {
    let syn = "IP 192.0.2.1.40000 > 192.0.2.2.80: Flags [S], seq 1000, win 64240, length 0\n"
    let found = try Ending(ofText: syn + syn + line + "\n")
    #expect(found.kind == .unreachable && found.proofs.map(\.packets) == [[1], [3]])
  }

  @Test func rowsOfTheProtocolAboveTCPAreData() throws {
    let found = try Ending(
      ofText: """
        1 0.000 10.0.0.1 10.0.0.2 TCP 74 51500 → 80 [SYN] Seq=0 Win=64240 Len=0
        2 0.001 10.0.0.2 10.0.0.1 TCP 74 80 → 51500 [SYN, ACK] Seq=0 Ack=1 Win=65160 Len=0
        3 0.002 10.0.0.1 10.0.0.2 TCP 66 51500 → 80 [ACK] Seq=1 Ack=1 Win=64512 Len=0
        4 0.003 10.0.0.1 10.0.0.2 HTTP 140 GET / HTTP/1.1
        5 0.004 10.0.0.2 10.0.0.1 TCP 66 80 → 51500 [ACK] Seq=1 Ack=75 Win=65160 Len=0
        6 0.005 10.0.0.2 10.0.0.1 TCP 66 80 → 51500 [RST, ACK] Seq=1 Ack=75 Win=65160 Len=0
        """)
    #expect(found.kind == .unreadData && found.proofs.first?.octets == 74)
    #expect(found.proofs.map(\.packets) == [[4], [6]])
  }

  @Test func eachFenceIsACaptureOfItsOwn() throws {
    let fence = "```\n\(Self.text("> [F.], seq 1, ack 1, length 0"))```\n"
    let capture = try #require(TextCapture.capture(in: "# Two\n\n\(fence)\nand again\n\n\(fence)"))
    #expect(capture.isText && capture.connections.map(\.count) == [4, 4])
    #expect(capture.connections.map(\.names.left) == ["192.0.2.1:40000", "192.0.2.1:40000"])
    #expect(capture.connections[1].segments[0].number == 13)
  }

  @Test func thePortsOfAConnectionThatEndedMayBeUsedAgain() throws {
    let refused = [
      "1 0.0 1.1.1.1 2.2.2.2 TCP 60 5 → 80 [SYN] Seq=0 Len=0",
      "2 0.1 2.2.2.2 1.1.1.1 TCP 60 80 → 5 [RST, ACK] Seq=1 Ack=1 Len=0",
    ]
    let again = refused[0].replacing("5 →", with: "[TCP Port numbers reused] 5 →")
    let capture = try #require(
      TextCapture.capture(in: (refused + [again, refused[1]]).joined(separator: "\n")))
    #expect(capture.connections.map(\.count) == [2, 2] && capture.connections[0].successor == 2)
  }

  @Test(arguments: ["", "# A page\n\nThe client sends SYN > server.\n", "IP a.1 > b.2: Flags [S], seq 5\n"])
  func aTextWithoutAConnectionIsNone(text: String) {
    #expect(TextCapture.capture(in: text) == nil)
  }
}
