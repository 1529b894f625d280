import Chance
import Documents
import Kinds
import Notations
import TCP
import Testing

/// The writing of ladders as packetdrill scripts.
@Suite(.tags(.pure)) struct WrittenScriptTests {
  private func ladder(_ rows: String) throws -> Ladder {
    let page = try Page(reading: "| client | server |\n| - | - |\n" + rows, name: "page.md")
    return try #require(page.ladders.first)
  }

  private func script(_ rows: String, of party: Party) throws -> WrittenScript {
    try ladder(rows).script(of: party, page: "page.md")
  }

  /// The events behind the calls that make the socket.
  private func events(_ rows: String, of party: Party, from first: Int = 4) throws -> [String] {
    let script = Script(reading: try script(rows, of: party).text, name: "page.pkt")
    #expect(script.unread.isEmpty, "\(script.unread)")
    return script.events.dropFirst(first).map(\.text)
  }

  private static let pages = BuiltInPages.everyPage.map(\.id)

  @Test(arguments: pages) func aScriptOfABuiltInPageIsReadWhole(id: String) throws {
    for ladder in try #require(BuiltInPages.page(id)).read().ladders {
      for party in Party.allCases {
        let text = try ladder.script(of: party, page: id).text
        let script = Script(reading: text, name: id)
        #expect(script.unread.isEmpty, "\(script.unread)\n\(text)")
        #expect(text.split(separator: "\n").count { !$0.hasPrefix("//") } == script.events.count)
      }
    }
  }

  /// Whatever a ladder says, its script is one.
  @Test func anyScriptIsReadWhole() {
    var random = SplitMix64(seed: 1)
    var count = 0
    for _ in 0..<2000 {
      let ladder = random.ladder()
      for party in Party.allCases {
        guard let text = try? ladder.script(of: party, page: "page.md").text else { continue }
        let script = Script(reading: text, name: "page.pkt")
        // A ladder may begin with a step that cannot be written.
        let isEmpty = text.split(separator: "\n").allSatisfy { $0.hasPrefix("//") }
        #expect(script.unread.isEmpty || isEmpty, "\(script.unread)\n\(text)")
        count += 1
      }
    }
    #expect(count > 100)
  }

  @Test func oneEndStaysAndTheOtherIsInjected() throws {
    let rows = "| SYN | |\n| | SYN+ACK |\n| ACK | |\n| data(100bytes) | |\n| | ACK |\n"
    let opening = "<mss 1460,sackOK,nop,nop,nop,wscale 8>"
    #expect(
      try events(rows, of: .right) == [
        "+0 < S 0:0(0) win 65535 \(opening)", "+0 > S. 0:0(0) ack 1 <...>", "+0 < . 1:1(0) ack 1 win 1024",
        "+0 accept(3, ..., ...) = 4", "+0 < P. 1:101(100) ack 1 win 1024", "+0 > . 1:1(0) ack 101 <...>",
      ])
    #expect(
      try events(rows, of: .left) == [
        "+0 > S 0:0(0) <...>", "+0 < S. 0:0(0) ack 1 win 65535 \(opening)", "+0 > . 1:1(0) ack 1 <...>",
        "+0 write(3, ..., 100) = 100", "+0 > P. 1:101(100) ack 1 <...>", "+0 < . 1:1(0) ack 101 win 1024",
      ])
  }

  /// Each kernel acknowledges what the page leaves to it.
  @Test func dataThatLeaveWithTheFinAreWrittenBeforeItsCall() throws {
    let rows = "| SYN | |\n| | SYN+ACK |\n| ACK | |\n| FIN(100bytes) | |\n| | ACK |\n"
    #expect(
      try events(rows, of: .left, from: 7)
        == [
          "+0 send(3, ..., 100, MSG_MORE) = 100", "+0 close(3) = 0", "+0 > F. 1:101(100) ack 1 <...>",
          "+0 < . 1:1(0) ack 102 win 1024",
        ])
  }

  @Test func acksThatThePageDoesNotShowAreWritten() throws {
    let rows =
      "| SYN | |\n| | SYN+ACK |\n| ACK | |\n| data(100bytes) | |\n| data(100bytes) | |\n| | data(50bytes) |\n"
    #expect(
      try events(rows, of: .right, from: 8) == [
        "+0 < P. 1:101(100) ack 1 win 1024", "+0 > . 1:1(0) ack 101 <...>",
        "+0 < P. 101:201(100) ack 1 win 1024",
        "+0 > . 1:1(0) ack 201 <...>", "+0 write(4, ..., 50) = 50", "+0 > P. 1:51(50) ack 201 <...>",
      ])
    #expect(
      try events(rows, of: .left, from: 7) == [
        "+0 write(3, ..., 100) = 100", "+0 > P. 1:101(100) ack 1 <...>", "+0 write(3, ..., 100) = 100",
        "+0 < . 1:1(0) ack 101 win 1024", "+0 > P. 101:201(100) ack 1 <...>",
        "+0 < P. 1:51(50) ack 201 win 1024",
      ])
  }

  @Test func whatIsLostIsNotInjectedAndIsSentAgain() throws {
    let rows =
      "| data(SEQ:500,100bytes) | lost |\n| timeout | |\n| data(SEQ:500,100bytes) | |\n| | ACK:600 |\n"
    #expect(
      try events(rows, of: .left, from: 7) == [
        "+0 write(3, ..., 100) = 100", "+0 > P. 1:101(100) ack 1 <...>",
        "+0.2~+0.3 > P. 1:101(100) ack 1 <...>",
        "+0 < . 1:1(0) ack 101 win 1024",
      ])
    #expect(
      try events(rows, of: .right, from: 8) == [
        "+0.2 < P. 1:101(100) ack 1 win 1024", "+0 > . 1:1(0) ack 101 <...>",
      ])
  }

  @Test func statesAreAssertionsWhereThereIsADescriptor() throws {
    let rows = "| [ESTABLISHED] | [ESTABLISHED] |\n| close() FIN [FIN_WAIT_1] | |\n| | ACK [CLOSE_WAIT] |\n"
    let server = try script(rows, of: .right)
    #expect(server.unwritten.isEmpty)
    #expect(server.text.contains("+0 %{ assert tcpi_state == TCP_ESTABLISHED }%\n"))
    #expect(server.text.hasSuffix("+0 %{ assert tcpi_state == TCP_CLOSE_WAIT }%\n"))
    let client = try script(rows, of: .left)
    #expect(client.unwritten.map(\.line) == [4])
    #expect(client.unwritten.map(\.reason) == [.stateWithoutDescriptor(.finWait1)])
    #expect(!client.text.contains("TCP_FIN_WAIT1"))
  }

  @Test func whatARemarkHoldsIsNoEvent() throws {
    let ladder = try ladder("| SYN | |\n| | SYN+ACK |\n")
    let plain = try ladder.script(of: .right, page: "page.md").text
    for end in ["\n", "\r\n", "\u{0B}", "\u{2028}"] {
      let text = try ladder.script(
        of: .right, page: "page.md", remarks: ["a name\(end)0 `touch nothing`"]
      ).text
      #expect(text.hasSuffix(plain) && text.dropLast(plain.count).hasPrefix("// a name"), "\(text)")
      #expect(text.dropLast(plain.count).split(whereSeparator: \.isNewline).count == 1, "\(text)")
    }
  }

  @Test func aStepThatNoScriptHasEndsIt() throws {
    let rows =
      "| SYN(SEQ:400) (arrives later) | [LISTEN] |\n| SYN(SEQ:70) (old duplicate) | |\n| | SYN+ACK |\n"
    let written = try script(rows, of: .right)
    #expect(written.unwritten.map(\.reason) == [.oldSyn])
    #expect(Script(reading: written.text, name: "page.pkt").events.count == 4)
  }
}
