import Documents
import Notations
import Kinds
import Testing

/// Tables of HTML are read like those of Markdown.
@Suite(.tags(.pure)) struct HTMLTableTests {
  private func cells(_ text: String) throws -> [[String]] {
    let page = try Page(reading: text, name: "page.html")
    #expect(page.unread.isEmpty, "\(page.unread)")
    return page.ladders.map { ladder in
      [ladder.parties.left, ladder.parties.right] + ladder.allTold
    }
  }

  private static let opening = ["client", "server"] + handshake

  static let tables = [
    "<table><tr><th>client</th><th>server</th></tr><tr><td>SYN</td><td></td></tr><tr><td></td><td>SYN+ACK</td></tr>"
      + "<tr><td>ACK</td><td></td></tr></table>",
    """
    <!DOCTYPE html>
    <html><body><h1>Opening</h1>
    <table class="steps" border="1">
      <caption>A handshake</caption>
      <thead>
        <tr>
          <th scope="col">client</th>
          <th scope="col">server</th>
        </tr>
      </thead>
      <tbody>
        <tr><td><code>SYN</code></td><td>&nbsp;</td></tr>
        <tr><td></td><td><b>SYN</b>+<b>ACK</b></td></tr>
        <tr><td>
          ACK
        </td><td></td></tr>
      </tbody>
    </table>
    </body></html>
    """,
    "<TABLE>\n<TR><TH>way<TH>segment\n<TR><TD>client &rarr; server<TD>SYN\n<TR><TD>server &#8594; client<TD>SYN,<br>ACK\n"
      + "<TR><TD>client &#x2192; server<TD>ACK\n</TABLE>",
    "<table>\n<tr><th colspan=\"2\">The opening</th></tr>\n<tr><td>client</td><td>server</td></tr>\n"
      + "<tr><td>SYN →</td><td></td></tr>\n<tr><td></td><td>&larr; SYN+ACK</td></tr>\n<tr><td>ACK →</td><td></td></tr>\n</table>",
    "<table><tr><th>who</th><th>phase</th><th>segment</th></tr>\n<tr><td>client</td><td rowspan=\"3\">opening</td><td>SYN</td></tr>\n"
      + "<tr><td>server</td><td>SYN-ACK</td></tr>\n<tr><td>client</td><td>ACK</td></tr></table>",
  ]
  @Test(arguments: tables.indices) func aTableOfHTMLIsALadder(index: Int) throws {
    #expect(try cells(Self.tables[index]) == [Self.opening])
    #expect(try cells("# A page\n\nProse.\n\n" + Self.tables[index] + "\n\nMore prose.\n") == [Self.opening])
  }

  @Test func whatIsNotClosedOrNestedIsNoTable() throws {
    let good = "| client | server |\n|-|-|\n| SYN | |\n| | SYN+ACK |\n| ACK | |\n"
    for text in [
      "<table>\n<tr><td>SYN", "<table><tr><td><table><tr><td>SYN</td></tr></table></td></tr></table>",
      "<table",
    ] {
      #expect(try Page(reading: good + "\n" + text, name: "page.md").ladders.count == 1)
    }
  }

  @Test func aLineOfATableIsTheLineOfItsRow() throws {
    let page = try Page(
      reading:
        "x\n<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>SYN</td><td></td></tr>\n\n<tr><td></td><td>SYN+ACK</td></tr>\n</table>",
      name: "page.html")
    #expect(page.ladders.first?.line == 2)
    #expect(page.ladders.first?.rungs.map(\.line) == [4, 6])
  }
}
