import Documents
import Kinds
import Notations
import Testing

/// A word that stands where a flag stands and is none makes its step unread.
@Suite(.tags(.pure)) struct UnknownFlagTests {
  @Test(arguments: [
    "SYM-ACK (seq=y, ack=x+1)", "SYN+AKC (seq=y, ack=x+1)", "SYN/AKC", "syn-akc", "FOO+ACK", "ACK-FOO",
    "FOO(SEQ:1)", "FOO(SEQ:1,ACK:2)", "SIN(seq=x)", "SYM (seq=x)", "SYM(seq=x, ack=y, len=5)", "Foo(seq=x)",
    "SYN, AKC", "[SYM, ACK] Seq=0 Ack=1", "SYN & AKC", "SYM ACK", "<SEQ=300><ACK=101><CTL=SYM,ACK>",
    "SYN=1 AKC=1 seq=y ack=x+1", "Sin=1, ACK=1", "reset-ack", "push-ack", "AKC", "SYNAKC", "SYM, seq=5",
    "SNY+AKC", "SNY AKC", "[SNY, AKC]", "sends a SNY-AKC to the client", "<SEQ=100><CTL=SNY>",
    "<SEQ=300><ACK=101><CTL=SNY,AKC>", "flags: SNY",
  ])
  func aLabelWithAnUnknownFlagIsUnread(label: String) { #expect(Label(reading: label).unread != nil) }

  @Test(arguments: [
    ("data(SEQ:1)", "data(SEQ:1)"), ("packet(SEQ:1)", "SEQ:1"), ("SYN request(seq=x)", "SYN(SEQ:x)"),
    ("SYN-Paket (seq=x)", "SYN(SEQ:x)"), ("SYN-Anfrage (seq=x)", "SYN(SEQ:x)"), ("SYN-flood", "SYN"),
    ("DUP-ACK (ack=5)", "ACK(ACK:5)"), ("connection request(SYN=1, seq=x)", "SYN(SEQ:x)"),
    ("Client(seq=x)", "SEQ:x"), ("SYN+data(seq=x)", "SYN(SEQ:x)"), ("TCP-SYN(seq=x)", "SYN(SEQ:x)"),
    ("GET(seq=1, len=60)", "SEQ:1, 60bytes"), ("SYN, SACK", "SYN"), ("ACK/SACK", "ACK"),
    ("SYN-cookie", "SYN"), ("SYN-first (seq=x)", "SYN(SEQ:x)"), ("FIN+ACk", "FIN+ACK"),
    ("SYN ECT(0)", "SYN"), ("ACK back (ack=5)", "ACK(ACK:5)"),
  ])
  func aWordOfProseBesideAFlagIsPassedOver(label: String, segment: String) {
    let label = Label(reading: label)
    #expect(label.unread == nil && label.segment?.description == segment, "\(label)")
  }

  @Test func anUnknownFlagOnAnArrowIsNamedWithTheFlagThatIsNear() throws {
    let page = try Page(
      reading:
        "```mermaid\nsequenceDiagram\nA->>B: SYN (seq=x)\nB->>A: SYM-ACK (seq=y, ack=x+1)\nA->>B: ACK\n```\n",
      name: "page.md")
    #expect(
      page.unread.map(\.description)
        == ["SYM-ACK (seq=y, ack=x+1) (did you mean SYN-ACK (seq=y, ack=x+1)?)"])
    #expect(page.ladders[0].rungs[1].cells.right.unreadText?.mayHideStep == true)
  }

  @Test(arguments: [("AKC", "ACK"), ("ACKK", "ACK"), ("FINN", "FIN"), ("FINX", "FIN"), ("SYNN", "SYN")])
  func misspelledFlagsAloneOnAnArrowAreNoData(word: String, flag: String) throws {
    let page = try Page(
      reading:
        "```mermaid\nsequenceDiagram\nA->>B: SYN\nB->>A: SYN+ACK\nA->>B: \(word)\nA->>B: hello\n```\n",
      name: "page.md")
    #expect(page.unread.map(\.description) == ["\(word) (did you mean \(flag)?)"])
    #expect(page.ladders[0].rungs.map { $0.cells.left.segment?.isData } == [false, nil, nil, true])
  }

  /// Nothing but flags in small letters of which two are swapped: beside a ladder that was read, they are told.
  @Test(arguments: [
    "```mermaid\nsequenceDiagram\nA->>B: sny\nB->>A: sny, akc\nA->>B: akc\n```\n",
    "```mermaid\nsequenceDiagram\nA->>B: sny\nB->>A: syn-akc\nA->>B: akc\n```\n",
    "```plantuml\nA -> B: Sny\nB -> A: Sny-Akc\nA -> B: Akc\n```\n",
    "- A -> B: sny\n- B -> A: sny+akc\n- A -> B: akc\n",
    "```\nA               B\n|---- sny ----->|\n|<-- sny+akc ---|\n|---- akc ----->|\n```\n",
    "| client | server |\n|-|-|\n| sny | |\n| | sny+akc |\n| akc | |\n",
    "| client | server |\n|-|-|\n| sny | |\n| | syn-akc |\n| akc | |\n",
    "| way | flags |\n|-|-|\n| A → B | sny |\n| B → A | sny, akc |\n| A → B | akc |\n",
  ])
  func swappedSmallFlagsOfAnExchangeAreTold(text: String) throws {
    let page = try Page(reading: LookalikeTests.ladder + "\n" + text, name: "page.md")
    #expect(!page.unread.isEmpty)
    #expect(page.unread.contains { $0.note?.contains("did you mean") == true }, "\(page.unread)")
  }

  @Test(arguments: [
    "```mermaid\nsequenceDiagram\nA->>B: syn\nB->>A: syn-ack\nA->>B: akc\n```\n",
    "- A -> B: syn\n- B -> A: syn-ack\n- A -> B: akc\n",
    "| a | b |\n|-|-|\n| syn | |\n| | syn-ack |\n| akc | |\n",
  ])
  func aSwappedSmallFlagInAnExchangeIsNoData(text: String) throws {
    let page = try Page(reading: text, name: "page.md")
    #expect(page.unread.map(\.text) == ["akc"])
    #expect(page.ladders.first?.firstUnread(hidingAStep: true)?.rung == 2)
  }

  /// Words of something else that are near a flag.
  @Test(arguments: [
    "```mermaid\nsequenceDiagram\nA->>B: rts\nB->>A: cts\nA->>B: data\nB->>A: ack\n```\n",
    "```mermaid\nsequenceDiagram\nA->>B: inf\nB->>A: ak\nA->>B: str\n```\n",
    "- A -> B: sign\n- B -> A: sync\n- A -> B: fine\n",
    "The files of the srt and sny formats.\n\nAn akc is a dog of the club.\n",
    "| key | value |\n|-|-|\n| inf | str |\n| rts | cts |\n",
  ])
  func smallWordsOfSomethingElseAreNotTold(text: String) throws {
    #expect(try Page(reading: LookalikeTests.ladder + "\n" + text, name: "page.md").unread.isEmpty)
  }

  @Test(arguments: ["FOO(SEQ:1)", "SYM-ACK(SEQ:1)"])
  func anUnknownFlagInACellIsUnread(cell: String) throws {
    let page = try Page(
      reading: "| client | server |\n|-|-|\n| SYN | |\n| | \(cell) |\n| ACK | |\n", name: "page.md")
    let read = page.ladders[0].rungs[1].cells.right
    #expect(read.segment == nil && read.unreadText?.mayHideStep == true)
    #expect(page.unread.map(\.text) == [cell])
  }

  /// The same step, misspelled, in each notation: it is told, and stands in its place, so that nothing hangs on a guess.
  static let misspelled: [String] = [
    "- A -> B: SYN\n- B -> A: SNY+AKC\n- A -> B: ACK\n",
    "1. The client sends a SYN.\n2. The server answers with a SNY+AKC.\n3. The client sends an ACK.\n",
    "```plantuml\nA -> B: SYN\nB -> A: SNY+AKC\nA -> B: ACK\n```\n",
    "```\nA               B\n|---- SYN ----->|\n|<-- SNY+AKC ---|\n|---- ACK ----->|\n```\n",
    "```\nA               B\n|      SYN      |\n|-------------->|\n|    SNY+AKC    |\n|<--------------|\n|      ACK      |\n|-------------->|\n```\n",
    "1. SYN-SENT    --> <SEQ=1><CTL=SYN> --> SYN-RECEIVED\n2. ESTABLISHED <-- <SEQ=9><ACK=2><CTL=SNY,AKC> <-- SYN-RECEIVED\n"
      + "3. ESTABLISHED --> <SEQ=2><ACK=10><CTL=ACK> --> ESTABLISHED\n",
    "| a | b |\n|-|-|\n| SYN | |\n| | SNY+AKC |\n| ACK | |\n",
    "| way | flags |\n|-|-|\n| A → B | SYN |\n| B → A | SNY, AKC |\n| A → B | ACK |\n",
    "| sender | segment | why |\n|-|-|-|\n| client | SYN | asks |\n| server | SNY+AKC | agrees |\n| client | ACK | done |\n",
    "| client sends | server sends | client is | server is |\n|-|-|-|-|\n| SYN | | SYN_SENT | LISTEN |\n"
      + "| | SNY+AKC | ESTABLISHED | SYN_RCVD |\n| ACK | | ESTABLISHED | ESTABLISHED |\n",
    "| step | what |\n|-|-|\n| 1 | The client sends a SYN |\n| 2 | The server sends a SNY+AKC |\n| 3 | The client sends an ACK |\n",
  ]
  @Test(arguments: misspelled) func aMisspelledStepIsToldInEachNotation(text: String) throws {
    let page = try Page(reading: text, name: "page.md")
    #expect(
      page.unread.count == 1 && page.unread.first?.note?.contains("did you mean") == true, "\(page.unread)")
    #expect(page.ladders.count == 1)
    #expect(page.ladders.first?.firstUnread(hidingAStep: true)?.rung == 1)
  }

  @Test(arguments: [
    "IP 10.0.0.1.4 > 10.0.0.2.80: Flags [S], seq 1\nIP 10.0.0.2.80 > 10.0.0.1.4: Flags [Q.], seq 9, ack 2\n",
    "1 0.0 10.3.0.8 TCP 51500 → 80 [SYN] Seq=0\n2 0.1 10.3.0.9 TCP 80 → 51500 [SNY, AKC] Seq=0 Ack=1\n",
  ])
  func aPacketWithUnknownFlagsIsAStepThatIsNotRead(lines: String) throws {
    let page = try Page(reading: LookalikeTests.ladder + "\n```\n\(lines)```\n", name: "page.md")
    #expect(page.unread.map(\.line) == [9])
    #expect(page.ladders.last?.firstUnread(hidingAStep: true)?.rung == 1)
  }

  /// Words beside a segment that make it another statement.
  @Test(arguments: [
    "no SYN+ACK", "does not send SYN+ACK", "never sends an ACK", "SYN+ACK if the port is open",
    "SYN+ACK, if it is open",
    "maybe SYN+ACK", "ACK, maybe",
    "then SYN maybe", "ACK unless reset", "may send an ACK", "FIN within 60 s", "ACK after 40 ms",
    "SYN+ACK twice",
    "如果端口开放则回复 SYN+ACK", "如果端口开放，SYN+ACK", "SYN+ACK，如果端口开放", "もしポートが開いていれば SYN+ACK", "不发送 ACK",
    "SYN+ACK, falls der Port offen ist", "doesn't send SYN",
  ])
  func aConditionADenialOrALimitMakesASegmentUnread(label: String) {
    #expect(Label(reading: label).unread != nil)
  }

  @Test(arguments: [
    "SYN packet (may I?)", "SYN+ACK packet (you may)", "FIN, no more data", "FIN (I will not send more)",
    "sends a FIN quickly",
    "then SYN",
    "SYN: can we talk?", "1 s: SYN", "SYN (t=3 s)", "SYN again after 1 s",
    "No. 1 SYN", "ACK, waits 60 seconds", "ACK, then TIME_WAIT for 60 s", "ACK waits 60 s",
    "ACK, usually delayed",
    "ACK（可能还有数据要发）", "ACK: 可能还有数据没发完", "ACK，客户端可能重传", "ACK（場合によりデータ）",
    "ACK (경우에 따라 데이터)", "ACK (TIME_WAIT, waits 60 s)", "last ACK, the connection ends after 60 s",
    "ACK, data not acknowledged", "SYN to the server, asking if it is open", "SYN-ACK (Yes, if you like)",
  ])
  func harmlessWordsBesideASegmentArePassedOver(label: String) {
    #expect(Label(reading: label).unread == nil)
  }

  static let misspelledStates: [String] = [
    "```mermaid\nsequenceDiagram\nA->>B: FIN\nNote over A: FIN_WIAT_1\nB->>A: ACK\n```\n",
    "- A -> B: FIN\n  - A: FIN_WIAT_1\n- B -> A: ACK\n",
    "1. The client sends a FIN and enters FIN_WIAT_1.\n2. The server sends an ACK.\n",
    "```\n              A                       B\nFIN_WIAT_1    |------ FIN ----------->|\n              |<----- ACK ------------|\n```\n",
    "| direction | flags | A | B |\n|-|-|-|-|\n| A → B | FIN | FIN_WIAT_1 | CLOSE_WAIT |\n| B → A | ACK | FIN_WAIT_2 | CLOSE_WAIT |\n",
  ]
  @Test(arguments: misspelledStates) func aMisspelledStateIsToldInEachNotation(text: String) throws {
    let page = try Page(reading: text, name: "page.md")
    #expect(page.unread.map(\.description) == ["FIN_WIAT_1 (did you mean FIN_WAIT_1?)"])
    #expect(page.ladders.count == 1 && page.ladders[0].firstUnread(hidingAStep: false) == nil)
  }

  /// A state at either end of a line of an RFC's figure, and in a line of its own.
  @Test(arguments: [
    (
      "1. FIN-WAIT-1 --> <SEQ=1><ACK=9><CTL=FIN,ACK> --> CLOSE-WIAT\n2. FIN-WAIT-2 <-- <SEQ=9><ACK=2><CTL=ACK> <-- CLOSE-WAIT\n",
      "CLOSE-WIAT (did you mean CLOSE_WAIT?)"
    ),
    (
      "1. FIN-WIAT-1 --> <SEQ=1><ACK=9><CTL=FIN,ACK> --> CLOSE-WAIT\n2. FIN-WAIT-2 <-- <SEQ=9><ACK=2><CTL=ACK> <-- CLOSE-WAIT\n",
      "FIN-WIAT-1 (did you mean FIN_WAIT_1?)"
    ),
    (
      "1. ESTABLISED                                         ESTABLISHED\n2. FIN-WAIT-1 --> <SEQ=1><ACK=9><CTL=FIN,ACK> --> CLOSE-WAIT\n",
      "ESTABLISED (did you mean ESTABLISHED?)"
    ),
    (
      "1. FIN-WAIT-1 --> <SEQ=1><ACK=9><CTL=FIN,ACK> ...\n2. ... <SEQ=1><ACK=9><CTL=FIN,ACK> --> CLOSE-WIAT\n",
      "CLOSE-WIAT (did you mean CLOSE_WAIT?)"
    ),
    (
      "1. SYN-SENT --> <SEQ=1><CTL=SYN> --> SYN-RECIEVED\n2. ESTABLISHED <-- <SEQ=9><ACK=2><CTL=SYN,ACK> <-- SYN-RECEIVED\n",
      "SYN-RECIEVED (did you mean SYN_RECEIVED?)"
    ),
  ])
  func aMisspelledStateOfAStandardFigureIsTold(figure: String, told: String) throws {
    let page = try Page(reading: "```\n\(figure)```\n", name: "page.md")
    #expect(page.unread.map(\.description) == [told])
    #expect(page.ladders.count == 1 && page.ladders[0].firstUnread(hidingAStep: false) == nil)
  }

  @Test func theOtherPartysStateBelowAFigureIsReadBesideAMisspelledOne() throws {
    let figure =
      "```\nA                       B\n|------ FIN ----------->|\n|<----- ACK ------------|\nFIN_WAIT_2         CLOSE_WIAT\n```\n"
    let page = try Page(reading: figure, name: "page.md")
    #expect(page.unread.map(\.text) == ["CLOSE_WIAT"])
    #expect(page.ladders.map(\.told) == [["FIN | ", "[FIN_WAIT_2] | ACK"]])
  }

  @Test(arguments: [
    "1. The client sends a SYN.\n2. If the port is open, the server sends a SYN+ACK.\n3. The client sends an ACK.\n",
    "1. 客户端发送 SYN。\n2. 如果端口开放，服务器回复 SYN+ACK。\n3. 客户端回复 ACK。\n",
    "1. El cliente envía un SYN.\n2. El servidor responde con SYN+ACK si acepta.\n3. El cliente envía un ACK.\n",
  ])
  func aSegmentUnderAConditionOfItsSentenceIsUnread(list: String) throws {
    let page = try Page(reading: list, name: "page.md")
    #expect(page.unread.map(\.line) == [2] && page.ladders[0].firstUnread(hidingAStep: true)?.rung == 1)
  }

  @Test func aCallWithAConstantInANoteIsAStepThatIsNotRead() throws {
    let page = try Page(
      reading:
        "```mermaid\nsequenceDiagram\nA->>B: data\nNote over A: setsockopt(SO_LINGER, 0)\nA->>B: FIN\nB->>A: ACK\n```\n",
      name: "page.md")
    #expect(page.unread.map(\.line) == [4] && page.ladders[0].firstUnread(hidingAStep: true)?.rung == 1)
  }

  @Test(arguments: ["client sends syn-ack", "sends syn, ack", "the server replies with a syn ack"])
  func smallFlagsThatStandTogetherAreFlags(label: String) {
    #expect(Label(reading: label).segment?.flags == [.syn, .ack])
  }
}
