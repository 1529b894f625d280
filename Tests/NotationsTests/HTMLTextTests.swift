import Documents
import Kinds
import Notations
import Testing

/// Diagrams and lists in HTML.
@Suite(.tags(.pure)) struct HTMLTextTests {
  @Test func aDiagramInAPreIsRead() throws {
    let text = """
      <html><body><pre class="mermaid">
      sequenceDiagram
        A-&gt;&gt;B: SYN
        B--&gt;&gt;A: SYN+ACK
        A-&gt;&gt;B: ACK
      </pre></body></html>
      """
    #expect(try rows(text, name: "page.html") == [handshake])
  }

  @Test func itemsOfAListAreRead() throws {
    let text =
      "<ul>\n<li>A &rarr; B: <b>SYN</b></li>\n<li>B &#8594; A: SYN+ACK</li>\n<li>A → B: ACK</li>\n</ul>\n"
    #expect(try rows(text, name: "page.html") == [handshake])
  }

  @Test(arguments: [
    "    A --- SYN ---&#62; B\n    A &#x3C;--- SYN+ACK --- B\n    A --- ACK ---&gt; B",
    "| a | b |\n|-|-|\n| SYN | |\n| | SYN &#43; ACK |\n| ACK | |",
    "```mermaid\nsequenceDiagram\nA->>B: SYN\nB->>A: SYN#43;ACK\nA->>B: ACK\n```",
  ])
  func entitiesMeanTheSameInEachNotation(text: String) throws { #expect(try rows(text) == [handshake]) }
}
