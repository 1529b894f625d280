import Documents
import Kinds
import Notations
import Testing

/// Sequence diagrams of Mermaid and PlantUML.
@Suite(.tags(.pure)) struct DiagramTests {
  private func mermaid(_ lines: String) throws -> [[String]] {
    try rows("```mermaid\nsequenceDiagram\n\(lines)\n```\n")
  }
  private func plantUML(_ lines: String) throws -> [[String]] {
    try rows("```plantuml\n@startuml\n\(lines)\n@enduml\n```\n")
  }

  @Test(arguments: ["->", "-->", "->>", "-->>", "-)", "--)", "<<->>", "->>+"])
  func everyArrowOfMermaidIsASegment(arrow: String) throws {
    #expect(try mermaid("A\(arrow)B: SYN\nB\(arrow)A: SYN+ACK\nA\(arrow)B: ACK") == [handshake])
  }

  @Test func namesAliasesAndFramesAreRead() throws {
    let page = try Page(
      reading: """
        {{< mermaid >}}
        sequenceDiagram
          autonumber
          %% a comment
          box Home
          actor C as Client (browser)
          end
          participant S as The server
          rect rgb(0, 0, 0)
          C->>+S: SYN
          S-->>-C: SYN+ACK
          end
          loop every time
          C->>S: ACK
          end
        {{< /mermaid >}}
        """, name: "page.md")
    #expect(page.ladders.map(\.told) == [handshake])
    #expect(page.ladders[0].parties == Both(left: "Client (browser)", right: "The server"))
    #expect(page.ladders[0].rungs.map(\.line) == [10, 11, 14] && page.unread.isEmpty)
  }

  @Test func eachBranchOfAnAltIsALadder() throws {
    let told = try mermaid(
      "A->>B: SYN\nalt open\nB->>A: SYN+ACK\nA->>B: ACK\nelse closed\nB->>A: RST+ACK\nend")
    #expect(told == [handshake, ["SYN | [CLOSED]", " | RST+ACK"]])
  }

  @Test func alternativesBeyondSixteenAreNamedWithTheirLine() throws {
    let alternatives = "alt a\nA->>B: ACK\nelse b\nB->>A: ACK\nend\n"
    func page(_ count: Int) throws -> Page {
      try Page(
        reading: "```mermaid\nsequenceDiagram\nA->>B: SYN\nB->>A: SYN+ACK\n"
          + String(repeating: alternatives, count: count) + "```\n", name: "page.md")
    }
    let (four, five) = (try page(4), try page(5))
    #expect(four.ladders.count == 16 && four.unread.isEmpty)
    #expect(five.ladders.count == 16 && five.unread.map(\.line) == [25])
    #expect(five.unread.first?.note?.contains("more than 16") == true)
  }

  @Test func branchesBeyondSixteenAreNamedWithTheLineOfTheAlternatives() throws {
    let branches = (1...40).map { "else b\nB->>A: SYN+ACK(SEQ:\($0))\n" }.joined()
    let page = try Page(
      reading: "```mermaid\nsequenceDiagram\nA->>B: SYN\nalt a\nB->>A: RST+ACK\n\(branches)end\n```\n",
      name: "page.md")
    #expect(page.ladders.count == 16 && page.unread.map(\.line) == [4])
  }

  @Test func alternativesWithoutStepsAddNoLadder() throws {
    let told = try mermaid(
      "A->>B: SYN\n" + String(repeating: "alt a\nelse b\nend\n", count: 9) + "B->>A: SYN+ACK\nA->>B: ACK")
    #expect(told == [handshake])
  }

  @Test func aPartOfADiagramThatNeverEndsIsReadLikeTheOthers() throws {
    let told = try mermaid("A->>B: SYN\nalt open\nB->>A: SYN+ACK\nelse closed\nB->>A: RST+ACK")
    #expect(told == [["SYN | ", " | SYN+ACK"], ["SYN | [CLOSED]", " | RST+ACK"]])
  }

  @Test func namesAreTheSameInEachCase() throws {
    #expect(
      try mermaid("client->>Server: SYN\nserver->>Client: SYN+ACK\nCLIENT->>SERVER: ACK") == [handshake])
  }

  @Test func statesBehindOneMessageHaveARowEach() throws {
    #expect(
      try mermaid(
        "A->>B: FIN\nB->>A: FIN\nNote over A: FIN_WAIT_1\nNote over B: CLOSE_WAIT\nNote over A: FIN_WAIT_2\n"
          + "Note over A: TIME_WAIT\nNote over B: LAST_ACK")
        == [
          ["FIN | ", "[FIN_WAIT_1] | FIN [CLOSE_WAIT]", "[FIN_WAIT_2] | [LAST_ACK]", "[TIME_WAIT] | "]
        ])
  }

  @Test func statesInNotesStandInTheRowOfTheMessageBefore() throws {
    #expect(
      try mermaid(
        "participant A\nNote over B: LISTEN\nA->>B: SYN\nNote right of A: SYN_SENT\nB->>A: SYN+ACK\nNote over A,B: ESTABLISHED"
      )
        == [[" | [LISTEN]", "SYN [SYN_SENT] | ", "[ESTABLISHED] | SYN+ACK [ESTABLISHED]"]])
  }

  @Test func aStateInANoteMayBeThatOfTheNextMessage() throws {
    let page = try Page(
      reading:
        "```mermaid\nsequenceDiagram\nA->>B: FIN\nB->>A: ACK\nNote over B: LAST_ACK\nB->>A: FIN\n```\n",
      name: "page.md")
    #expect(page.ladders[0].rungs[1].cells.right.elements.contains(.orNext))
    let again = try Page(reading: page.ladders[0].markdown, name: "again.md")
    #expect(
      again.ladders[0].rungs.map(\.cells.right.elements) == page.ladders[0].rungs.map(\.cells.right.elements))
  }

  @Test(arguments: ["SYN_SENT (after receiving the SYN+ACK)", "SYN_SENT after the SYN+ACK has arrived"])
  func aStateInANoteMayBeThatAfterTheArrival(note: String) throws {
    let page = try Page(
      reading:
        "```mermaid\nsequenceDiagram\nA->>B: SYN\nB->>A: SYN+ACK\nNote over A: \(note)\nA->>B: ACK\n```\n",
      name: "page.md")
    #expect(page.ladders[0].rungs[1].cells.left.elements == [.state(.synSent), .received])
    #expect(page.ladders[0].rungs[1].isReceived(by: .left))
  }

  @Test func aStateAtTheArrivalIsThatOfBothWhoseSegmentsCross() throws {
    let page = try Page(
      reading: "```mermaid\nsequenceDiagram\nA->>B: FIN\nB->>A: FIN\nA->>B: ACK\nB->>A: ACK\n"
        + "Note over A,B: CLOSING when the ACK arrives\n```\n",
      name: "page.md")
    #expect(Party.allCases.allSatisfy { page.ladders[0].rungs[1].isReceived(by: $0) })
  }

  @Test func lostSegmentsAndTimersAreRead() throws {
    #expect(
      try mermaid("A-xB: SYN\nNote over A: 1 s timeout\nA->>B: SYN (again)\nB->>A: SYN+ACK")
        == [["SYN | lost", "timeout | ", "SYN | ", " | SYN+ACK"]])
  }

  @Test func wordsBetweenThePartiesOfAConnectionAreData() throws {
    #expect(
      try mermaid(
        "U->>A: opens a page\nA->>B: SYN\nB->>A: SYN+ACK\nA->>B: ACK\nA->>B: GET /\nB-->>A: 200 OK\nA->>A: draws"
      )
        == [handshake + ["data | ", " | data"]])
  }

  @Test func segmentsBetweenThreeAreTold() throws {
    let error = #expect(throws: PageError.self) {
      try Page(
        reading: "```mermaid\nsequenceDiagram\nA->>B: SYN\nB->>C: SYN\nC->>B: SYN+ACK\n```\n", name: "page.md"
      )
    }
    #expect(
      error?.line == 4 && error?.message.contains("segments go between A and B, and between B and C") == true)
  }

  @Test func aProxyWithADiagramForEachOfItsConnectionsIsTwoLadders() throws {
    let diagrams = [("Client", "Proxy"), ("Proxy", "Server")].map { one, other in
      "```mermaid\nsequenceDiagram\n\(one)->>\(other): SYN\n\(other)->>\(one): SYN+ACK\n```\n"
    }
    let ladders = try Page(reading: diagrams.joined(separator: "\nThen:\n\n"), name: "page.md").ladders
    #expect(
      ladders.map(\.parties) == [Both(left: "Client", right: "Proxy"), Both(left: "Proxy", right: "Server")])
  }

  @Test func twoFINsThatAreAnsweredBehindThemCross() throws {
    #expect(
      try mermaid("A->>B: FIN\nB->>A: FIN\nB->>A: ACK\nA->>B: ACK") == [["FIN | FIN", "ACK | ACK"]])
    #expect(try mermaid("A->>B: FIN\nB->>A: FIN, ACK\nA->>B: ACK") == [["FIN | ", " | FIN+ACK", "ACK | "]])
  }

  @Test func statesOfACrossingKeepTheirOrder() throws {
    #expect(
      try mermaid(
        "A->>B: FIN\nNote over A: FIN_WAIT_1\nNote over B: ESTABLISHED\nB->>A: FIN\nNote over B: FIN_WAIT_1\nNote over A: CLOSING\n"
          + "B->>A: ACK\nA->>B: ACK")
        == [[" | [ESTABLISHED]", "FIN [FIN_WAIT_1] | FIN [FIN_WAIT_1]", "[CLOSING] | ", "ACK | ACK"]])
  }

  @Test(arguments: [
    "sequenceDiagram\nA->>B: query (UDP)\nB->>A: answer",
    "sequenceDiagram\nA->>B: ClientHello\nB->>A: ServerHello", "flowchart LR\nA-->B",
  ])
  func otherDiagramsAreNoLadder(text: String) throws {
    let page = try Page(reading: LookalikeTests.ladder + "\n```mermaid\n\(text)\n```\n", name: "page.md")
    #expect(page.ladders.count == 1 && page.unread.isEmpty)
  }

  @Test(arguments: [
    "A -> B", "A --> B", "A ->> B", "B <- A", "B <-- A", "A -[#red]> B", "A -\\ B", "A ->o B",
  ])
  func everyArrowOfPlantUMLIsASegment(arrow: String) throws {
    #expect(
      try plantUML("participant A\nparticipant B\n\(arrow) : SYN\nB -> A : SYN+ACK\n\(arrow) : ACK")
        == [handshake])
  }

  @Test func plantUMLsNamesNotesAndReturnsAreRead() throws {
    let page = try Page(
      reading: """
        @startuml
        !theme plain
        title Opening
        participant "left host" as L
        participant R as "right host"
        L -> R ++ : SYN\\nseq=x
        note right
          LISTEN → SYN_RCVD
        end note
        return SYN+ACK
        L -> R : ACK
        hnote over L, R : ESTABLISHED
        == data ==
        L ->x R : data, 10 bytes
        ...some time...
        L -> R : data, 10 bytes
        @enduml
        """, name: "page.puml")
    #expect(
      page.ladders.map(\.told) == [
        [
          "SYN(SEQ:x) | [SYN_RECV]", " | SYN+ACK", "ACK [ESTABLISHED] | [ESTABLISHED]",
          "data(10bytes) | lost", "timeout | ",
          "data(10bytes) | ",
        ]
      ])
    #expect(page.ladders[0].parties == Both(left: "left host", right: "right host") && page.unread.isEmpty)
  }
}
