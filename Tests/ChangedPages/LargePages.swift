/// Pages of one kind in any size.
package struct LargePage: Sendable {
  package var kind: String
  private var head: String
  private var tail: String
  /// The text of one of its parts, by its number.
  private var part: @Sendable (Int) -> String

  private init(
    _ kind: String, head: String = "", tail: String = "", _ part: @escaping @Sendable (Int) -> String
  ) {
    (self.kind, self.head, self.tail, self.part) = (kind, head, tail, part)
  }

  /// A page with as many parts as it takes to have this many octets.
  package func text(octets: Int) -> String {
    var text = head
    text.reserveCapacity(octets + 200)
    var number = 0
    while text.utf8.count < octets {
      text += part(number)
      number += 1
    }
    return text + tail
  }

  private static let diagram = "```mermaid\nsequenceDiagram\n"
  private static let opening = "A->>B: SYN\nB->>A: SYN+ACK\nA->>B: ACK\n"

  package static let all: [LargePage] =
    lines + facts + diagrams + tables + figures

  private static let lines = [
    LargePage("one line of words") { _ in "SYN sends the client " },
    LargePage("one line of letters") { _ in "x" },
    LargePage("one line of brackets") { _ in "[(<" },
    LargePage("one line of arrows") { _ in "A -> B: SYN " },
    LargePage("one line of marks") { _ in "**`__" },
    LargePage("blank lines") { _ in "\n" },
    LargePage("paragraphs") { "The client sends a SYN, number \($0).\n\n" },
    LargePage("headings") { "# SYN \($0)\n" },
    LargePage("fences") { _ in "```\nA -> B: SYN\nB -> A: SYN+ACK\n```\n" },
    LargePage("a fence that never ends", head: "````\n") { _ in "```\nSYN\n" },
    LargePage("comments that never end") { _ in "<!-- SYN\n" },
    LargePage("list items") { "\($0 % 999 + 1). Client → Server: SYN, seq=\($0)\n" },
    LargePage("list items that begin anew") { _ in "1. A -> B: SYN\n2. B -> A: SYN+ACK\n\n" },
    LargePage("bullets in sentences") { _ in "- The client sends a SYN\n- The server replies with SYN+ACK\n"
    },
    LargePage("numbered sentences") { "\($0 % 999 + 1). The client sends a SYN to the server\n" },
    LargePage("nested items", head: "- A -> B: SYN\n") { _ in "  - SYN_SENT of A\n" },
    LargePage("lines of names") { "P\($0) -> Q\($0): SYN\n" },
    LargePage("quotations") { _ in "> > A -> B: SYN\n" },
    LargePage("segments in a capture") {
      "12:00:00.1 IP 10.0.0.1.5000 > 10.0.0.2.80: Flags [P.], seq \($0):\($0 + 1), ack 1, length 1\n"
    },
    LargePage("connections in a capture") {
      "12:00:00.1 IP 10.0.0.1.\($0) > 10.0.0.2.80: Flags [S], seq 1, length 0\n"
    },
    LargePage("lines of a protocol above TCP") {
      "\($0) 0.1 10.0.0.1 10.0.0.\($0 % 200 + 2) HTTP 74 GET /\n"
    },
  ]

  private static let facts = [
    LargePage("sentences with facts") { _ in "TIME_WAIT lasts 60 s. It is long.\n\n" },
    LargePage("a paragraph of facts") { _ in "TIME_WAIT lasts 60 s. " },
    LargePage("list items with facts", head: "Timers:\n\n") { _ in "- TIME_WAIT timeout: 60 s\n" },
    LargePage("items that are further and further in") { number in
      String(repeating: " ", count: number % 2000) + "- TIME_WAIT timeout: 60 s\n"
    },
    LargePage("tables of facts") { _ in "| state | timeout |\n|---|---|\n| TIME_WAIT | 60 s |\n\n" },
    LargePage("sentences that begin like facts") { _ in
      "2 time 2MSL (4 TIME-WAIT is the the the a 2 MSL write after connect() to a\n\n"
    },
  ]

  private static let diagrams = [
    LargePage("messages", head: diagram, tail: "```\n") { _ in opening },
    LargePage("messages of FIN", head: diagram, tail: "```\n") { _ in "A->>B: FIN\nB->>A: FIN\n" },
    LargePage("participants", head: diagram, tail: opening + "```\n") { "participant P\($0) as Q\($0)\n" },
    LargePage("messages between many", head: diagram, tail: "```\n") { "P\($0)->>Q\($0): SYN\n" },
    LargePage("notes", head: diagram + opening, tail: "```\n") { _ in "Note over A: SYN_SENT\n" },
    LargePage("notes before all", head: diagram, tail: opening + "```\n") { _ in "Note over A: SYN_SENT\n" },
    LargePage("states of both", head: diagram + opening, tail: "```\n") { _ in
      "Note over A,B: A CLOSING, B LAST_ACK\n"
    },
    LargePage("states in turn", head: diagram + opening, tail: "```\n") { _ in
      "Note over A: SYN_SENT\nNote over B: LISTEN\nNote over A: CLOSED\n"
    },
    LargePage("nested alternatives", head: diagram, tail: "```\n") { _ in "alt a\nA->>B: SYN\nelse b\n" },
    LargePage("alternatives side by side", head: diagram, tail: "```\n") { _ in
      "alt a\nA->>B: SYN\nelse b\nB->>A: ACK\nend\n"
    },
    LargePage("branches of one alternative", head: diagram + "alt a\n", tail: "end\n```\n") { _ in
      "A->>B: SYN\nelse b\n"
    },
    LargePage("long branches", head: diagram + opening, tail: "```\n") { _ in
      "alt a\nelse b\nend\nA->>B: ACK data\n"
    },
    LargePage("losses", head: diagram + opening, tail: "```\n") { _ in "A-xB: data\nNote over A: RTO\n" },
    LargePage("diagrams") { _ in "sequenceDiagram\n" + opening },
    LargePage("messages of PlantUML", head: "@startuml\n", tail: "@enduml\n") { _ in
      "A -> B ++ : SYN\nreturn ACK\n"
    },
    LargePage("starts of PlantUML") { _ in "@startuml\nA -> B : SYN\n" },
    LargePage("a note of PlantUML that never ends", head: "@startuml\nA -> B : SYN\nnote right\n") { _ in
      "SYN\n"
    },
  ]

  private static let tables = [
    LargePage("rows", head: "| client | server |\n| - | - |\n") { _ in "| SYN | |\n| | SYN+ACK |\n" },
    LargePage("rows with a direction", head: "| Direction | Flags | State |\n| - | - | - |\n") { _ in
      "| A → B | SYN | SYN_SENT |\n| B → A | SYN, ACK | |\n"
    },
    LargePage("rows of states", head: "| Stage | Client | Server |\n| - | - | - |\n") {
      "| \($0) | SYN_SENT | LISTEN |\n"
    },
    LargePage("rows of words", head: "| a | b |\n| - | - |\n") { _ in
      "| the SYN of the client | and its ACK |\n"
    },
    LargePage("tables") { _ in "| a | b |\n| - | - |\n| SYN | |\n| | SYN+ACK |\n\n" },
    LargePage("one cell", head: "| a | b |\n| - | - |\n| SYN | SYN+ACK |\n| ", tail: " | x |\n") { _ in "SYN "
    },
    LargePage("facts", head: "| what | value | set by |\n| - | - | - |\n") { "| fact \($0) | \($0) s | |\n" },
    LargePage("rows of HTML", head: "<table><tr><th>client</th><th>server</th></tr>\n", tail: "</table>\n") {
      _ in
      "<tr><td>SYN</td><td></td></tr>\n<tr><td></td><td>SYN+ACK</td></tr>\n"
    },
    LargePage("tables of HTML that never end") { _ in "<table><tr><td>SYN\n" },
    LargePage("cells of HTML", head: "<table><tr>") { _ in "<td>SYN</td>" },
  ]

  private static let figures = [
    LargePage("segments of a figure", head: "    A    B\n") { _ in
      "SYN-SENT --> <SEQ=1><CTL=SYN> --> SYN-RECEIVED\n"
    },
    LargePage("calls of a figure", head: "SYN-SENT --> <SEQ=1><CTL=SYN> --> LISTEN\n") { _ in "   (close())\n"
    },
    LargePage("segments under way", head: "    A    B\n") { _ in
      "SYN-SENT --> <SEQ=1><CTL=SYN> ...\n         <-- <SEQ=2><CTL=SYN> <-- SYN-SENT\n"
    },
    LargePage("fields in one line") { _ in "<SEQ=1><CTL=SYN> --> " },
    LargePage("arrows of a drawing", head: "Client            Server\n") { _ in
      "  |---- SYN ------->|\n  |<--- SYN+ACK ----|\n"
    },
    LargePage("arrows in a fence", head: "```\nClient            Server\n", tail: "```\n") { _ in
      "  |---- SYN ------->|\n  |<--- SYN+ACK ----|\n"
    },
    LargePage("labels above arrows", head: "```\nClient            Server\n", tail: "```\n") { _ in
      "  |       SYN       |\n  |---------------->|\n"
    },
    LargePage("life lines", head: "```\n", tail: "```\n") { _ in "  |                 |\n" },
    LargePage("drawings apart") { _ in "A ---- SYN ---> B\nA <-- SYN+ACK -- B\n\n" },
  ]
}
