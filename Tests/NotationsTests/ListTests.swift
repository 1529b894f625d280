import Documents
import Kinds
import Notations
import Testing

/// Steps in lists: with arrows between names, and in sentences.
@Suite(.tags(.pure)) struct ListTests {
  @Test(arguments: [
    "A -> B: SYN\nB -> A: SYN+ACK\nA -> B: ACK", "A -> B: SYN\nA <- B: SYN+ACK\nA -> B: ACK",
    "1. A → B: SYN\n2. B → A: SYN+ACK\n3. A → B: ACK", "① A → B：SYN\n② B → A：SYN+ACK\n③ A → B：ACK",
    "* **A => B**: SYN\n* **B => A**: SYN+ACK\n* **A => B**: ACK",
    "- A --> B (SYN)\n- B --> A (SYN+ACK)\n- A --> B (ACK)",
    "```\n// A -> B: SYN\n// B -> A: SYN+ACK\n// A -> B: ACK\n```",
    "> A -> B: SYN\n> B -> A: SYN+ACK\n> A -> B: ACK",
    "Step 1: A → B: SYN\n\nStep 2: B → A: SYN+ACK\n\nStep 3: A → B: ACK",
    "1. SYN: A → B\n2. SYN+ACK: B → A\n3. ACK: A → B",
  ])
  func arrowsBetweenNamesAreSteps(text: String) throws {
    #expect(try rows(text) == [handshake])
  }

  @Test func statesBehindASegmentAreOfThePartyThatIsNamed() throws {
    #expect(
      try rows("1. 손님 → 가게: SYN(seq=x)을 보낸다. 손님은 SYN_SENT 상태가 된다.\n2. 가게 → 손님: SYN+ACK. 이제 둘 다 ESTABLISHED.")
        == [["SYN(SEQ:x) [SYN_SENT] | ", "[ESTABLISHED] | SYN+ACK [ESTABLISHED]"]])
  }

  @Test func aListThatBeginsAgainIsAnotherExchange() throws {
    let list = "1. A → B: SYN\n2. B → A: SYN+ACK\n3. A → B: ACK\n"
    #expect(
      try rows(list + "\nAnd the end:\n\n1. A → B: FIN\n2. B → A: ACK\n") == [
        handshake, ["FIN | ", " | ACK"],
      ])
  }

  @Test func aStepThatIsNotReadIsTold() throws {
    let page = try Page(
      reading: LookalikeTests.ladder + "\n- A -> B: SYN, seq=x*3\n- B -> A: SYN+ACK\n- A -> B: ACK\n",
      name: "page.md")
    #expect(page.unread.map(\.line) == [7] && page.ladders.count == 2)
    #expect(page.ladders[1].rungs[0].cells.left.unreadText?.mayHideStep == true)
  }

  @Test(arguments: [
    "1. The client sends a SYN.\n2. The server answers with a SYN+ACK.\n3. The client sends an ACK.",
    "1. The client sends a SYN packet to the server.\n2. The server receives the SYN and replies with a SYN-ACK.\n3. Finally, the client sends an ACK to the server.",
    "1. 客户端向服务器发送 SYN 报文。\n2. 服务器收到 SYN 后，回复 SYN+ACK。\n3. 客户端收到后，发送 ACK。",
    "1. クライアントがサーバーに SYN を送信する。\n2. サーバーは SYN を受信し、SYN+ACK を返す。\n3. クライアントは ACK を送信する。",
    "1. 클라이언트가 서버에게 SYN 을 전송한다.\n2. 서버는 SYN 을 받고, SYN+ACK 를 보낸다.\n3. 클라이언트는 ACK 를 전송한다.",
    "1. El cliente envía un SYN al servidor.\n2. El servidor responde con SYN+ACK.\n3. El cliente envía un ACK.",
    "1. Клиент отправляет SYN серверу.\n2. Сервер отвечает SYN+ACK.\n3. Клиент отправляет ACK.",
    "1. Der Client sendet ein SYN an den Server.\n2. Der Server antwortet mit SYN+ACK.\n3. Der Client sendet ein ACK.",
    "1. Le client envoie un SYN au serveur.\n2. Le serveur répond par SYN+ACK.\n3. Le client envoie un ACK.",
    "1. O cliente envia um SYN ao servidor.\n2. O servidor responde com SYN+ACK.\n3. O cliente envia um ACK.",
    "1. The kettle sends a SYN to the outlet.\n2. The outlet replies with SYN+ACK.\n3. The kettle sends an ACK.",
  ])
  func sentencesThatSayWhoSendsAreSteps(text: String) throws {
    #expect(try rows(text) == [handshake])
  }

  @Test func statesInSentencesAreOfTheSender() throws {
    #expect(
      try rows(
        "1. The client sends a FIN to the server and enters FIN_WAIT_1.\n2. The server sends an ACK and enters CLOSE_WAIT.\n"
      )
        == [["FIN [FIN_WAIT_1] | ", " | ACK [CLOSE_WAIT]"]])
  }

  /// Before a party's own segment a state may be the one that the segment brings; before the other party's it is not.
  @Test(arguments: [("The client", false), ("The server", true)])
  func aStateInASentenceOfItsOwnHoldsBeforeTheOtherPartysSegment(party: String, mayBeNext: Bool) throws {
    let page = try Page(
      reading:
        "1. The client sends a FIN.\n2. The server sends an ACK.\n3. \(party) enters LAST_ACK.\n4. The server sends a FIN.\n",
      name: "page.md")
    let cells = page.ladders[0].rungs.flatMap { [$0.cells.left, $0.cells.right] }
    #expect(cells.filter { $0.state == .lastAck }.map { $0.elements.contains(.orNext) } == [mayBeNext])
  }

  @Test func aSentenceThatDoesNotSayWhoSendsIsTold() throws {
    let list =
      "1. The client sends a SYN.\n2. A SYN+ACK comes back.\n3. The client sends an ACK.\n4. The server sends a FIN.\n"
    let page = try Page(reading: LookalikeTests.ladder + "\n" + list, name: "page.md")
    #expect(page.ladders.count == 1 && page.unread.map(\.line) == [8])
  }

  @Test(arguments: [
    "1. SYN\n2. SYN+ACK\n3. ACK", "- SYN -> asks for a connection\n- FIN -> ends it",
    "- a -> b: copies\n- b -> a: reads",
    "1. The client sends a request.\n2. The server sends a response.",
    "- CLOSED -> LISTEN: passive open\n- LISTEN -> SYN_RCVD: SYN",
    "- The SYN flag opens a connection.\n- The FIN flag ends it.",
  ])
  func otherListsAreNoLadder(text: String) throws {
    #expect(try Page(reading: LookalikeTests.ladder + "\n" + text + "\n", name: "page.md").ladders.count == 1)
  }

  /// A state that a list names beside an arrival is the one behind it, of the party that the segment reaches.
  @Test(arguments: [
    "- A -> B: FIN\n- B -> A: ACK\n  - FIN_WAIT_1 when the ACK has arrived\n",
    "- A -> B: FIN\n- B -> A: ACK\n  - A: FIN_WAIT_1 after receiving it\n",
    "- A -> B: FIN\n- B -> A: ACK\n- FIN_WAIT_1 once it is received\n",
    "- A -> B: FIN\n- B -> A: ACK (FIN_WAIT_1 upon receipt)\n",
    "- A -> B: FIN\n- B -> A: ACK; A is in FIN_WAIT_1 as soon as the ACK arrives\n",
    "1. The client sends a FIN.\n2. The server sends an ACK.\n   - FIN_WAIT_1 (ACK received)\n",
    "1. The client sends a FIN.\n2. The server sends an ACK. The client is in FIN_WAIT_1 when it arrives.\n",
    "1. The client sends a FIN.\n2. The server sends an ACK.\n3. The client receives the ACK and is in FIN_WAIT_1.\n",
    "1. 客户端发送 FIN。\n2. 服务器回复 ACK。客户端收到 ACK 后进入 FIN_WAIT_1。\n",
    "1. Der Client sendet ein FIN.\n2. Der Server sendet ein ACK. Der Client ist in FIN_WAIT_1, sobald er es empfängt.\n",
  ])
  func aStateBesideAnArrivalIsTheOneBehindIt(list: String) throws {
    #expect(try rows(list) == [["FIN | ", "[FIN_WAIT_1] (received) | ACK"]])
  }

  @Test(arguments: [
    ("- A -> B: FIN\n- B -> A: ACK\n  - A: FIN_WAIT_1, ACK received\n", "(received, or not yet)"),
    ("- A -> B: FIN\n- B -> A: ACK\n  - A: FIN_WAIT_1 until the ACK is received\n", ""),
    ("- A -> B: FIN\n- B -> A: ACK\n  - A: FIN_WAIT_1, and FIN_WAIT_2 once the ACK has arrived\n", ""),
  ])
  func aStateBeforeTheWordsOfAnArrivalMayBeTheOneBeforeIt(list: String, remark: String) throws {
    let told = try rows(list)[0][1]
    #expect(told == "[FIN_WAIT_1]\(remark.isEmpty ? "" : " ")\(remark) | ACK")
  }

  @Test func aStateAtAnArrivalHoldsBehindItBesideASegmentThatCrosses() throws {
    let list =
      "- A -> B: FIN\n- B -> A: FIN\n- A -> B: ACK\n- B -> A: ACK\n  - A: CLOSING when the ACK has arrived\n"
    let ladder = try Page(reading: list, name: "page.md").ladders[0]
    #expect(ladder.told == ["FIN | FIN", "ACK [CLOSING] (received) | ACK"])
    #expect(ladder.rungs[1].isReceived(by: .left))
  }

  /// "enters LAST_ACK and sends a FIN": the state comes with the segment, or holds before it.
  @Test func aStateBeforeTheSegmentInItsSentenceHoldsBeforeOrBehindIt() throws {
    let list =
      "1. In ESTABLISHED, the client sends a FIN.\n2. The server receives the FIN, enters CLOSE_WAIT, and sends an ACK.\n"
      + "3. The server enters LAST_ACK and sends a FIN.\n"
    let ladder = try Page(reading: list, name: "page.md").ladders[0]
    #expect(
      ladder.allTold == [
        "[ESTABLISHED] | ", "FIN | [CLOSE_WAIT] (or in the next step) (received)",
        " | ACK [LAST_ACK] (or in the next step)", " | FIN",
      ])
  }

  @Test func aSentenceMayTellOfItsSegmentAgain() throws {
    let list =
      "1. The client sends a FIN. After sending the FIN, it is in FIN_WAIT_1.\n2. The server sends an ACK.\n"
    #expect(try rows(list) == [["FIN [FIN_WAIT_1] | ", " | ACK"]])
  }

  @Test func aSentenceBehindTheSegmentsIsNoPartOfIt() throws {
    let list =
      "1. The client sends a FIN.\n2. The server sends an ACK. If it has data left, it may send it now.\n"
    #expect(try rows(list) == [["FIN | ", " | ACK"]])
  }

  @Test func theStateOfARowAboutAnArrivalIsTheReceivers() throws {
    let table =
      "| who | event | state |\n|-|-|-|\n| client | sends SYN | SYN_SENT |\n| server | receives SYN | SYN_RCVD |\n"
      + "| server | sends SYN+ACK | SYN_RCVD |\n| client | receives SYN+ACK | ESTABLISHED |\n"
    #expect(
      try rows(table) == [
        ["SYN [SYN_SENT] | ", " | [SYN_RECV]", " | SYN+ACK [SYN_RECV]", "[ESTABLISHED] | "]
      ])
  }

  @Test func theNameOfTheReceivingPartyTellsOfNoArrival() throws {
    let list = "1. The sender sends a FIN.\n2. The receiver sends an ACK. The receiver is in CLOSE_WAIT.\n"
    #expect(try rows(list) == [["FIN | ", " | ACK [CLOSE_WAIT]"]])
  }
}
