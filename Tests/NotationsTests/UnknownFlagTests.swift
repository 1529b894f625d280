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

  @Test(arguments: ["FOO(SEQ:1)", "SYM-ACK(SEQ:1)"])
  func anUnknownFlagInACellIsUnread(cell: String) throws {
    let page = try Page(
      reading: "| client | server |\n|-|-|\n| SYN | |\n| | \(cell) |\n| ACK | |\n", name: "page.md")
    let read = page.ladders[0].rungs[1].cells.right
    #expect(read.segment == nil && read.unreadText?.mayHideStep == true)
    #expect(page.unread.map(\.text) == [cell])
  }
}
