import Documents
import Notations
import Kinds
import Testing

/// Tables that tell an exchange without a column for each party's segments, in the forms that people use.
@Suite(.tags(.pure)) struct StepTableTests {
  /// The reading, a line for each row: `SYN [SYN_SENT] | [LISTEN]`.
  private func rows(_ table: String) throws -> [String] {
    let page = try Page(reading: table, name: "page.md")
    #expect(page.unread.isEmpty, "\(page.unread)")
    return try #require(page.ladders.first).allTold
  }

  private static let numbered = ["SYN(SEQ:x) | ", " | SYN+ACK(SEQ:y,ACK:x+1)", "ACK(SEQ:x+1,ACK:y+1) | "]
  private static let states = [
    "SYN [SYN_SENT] | [LISTEN]", "[SYN_SENT] | SYN+ACK [SYN_RECV]", "ACK [ESTABLISHED] | [ESTABLISHED]",
  ]

  static let directions = [
    "| way | flags |\n|-|-|\n| C → S | SYN |\n| S → C | SYN, ACK |\n| C → S | ACK |",
    "| way | flags |\n|-|-|\n| C ⇒ S | SYN |\n| C ⇐ S | SYN / ACK |\n| C ⇒ S | ACK |",
    "| step | exchange |\n|-|-|\n| 1 | C -> S : SYN |\n| 2 | S -> C : SYN + ACK |\n| 3 | C -> S : ACK |",
    "| exchange |\n|-|\n| C --SYN--> S |\n| C <-- SYN-ACK -- S |\n| C ──[ACK]──> S |",
    "| exchange |\n|-|\n| C --SYN--> S |\n| C <-- S: SYN-ACK |\n| C ── ACK ──> S |",
    "| # | direction | segment |\n|-|-|-|\n| 1 | client to server | SYN |\n| 2 | server to client | SYN-ACK |\n| 3 | client to server | ACK |",
    "| Richtung | Paket |\n|-|-|\n| **Client → Server** | `SYN` |\n| **Server → Client** | `SYN/ACK` |\n| **Client → Server** | `ACK` |",
    "| # | | segment |\n|-|-|-|\n| 1 | → | SYN |\n| 2 | ← | SYN-ACK |\n| 3 | → | ACK |",
    "| way | SYN | ACK |\n|-|-|-|\n| a → b | 1 | 0 |\n| b → a | 1 | 1 |\n| a → b | 0 | 1 |",
    "| 方向 | 报文 |\n|-|-|\n| 客户端到服务器 | 发送 SYN 报文 |\n| 服务器到客户端 | 回复 SYN+ACK |\n| 客户端到服务器 | 发送 ACK |",
    "| who | flag | why |\n|-|-|-|\n| lamp | SYN | asks |\n| bridge | SYN-ACK (SA) | agrees |\n| lamp | ACK | confirms |",
    "| 手順 | 送信元 | 送信先 | フラグ |\n|-|-|-|-|\n| 1 | 端末 | 中継器 | SYN |\n| 2 | 中継器 | 端末 | SYN/ACK |\n| 3 | 端末 | 中継器 | ACK |",
    "| Etapa | Cliente o servidor | Segmento |\n|-|-|-|\n| 1 | Cliente | SYN |\n| 2 | Servidor | SYN, ACK |\n| 3 | Cliente | ACK |",
  ]
  @Test(arguments: directions.indices) func aColumnShowsWhoSends(index: Int) throws {
    #expect(try rows(Self.directions[index]) == handshake)
  }

  static let fields = [
    "| way | flags | seq | ack |\n|-|-|-|-|\n| a → b | SYN | x | - |\n| b → a | SYN, ACK | y | x+1 |\n| a → b | ACK | x+1 | y+1 |",
    "| way | flags | numbers |\n|-|-|-|\n| a → b | SYN=1 | seq=x |\n| b → a | SYN=1, ACK=1 | seq=y, ack=x+1 |\n| a → b | ACK=1 | seq=x+1, ack=y+1 |",
    "| 方向 | 标志位 | 序列号 | 确认号 |\n|-|-|-|-|\n| 甲 → 乙 | SYN=1 | x | 0 |\n| 乙 → 甲 | SYN=1，ACK=1 | y | x+1 |\n| 甲 → 乙 | ACK=1 | x+1 | y+1 |",
    "| Sender | Segment | Sequence number | Acknowledgment number |\n|-|-|-|-|\n| A | SYN | x | |\n| B | SYN-ACK | y | x + 1 |\n| A | ACK | x + 1 | y + 1 |",
  ]
  @Test(arguments: fields.indices) func numbersStandInColumnsOfTheirOwn(index: Int) throws {
    #expect(try rows(Self.fields[index]) == Self.numbered)
  }

  static let withStates = [
    "| way | flags | L is | R is |\n|-|-|-|-|\n| L → R | SYN | SYN_SENT | LISTEN |\n| R → L | SYN, ACK | SYN_SENT | SYN_RCVD |\n| L → R | ACK | ESTABLISHED | ESTABLISHED |",
    "| Кто | Что | Состояние клиента | Состояние сервера |\n|-|-|-|-|\n| Клиент | SYN | SYN_SENT | LISTEN |\n| Сервер | SYN+ACK | SYN_SENT | SYN_RCVD |\n| Клиент | ACK | ESTABLISHED | ESTABLISHED |",
    "| n | Oven sends | App sends | Oven is | App is |\n|-|-|-|-|-|\n| 1 | SYN | - | SYN_SENT | LISTEN |\n| 2 | - | SYN+ACK | SYN_SENT | SYN_RCVD |\n| 3 | ACK | none | ESTABLISHED | ESTABLISHED |",
    "| Van state | Depot state | Van sends | Depot sends |\n|-|-|-|-|\n| SYN_SENT | LISTEN | SYN | nothing |\n| SYN_SENT | SYN_RCVD | nothing | SYN+ACK |\n| ESTABLISHED | ESTABLISHED | ACK | nothing |",
    "| After | Client | Server |\n|-|-|-|\n| the SYN | SYN_SENT | LISTEN |\n| the SYN-ACK | SYN_SENT | SYN_RCVD |\n| the last ACK | ESTABLISHED | ESTABLISHED |",
    "| 阶段 | 客户端状态 | 服务器状态 |\n|-|-|-|\n| 第一次握手后 | SYN_SENT | LISTEN |\n| 第二次握手后 | SYN_SENT | SYN_RCVD |\n| 第三次握手后 | ESTABLISHED | ESTABLISHED |",
    "| message | lamp | bridge |\n|-|-|-|\n| lamp sends SYN | CLOSED → SYN_SENT | LISTEN |\n| bridge sends SYN+ACK | SYN_SENT | LISTEN → SYN_RCVD |\n| lamp sends ACK | ESTABLISHED | ESTABLISHED |",
    "| 단계 | 통신 과정 | 태블릿 상태 | 냉장고 상태 |\n|-|-|-|-|\n| 1 | 태블릿 → 냉장고 : SYN | CLOSED → SYN_SENT | LISTEN |\n| 2 | 냉장고 → 태블릿 : SYN + ACK | SYN_SENT | LISTEN → SYN_RECEIVED |\n| 3 | 태블릿 → 냉장고 : ACK | ESTABLISHED | ESTABLISHED |",
    "| # | A | | B |\n|-|-|-|-|\n| 1 | CLOSED → SYN_SENT | SYN → | LISTEN |\n| 2 | SYN_SENT | ← SYN/ACK | LISTEN → SYN_RCVD |\n| 3 | ESTABLISHED | ACK → | ESTABLISHED |",
    "| Client | Segment | Server |\n|-|-|-|\n| SYN_SENT | --- SYN ---> | LISTEN |\n| SYN_SENT | <--- SYN+ACK --- | SYN_RCVD |\n| ESTABLISHED | --- ACK ---> | ESTABLISHED |",
  ]
  @Test(arguments: withStates.indices) func statesAreTheParties(index: Int) throws {
    #expect(try rows(Self.withStates[index]) == Self.states)
  }

  @Test func flagsMayBeLetters() throws {
    for flags in [("S", "S.", "."), ("[S]", "[S.]", "[.]"), ("S", "SA", "A")] {
      #expect(
        try rows(
          "| src | dst | flags | seq | ack |\n|-|-|-|-|-|\n| 10.0.0.1:5000 | 10.0.0.2:80 | \(flags.0) | x | |\n"
            + "| 10.0.0.2:80 | 10.0.0.1:5000 | \(flags.1) | y | x+1 |\n| 10.0.0.1:5000 | 10.0.0.2:80 | \(flags.2) | x+1 | y+1 |"
        ) == Self.numbered)
    }
  }

  @Test func statesMayBeThoseOfTheSenderAndOfTheReceiver() throws {
    #expect(
      try rows(
        "| Message | Sender | Sender becomes | Receiver becomes |\n|-|-|-|-|\n| SYN | client | SYN_SENT | SYN_RECEIVED |\n"
          + "| SYN+ACK | server | SYN_RECEIVED | ESTABLISHED |\n| ACK | client | ESTABLISHED | ESTABLISHED |")
        == [
          "SYN [SYN_SENT] | [SYN_RECV]", "[ESTABLISHED] | SYN+ACK [SYN_RECV]",
          "ACK [ESTABLISHED] | [ESTABLISHED]",
        ])
  }

  @Test func aColumnOfStatesMayNameTheParties() throws {
    #expect(
      try rows(
        "| Packet | Direction | States |\n|-|-|-|\n| SYN | client → server | client: SYN_SENT, server: LISTEN |\n"
          + "| SYN+ACK | server → client | server: SYN_RCVD |\n| ACK | client → server | both ESTABLISHED |")
        == [
          "SYN [SYN_SENT] | [LISTEN]", " | SYN+ACK [SYN_RECV]", "ACK [ESTABLISHED] | [ESTABLISHED]",
        ])
  }

  @Test func aColumnOfOnesIsOfAcknowledgmentNumbers() throws {
    #expect(
      try rows(
        "| 송신 | 수신 | 플래그 | SEQ | ACK |\n|-|-|-|-|-|\n| 단말 | 서버 | SYN | 0 | - |\n| 서버 | 단말 | SYN, ACK | 0 | 1 |\n"
          + "| 단말 | 서버 | ACK | 1 | 1 |") == [
          "SYN(SEQ:0) | ", " | SYN+ACK(SEQ:0,ACK:1)", "ACK(SEQ:1,ACK:1) | ",
        ])
  }

  @Test func bothMayCloseAtOnce() throws {
    #expect(
      try rows(
        "| A sends | B sends | A state | B state |\n|-|-|-|-|\n| FIN | FIN | FIN_WAIT_1 | FIN_WAIT_1 |\n"
          + "| ACK | ACK | CLOSING | CLOSING |\n| - | - | TIME_WAIT | TIME_WAIT |") == [
          "FIN [FIN_WAIT_1] | FIN [FIN_WAIT_1]", "ACK [CLOSING] | ACK [CLOSING]", "[TIME_WAIT] | [TIME_WAIT]",
        ])
  }

  @Test func wordsAfterTheHandshakeAreData() throws {
    #expect(
      try rows(
        "| From | To | What |\n|-|-|-|\n| browser | shop | SYN |\n| shop | browser | SYN-ACK |\n| browser | shop | ACK |\n"
          + "| browser | shop | GET /index.html (120 bytes) |\n| shop | browser | FIN |\n| browser | shop | ACK |"
      ) == [
        "SYN | ", " | SYN+ACK", "ACK | ", "data(120bytes) | ", " | FIN", "ACK | ",
      ])
  }

  @Test func aStateBeforeAndOneBehindAreOneParties() throws {
    #expect(
      try rows(
        "| way | segment | client before | client after |\n|-|-|-|-|\n| client → server | SYN | CLOSED | SYN_SENT |\n"
          + "| server → client | SYN+ACK | SYN_SENT | ESTABLISHED |\n| client → server | ACK | ESTABLISHED | ESTABLISHED |"
      ) == ["SYN [SYN_SENT] | ", "[ESTABLISHED] | SYN+ACK", "ACK [ESTABLISHED] | "])
  }

  @Test func oneColumnOfStatesIsTheSpeakers() throws {
    let expected = ["FIN [FIN_WAIT_1] | ", " | ACK [CLOSE_WAIT]", " | FIN [LAST_ACK]", "ACK [TIME_WAIT] | "]
    for table in [
      "| | Writer | Reader | State |\n|-|-|-|-|\n| a | FIN → | | FIN_WAIT_1 |\n| b | | ← ACK | CLOSE_WAIT |\n| c | | ← FIN | LAST_ACK |\n| d | ACK → | | TIME_WAIT |",
      "| Packet | From | To | Sender state |\n|-|-|-|-|\n| FIN | Writer | Reader | FIN_WAIT_1 |\n| ACK | Reader | Writer | CLOSE_WAIT |\n| FIN | Reader | Writer | LAST_ACK |\n| ACK | Writer | Reader | TIME_WAIT |",
    ] {
      #expect(try rows(table) == expected)
    }
  }

  @Test func aStageThatTellsOfAnArrivalIsBehindIt() throws {
    #expect(
      try rows(
        "| 서버 상태 | 앱 상태 | 단계 |\n|-|-|-|\n| LISTEN | CLOSED | 시작 전 |\n| LISTEN | SYN_SENT | SYN 전송 후 |\n"
          + "| SYN_RECV | SYN_SENT | SYN+ACK 수신 후 |\n| SYN_RECV | ESTABLISHED | ACK 전송 후 |\n"
          + "| ESTABLISHED | ESTABLISHED | ACK 수신 후 |") == [
          "[LISTEN] | [CLOSED]", "[LISTEN] | SYN [SYN_SENT]", "SYN+ACK [SYN_RECV] | [SYN_SENT] (received)",
          "[SYN_RECV] | ACK [ESTABLISHED]", "[ESTABLISHED] | [ESTABLISHED]",
        ])
  }

  @Test func whoSendsAtAStageFollowsFromTheStates() throws {
    let expected = [
      "FIN [FIN_WAIT_1] | [CLOSE_WAIT]", "[FIN_WAIT_2] | ACK [CLOSE_WAIT]", "[TIME_WAIT] | FIN [LAST_ACK]",
      "ACK [TIME_WAIT] | [CLOSED]",
    ]
    let states = [
      "FIN_WAIT_1 | CLOSE_WAIT", "FIN_WAIT_2 | CLOSE_WAIT", "TIME_WAIT | LAST_ACK", "TIME_WAIT | CLOSED",
    ]
    for (header, stages) in [
      (
        "المرحلة | الطرف الأول | الطرف الثاني", ["بعد FIN الأول", "بعد ACK", "بعد FIN الثاني", "بعد آخر ACK"]
      ),
      ("阶段 | 主动方 | 被动方", ["FIN 发出之后", "被动方 ACK 之后", "被动方 FIN 之后", "最后的 ACK 之后"]),
      ("挥手 | 客户端 | 服务端", ["第一次挥手", "第二次挥手", "第三次挥手", "第四次挥手"]),
      (
        "after | client | server",
        ["the FIN of the client", "the ACK of the server", "the server's FIN", "the last ACK"]
      ),
      (
        "Etapa | Cliente | Servidor",
        ["tras el FIN", "tras el ACK", "tras el segundo FIN", "tras el último ACK"]
      ),
    ] {
      let table = "| \(header) |\n|-|-|-|\n" + zip(stages, states).map { "| \($0) | \($1) |\n" }.joined()
      #expect(try rows(table) == expected, "\(header)")
    }
    let alone = "| A | B |\n|-|-|\n" + states.map { "| \($0) |\n" }.joined()
    #expect(try rows(alone) == expected)
  }

  @Test func aTraceTellsWhatIsSentAndWhatArrives() throws {
    let table = """
      | Step | Who | Does | Seq # | Ack # | Flags | Lamp's state | Bridge's state |
      |------|-----|------|-------|-------|-------|--------------|----------------|
      | 1 | Lamp | close() | — | — | — | FIN_WAIT_1 | ESTABLISHED |
      | 2 | Lamp | Send FIN | 70 | 20 | FIN, ACK | FIN_WAIT_1 | ESTABLISHED |
      | 3 | Bridge | Receive FIN | (70) | — | — | FIN_WAIT_1 | CLOSE_WAIT |
      | 4 | Bridge | Send ACK | 20 | 71 | ACK | FIN_WAIT_1 | CLOSE_WAIT |
      | 5 | Lamp | Receive ACK | — | — | — | FIN_WAIT_2 | CLOSE_WAIT |
      """
    #expect(
      try rows(table) == [
        "close() FIN+ACK(SEQ:70,ACK:20) [FIN_WAIT_1] | [ESTABLISHED]", "[FIN_WAIT_1] | [CLOSE_WAIT]",
        "[FIN_WAIT_1] | ACK(SEQ:20,ACK:71) [CLOSE_WAIT]", "[FIN_WAIT_2] | [CLOSE_WAIT]",
      ])
  }

  @Test func aSegmentAndItsAnswerInOneRowAreTwoRungs() throws {
    #expect(
      try rows(
        "| Van state | Depot state | Van sends | Depot sends |\n|-|-|-|-|\n| FIN_WAIT_1 | CLOSE_WAIT | FIN (seq=6) | ACK (ack=7) |\n"
          + "| FIN_WAIT_2 | LAST_ACK | nothing | FIN (seq=9) |\n| TIME_WAIT | CLOSED | ACK (ack=10) | nothing |"
      ) == [
        "FIN(SEQ:6) [FIN_WAIT_1] | ", " | ACK(ACK:7) [CLOSE_WAIT]", "[FIN_WAIT_2] | FIN(SEQ:9) [LAST_ACK]",
        "ACK(ACK:10) [TIME_WAIT] | [CLOSED]",
      ])
  }

  @Test func aCaptureAsATableIsRead() throws {
    #expect(
      try rows(
        "| No. | Source | Destination | Protocol | Length | Info |\n|-|-|-|-|-|-|\n"
          + "| 1 | 10.0.0.5 | 10.0.0.1 | TCP | 74 | 54321 → 80 [SYN] Seq=0 Win=64240 Len=0 MSS=1460 |\n"
          + "| 2 | 10.0.0.1 | 10.0.0.5 | TCP | 74 | 80 → 54321 [SYN, ACK] Seq=0 Ack=1 Win=65160 Len=0 |\n"
          + "| 3 | 10.0.0.5 | 10.0.0.1 | TCP | 66 | 54321 → 80 [ACK] Seq=1 Ack=1 Win=64256 Len=0 |") == [
          "SYN(SEQ:0) | ", " | SYN+ACK(SEQ:0,ACK:1)", "ACK(SEQ:1,ACK:1) | ",
        ])
  }

  @Test func aColumnOfSentencesIsReadAsAListIs() throws {
    #expect(
      try rows(
        "| Step | What happens |\n|-|-|\n| 1 | The client sends a SYN with seq=x |\n"
          + "| 2 | The server replies with SYN+ACK, seq=y, ack=x+1 |\n| 3 | The client sends an ACK, seq=x+1, ack=y+1 |"
      ) == Self.numbered)
  }

  @Test func aStepThatCannotBeReadIsTold() throws {
    let page = try Page(
      reading:
        "| way | flags | seq |\n|-|-|-|\n| a → b | SYN | x |\n| b → a | SYN, ACK | y + z |\n| a → b | ACK | x+1 |",
      name: "page.md")
    #expect(page.ladders.first?.rungs[1].cells.right.unreadText?.mayHideStep == true)
    #expect(page.unread.map(\.line) == [4])
  }
}
