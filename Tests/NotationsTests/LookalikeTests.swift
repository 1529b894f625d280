import Documents
import Notations
import Kinds
import Testing

/// Parts of a page that look like TCP are read, or named with their lines. What is about something else is not.
@Suite(.tags(.pure)) struct LookalikeTests {
  static let ladder = "| client | server |\n| --- | --- |\n| SYN | |\n| | SYN+ACK |\n| ACK | |\n"

  /// The page that has this behind a ladder and an empty line: its line is 7.
  private func page(_ block: String) throws -> Page {
    try Page(reading: Self.ladder + "\n" + block + "\n", name: "page.md")
  }

  static let read: [(block: String, rows: [String])] = [
    (
      "```mermaid\nsequenceDiagram\n  C->>S: FIN (seq=5)\n  S->>C: ACK (ack=9)\n```",
      ["FIN(SEQ:5) | ", " | ACK(ACK:9)"]
    ),
    (
      "```\nsequenceDiagram\n  C->>S: FIN\n```",
      ["FIN | "]
    ),
    (
      "```plantuml\nA -> B : SYN\nB -> A : SYN, ACK\n```",
      ["SYN | ", " | SYN+ACK"]
    ),
    (
      "```\n@startuml\nA -> B : SYN\n@enduml\n```",
      ["SYN | "]
    ),
    (
      "~~~\nA              B\n|--- SYN ------>|\n|<-- SYN+ACK ---|\n~~~",
      ["SYN | ", " | SYN+ACK"]
    ),
    (
      "```\n    |      SYN        |\n    |---------------->|\n    |    SYN-ACK      |\n    |<----------------|\n```",
      ["SYN | ", " | SYN+ACK"]
    ),
    (
      "```text\n1.  CLOSED                          LISTEN\n2.  SYN-SENT    --> <SEQ=100><CTL=SYN>  --> SYN-RECEIVED\n"
        + "3.  ESTABLISHED <-- <SEQ=300><ACK=101><CTL=SYN,ACK>  <-- SYN-RECEIVED\n```",
      [
        "[CLOSED] | [LISTEN]", "SYN(SEQ:100) [SYN_SENT] | [SYN_RECV] (received)",
        "[ESTABLISHED] (received) | SYN+ACK(SEQ:300,ACK:101) [SYN_RECV]",
      ]
    ),
    (
      "    A --- FIN ---> B\n    A <--- ACK --- B",
      ["FIN | ", " | ACK"]
    ),
    (
      "1. C → S: SYN, seq=x\n2. S → C: SYN, ACK, ack=x+1",
      ["SYN(SEQ:x) | ", " | SYN+ACK(ACK:x+1)"]
    ),
    (
      "Words.\n\n- 客户端 → 服务器：SYN=1\n\n- 服务器 → 客户端：SYN=1，ACK=1",
      ["SYN | ", " | SYN+ACK"]
    ),
    (
      "```\nIP 10.0.0.1.4 > 10.0.0.2.80: Flags [S], seq 1\nIP 10.0.0.2.80 > 10.0.0.1.4: Flags [S.], seq 9, ack 2\n```",
      ["SYN(SEQ:1) | ", " | SYN+ACK(SEQ:9,ACK:2)"]
    ),
    (
      "```\n1  0.000  10.3.0.8  TCP  51500 → 6379 [FIN, ACK] seq=800\n2  0.001  10.3.0.9  TCP  6379 → 51500 [ACK] seq=4\n```",
      ["FIN+ACK(SEQ:800) | ", " | ACK(SEQ:4)"]
    ),
    (
      "{{< mermaid >}}\nsequenceDiagram\n  A->>B: SYN\n{{< /mermaid >}}",
      ["SYN | "]
    ),
    (
      "A SYN and an RST are sent.\n\n    A --- SYN ---> B\n    A <--- RST --- B",
      ["SYN | [CLOSED]", " | RST"]
    ),
    (
      "```c\n// A --- SYN ---> B\n// B --- SYN+ACK ---> A\n```",
      ["SYN | ", " | SYN+ACK"]
    ),
    (
      "| a | b |\n| - | - |\n| FIN=1, seq=u | |\n| | ACK=1, ack=u+7 |",
      ["FIN(SEQ:u) | ", " | ACK(ACK:u+7)"]
    ),
    (
      "| # | way | flags | number |\n| - | - | - | - |\n| 1 | A → B | SYN | 1000 |\n| 2 | B → A | SYN+ACK (SA) | 9 |",
      ["SYN | ", " | SYN+ACK"]
    ),
    (
      "| no | way | flags |\n| - | - | - |\n| 1 | a → b | FIN |\n| 2 | b → a | RST |",
      ["FIN | ", " | RST"]
    ),
    (
      "| who | flag | call |\n| - | - | - |\n| a | SYN | `connect()` |\n| b | SYN, ACK | by itself |\n| a | ACK | |",
      ["SYN | ", " | SYN+ACK", "ACK | "]
    ),
  ]
  @Test(arguments: read.indices) func anExchangeInAnyNotationIsRead(index: Int) throws {
    let (block, rows) = Self.read[index]
    let page = try page(block)
    #expect(page.ladders.dropFirst().map(\.told) == [rows], "\(block)")
    #expect(page.unread.isEmpty, "\(block)")
  }

  static let named: [(block: String, line: Int, name: String)] = [
    (
      "```mermaid\nstateDiagram-v2\n  [*] --> LISTEN\n  LISTEN --> SYN_RCVD\n```", 7, "Mermaid diagram"
    ),
    (
      "> | a | b |\n> | - | - |\n> | SYN | |\n> | | SYN+ACK |", 9, "table"
    ),
    (
      "| a | b |\n| - | - |\n| SYN | SYN |\n| ACK | SYN again |", 7, "two cases"
    ),
    (
      "| flags | why |\n| - | - |\n| SYN | the client asks |\n| SYN+ACK | the server agrees |\n| ACK | and so it is |",
      7, "two columns with readable"
    ),
    (
      "| from | event | action | to |\n| - | - | - | - |\n| CLOSED | active OPEN | snd SYN | SYN-SENT |\n"
        + "| SYN-SENT | rcv SYN | snd SYN,ACK | SYN-RCVD |", 7, "only states"
    ),
    (
      "```\n| a | b |\n| - | - |\n| SYN | |\n| | SYN+ACK |\n```", 7, "table"
    ),
  ]
  @Test(arguments: named.indices) func whatLooksLikeTCPAndIsNotReadIsNamedWithItsLine(index: Int) throws {
    let (block, line, name) = Self.named[index]
    let page = try page(block)
    #expect(page.ladders.count == 1, "\(block)")
    #expect(page.unread.map(\.line) == [line], "\(block)")
    #expect(page.unread.first?.note?.contains(name) == true, "\(page.unread)")
  }

  /// Exchanges of which each flag is misspelled, with the lines that are told.
  static let misspelled: [(block: String, lines: [Int])] = [
    ("```mermaid\nsequenceDiagram\nA->>B: SNY\nB->>A: SNY+AKC\nA->>B: AKC\n```", [8, 9, 10, 11]),
    ("```plantuml\nA -> B: FINN\nB -> A: AKC\n```", [8, 8, 9]),
    ("```\nA              B\n|---- SNY ---->|\n|<-- SNY+AKC --|\n```", [8, 9, 10]),
    ("```\nA              B\n|---- FINN --->|\n|<--- ACK -----|\n```", [9]),
    ("    A ---- SNY ----> B\n    A <-- SNY+AKC -- B", [7, 7, 8]),
    ("- A -> B: SNY\n- B -> A: SNY+AKC", [7, 7, 8]),
    ("1. The client sends a SNY.\n2. The server sends a SNY+AKC.", [7, 7, 8]),
    ("```mermaid\nflowchart LR\nA -->|SNY| B\nB -->|SNY+AKC| A\n```", [7]),
    ("1. SYN-SENT --> <SEQ=1><CTL=SNY> --> SYN-RECEIVED", [7, 7]),
    ("| client | server |\n|-|-|\n| SNY | |\n| | SNY+AKC |\n| AKC | |", [7]),
    ("| way | flags |\n|-|-|\n| A → B | SNY |\n| B → A | SNY, AKC |", [7]),
    (
      "<table><tr><th>a</th><th>b</th></tr><tr><td>SNY</td><td></td></tr><tr><td></td><td>SNY+AKC</td></tr></table>",
      [7]
    ),
  ]
  @Test(arguments: misspelled.indices) func anExchangeOfMisspelledFlagsIsTold(index: Int) throws {
    let (block, lines) = Self.misspelled[index]
    let unread = try page(block).unread
    #expect(unread.map(\.line) == lines, "\(unread)")
    #expect(block.contains("flowchart") || unread.contains { $0.note?.contains("did you mean") == true })
  }

  @Test func aDrawingWithoutHeadsIsTold() throws {
    let unread = try page("```\nA               B\n|---- SYN ------|\n|---- SYN+ACK --|\n```").unread
    #expect(unread.map(\.line) == [7] && unread.first?.note?.contains("an ASCII diagram") == true)
  }

  @Test(arguments: [
    "- [Opening](#opening)\n- [Closing: FIN, ACK](#closing)\n- [States](#states)",
    "| TCP | UDP |\n| --- | --- |\n| handshake (SYN, SYN+ACK, ACK) | none |\n| ends with FIN | just stops |",
    "| protocol | reliable | header |\n| --- | --- | --- |\n| TCP | yes | 20 |\n| UDP | no | 8 |",
    "| question | answer |\n| --- | --- |\n| why does CLOSE_WAIT never go away? | nobody calls close() |\n"
      + "| which side gets TIME_WAIT? | the one that sends the first FIN |",
    "| change | visible as |\n| --- | --- |\n| tcp_rto_min_us, delayed ACK bounded by it | RTO floor |\n"
      + "| tcp_tw_reuse | reuse of a TIME_WAIT port |\n| tcp_ecn | flags of a SYN |",
    "| id | how a probe can tell |\n| --- | --- |\n| 1 | the SYN leaves during connect(), before accept() |\n"
      + "| 2 | flags exactly SYN; the first number is set to 1000 |",
    "| name | length |\n| --- | --- |\n| port | 16 |\n| window | 16 |",
    // Prose that names a segment now and then.
    "| id | claim | how a probe can tell | seen |\n| --- | --- | --- | --- |\n"
      + "| A1.2 | first segment: SYN, SEQ 1000, no ACK | flags exactly SYN | confirmed, at SEQ 1000 |\n"
      + "| A1.3 | second: SYN+ACK, SEQ 2000, ACK 1001 | the responder picks its own number | confirmed |",
    "| change | between | visible as |\n| --- | --- | --- |\n| tcp_syn_linear_timeouts | 6.1, 6.12 | the SYN schedule |\n"
      + "| tcp_rto_max_ms | 6.12, 6.18 | the cap of the timeout |\n| struct tcp_info grows | 6.1 | length |\n"
      + "| window | 6.12 | out-of-window segments |\n| full accept queue | 4.10 | no SYN+ACK |",
    "| file | what happens | right |\n| --- | --- | --- |\n| 04 `SYN packet` | two are wrong | one |\n"
      + "| 05 `SYN=1, ACK=1, ack=x+1` | not named | flags |\n| states by stage | refused | a ladder |\n"
      + "| a list | refused | a list |\n| a picture | refused | a picture |",
    // What each flag means.
    "| flag | meaning |\n| --- | --- |\n| SYN | asks for a connection |\n| FIN | no more data |\n| RST | ends it |",
    // What each call does.
    "| call | does |\n| --- | --- |\n| `close()` | ends both directions |\n| `shutdown(WR)` | ends one |",
    // A word that is near one of the notation's, beside a state.
    "| observer | misses | needs |\n| --- | --- | --- |\n| getsockopt | TIME_WAIT (says CLOSE) | nothing |\n"
      + "| AF_PACKET | offload | a right |",
    // How a page is written.
    "```markdown\n| client | server |\n| ------ | ------ |\n| SYN    |        |\n|        | SYN+ACK |\n```",
    "The client sends a SYN, the server answers with SYN+ACK,\nand the client's ACK ends the handshake.",
    "1. The client sends a SYN.\n2. The server answers with a SYN+ACK.\n3. The client sends an ACK.",
    "The states go SYN_SENT → ESTABLISHED.",
    "```c\nif (th->syn && th->ack)\n  tcp_set_state(sk, TCP_SYN_RECV);\nelse if (sk->sk_state == TCP_FIN_WAIT1)\n  return 0;\n```",
    "```c\nth->flags |= SYN;\nth->flags |= ACK;\np->state = FIN_WAIT_1;\n```",
    "```rust\nmatch state {\n    SYN => reply(),\n    ACK => open(),\n}\n```",
    "```swift\nfunc close() -> Int { 0 }\nlet x = a->b\n```",
    "```sh\nss -tan state syn-sent\ntcpdump 'tcp[tcpflags] & tcp-syn != 0'\n```",
    "```mermaid\nsequenceDiagram\n  A->>B: POST\n  B->>A: PUSH\n  A->>B: BACK\n```",
    "| function | of |\n| --- | --- |\n| SIN | x |\n| ASK | y |\n| FIND | z |",
    "SYN\n----\n\nFIN\n----\n",
    "- SYN --- asks for a connection\n- FIN --- ends it",
    "```mermaid\nsequenceDiagram\n  Alice->>Bob: Hello\n  Bob-->>Alice: Hi\n```",
    "```\nDISCOVER --> server\nOFFER    <-- server\nACK      <-- server\nACK      <-- server\n```",
    "```\nCLOSED --> OPEN\nOPEN --> CLOSED\n```",
    "<!--\nA -> B: SYN\nB -> A: SYN+ACK\n-->",
  ])
  func whatIsAboutSomethingElseIsNotTold(block: String) throws {
    let unread = try page(block).unread
    #expect(unread.isEmpty, "\(unread)")
  }

  @Test(arguments: (BuiltInPages.all + BuiltInPages.demonstrations).map(\.id))
  func ofABuiltInPageEverythingIsRead(id: String) throws {
    let page = try #require(BuiltInPages.page(id)).read()
    #expect(page.unread.isEmpty)
  }
}
