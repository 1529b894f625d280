package import Chance

/// Small pages, one or more for each notation, to be changed at random.
package enum PageExamples {
  package static let all: [String] = [
    // A table with a column for each party.
    """
    # Opening

    | client        | server                      | note  |
    | ------------- | --------------------------- | ----- |
    | [CLOSED]      | [LISTEN]                    |       |
    | SYN(SEQ:1000) | lost                        | first |
    | timeout       |                             |       |
    | SYN(SEQ:1000) | [SYN_RECV] (received)       |       |
    |               | SYN+ACK(SEQ:2000,ACK:1001)  |       |
    | ACK           | [ESTABLISHED]               |       |
    """,
    // Tables with a column for the direction, and with states.
    """
    | Step | Direction | Flags | Seq | Ack | Client state | Server state |
    |---|---|---|---|---|---|---|
    | 1 | C → S | SYN | 0 | - | SYN_SENT | LISTEN |
    | 2 | S → C | SYN, ACK | 0 | 1 | ESTABLISHED | SYN_RCVD |
    | 3 | C → S | ACK | 1 | 1 | ESTABLISHED | ESTABLISHED |

    | what | value | set by |
    | --- | --- | --- |
    | TIME_WAIT | 60 s | |
    """,
    // HTML.
    """
    <table><tr><th>Client</th><th>Server</th></tr>
    <tr><td>SYN</td><td></td></tr><tr><td></td><td>SYN, ACK</td></tr>
    <tr><td>ACK</td><td>&nbsp;</td></tr></table>
    """,
    // Mermaid.
    """
    ```mermaid
    sequenceDiagram
      autonumber
      participant C as Client
      actor S as "The server"
      Note over S: LISTEN
      C->>+S: SYN seq=x
      Note right of C: SYN_SENT
      alt open
        S-->>-C: SYN, ACK (seq=y, ack=x+1)
        C-xS: ACK lost
        Note over C,S: after a timeout
        par
        C->>S: FIN
        and
        S->>C: FIN
        end
      else closed
        S--)C: RST+ACK
      end
    ```
    """,
    // PlantUML.
    """
    @startuml
    participant "The client" as C
    == Closing ==
    C -> S ++ : FIN, ACK\\nseq=u
    note over C : FIN_WAIT_1
    return ACK
    S -[#red]->x C : FIN
    note right
      LAST_ACK
    end note
    ...
    C <-- S : FIN
    @enduml
    """,
    // A figure in the style of RFC 9293.
    """
        Left                                           Right
    1.  CLOSED                                         LISTEN
    2.  (Open)
        SYN-SENT    --> <SEQ=40><CTL=SYN>              ...
    3.  SYN-RECEIVED <-- <SEQ=7><CTL=SYN>              <-- SYN-SENT
    4.              ... <SEQ=40><CTL=SYN>              --> SYN-RECEIVED
    5.  ESTABLISHED --> <SEQ=41><ACK=8><CTL=ACK><DATA> XXX
        (timeout)
    """,
    // Figures that people draw.
    """
    ```
    Client                          Server
      |                               | LISTEN
      |------ SYN (seq=x) ----------->|
      |<----- SYN+ACK ----------------| SYN_RCVD
      |        ACK                    |
      |==============================>|
      |              |                |
    ```

    ```text
    客户端 ──── FIN ────► 服务器
    客户端 ◄─── ACK ───── 服务器
    ```
    """,
    // Lists.
    """
    1. Client → Server: SYN, seq=1
    2. Server → Client: SYN+ACK, seq=5, ack=2
       - the server is in SYN_RECV
    3. Client → Server: ACK

    - ① 서버 <- 클라이언트: FIN(seq=u)
    - ② 서버 -> 클라이언트: ACK(ack=u+1)
    - ...
    - A => B (FIN)
    """,
    """
    1. The client sends a SYN with seq=100 and enters SYN_SENT.
    2. The server receives it, and replies with SYN-ACK, ack=101.
    3. The client answers with an ACK; the connection is ESTABLISHED.

    1. 客户端发送FIN，seq=u
    2. 服务器收到后返回ACK，ack=u+1
    """,
    // Captures.
    """
    12:00:00.1 IP 10.0.0.1.5000 > 10.0.0.2.80: Flags [S], seq 100, win 512, length 0
    12:00:00.2 IP 10.0.0.2.80 > 10.0.0.1.5000: Flags [S.], seq 900, ack 101, win 512, length 0
    12:00:00.3 IP 10.0.0.1.5000 > 10.0.0.2.80: Flags [P.], seq 1:11, ack 1, win 512, length 10

    1 0.000 10.3.0.8 10.3.0.9 TCP 74 51500 → 6379 [SYN] Seq=0 Win=64 Len=0
    2 0.001 10.3.0.9 10.3.0.8 TCP 74 6379 → 51500 [SYN, ACK] Seq=0 Ack=1 Win=64 Len=0
    """,
  ]

  /// Texts that a change puts in.
  static let splices = [
    "|", "\n", "\r", "\\", "`", "*", "_", "(", ")", "[", "]", "<", ">", "-", ":", "=", "+", ",", "...", "```",
    "<!--", "-->", "---", "| --- | --- |", "SYN", "ACK:", "SEQ:4294967296", "99999999999999999999bytes",
    "send(0)",
    "lost", "timeout", "[LISTEN]", "\u{FEFF}", "\u{301}", "연결", "🙂", "👩‍👩‍👧", " ", "\t", "<br>", "x+", "'",
    "\u{1B}[31m", "\u{7}", "\u{200B}", "\u{202E}", "　", "：", "，", "→", "←", "──►", "alt x", "end", "else",
    "par",
    "and", "Note over A,B:", "note over", "@enduml", "<table>", "</td>", "<tr>", "&amp;", "#35;", "#", ";",
    "%%", "\"",
    "(seq=x+99999999999)", "99999999999999999999.", "CLOSED → LISTEN", "<CTL=SYN,ACK>", "<SEQ=", "Flags [",
    "FIN_WAIT_1",
    "A->>B: SYN", "participant ", " as ", "\u{FF1C}", "é", "e\u{301}\u{301}\u{301}",
  ]
}

extension SplitMix64 {
  /// A page that begins as one of the examples and has a few changes, of signs and of lines.
  package mutating func mutatedPage() -> String {
    var text = one(of: PageExamples.all)
    if chance(20) { text += "\n\n" + one(of: PageExamples.all) }
    for _ in 0..<Int.random(in: 0...4, using: &self) { text = withChangedLines(text) }
    var scalars = Array(text.unicodeScalars)
    for _ in 0..<Int.random(in: 0...8, using: &self) where !scalars.isEmpty {
      let place = Int.random(in: 0..<scalars.count, using: &self)
      switch Int.random(in: 0..<3, using: &self) {
      case 0: scalars.insert(contentsOf: one(of: PageExamples.splices).unicodeScalars, at: place)
      case 1: scalars.removeSubrange(place..<min(scalars.count, place + Int.random(in: 1...5, using: &self)))
      default: scalars.swapAt(place, Int.random(in: 0..<scalars.count, using: &self))
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private mutating func withChangedLines(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let place = Int.random(in: 0..<lines.count, using: &self)
    let other = Int.random(in: 0..<lines.count, using: &self)
    switch Int.random(in: 0..<5, using: &self) {
    case 0: lines.swapAt(place, other)
    case 1: lines.remove(at: place)
    case 2: lines.insert(lines[other], at: place)
    case 3: lines.removeSubrange(place...)
    default: lines[place] = lines[place].prefix(Int.random(in: 0...max(1, lines[place].count), using: &self))
    }
    return lines.joined(separator: "\n")
  }
}
