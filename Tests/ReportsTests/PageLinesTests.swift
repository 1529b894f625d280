import Claims
import Documents
import Kinds
import Reports
import Scenarios
import TCP
import Testing
import Traces

/// A page that is told from top to bottom.
@Suite(.tags(.pure)) struct PageLinesTests {
  private func report(
    measured value: String, as format: Format = .terminal, style: Style = Style(tellsPages: true)
  ) throws -> String {
    let text = """
      # On `errors`

      A paragraph that goes on
      in the next line.

      ## A section

      | what | value | set by | claim |
      | - | - | - | - |
      | connect() where nobody listens | ECONNREFUSED | by default | E1 |

      - E1: nobody listens.
      - E2: a second item, so long that it does not fit into one line of eighty columns and goes on.

      ## What nobody asked for

      | what | value | set by | claim |
      | - | - | - | - |
      | length of TIME_WAIT | 60 s | by default | E3 |
      """
    var writer = TraceWriter(
      Variant(subject: .scenario(id: Scenario.closedPort.name), bench: .wire, family: .ipv4))
    writer.rung(0)
    let syn = writer.segment(.syn, seq: 1, from: .left)
    let figure = Measurement(
      "connect() where nobody listens", .measured(Value(reading: value)), source: "errno 111", events: [syn])
    writer.add(.measurement(figure: figure))
    let run = Run(
      version: "0.1.0", command: "tcpprobe page", machine: Samples.machine,
      documents: [Run.Source(name: "page", text: text)], traces: [writer.trace])
    return try Assessment(of: run, by: Scenarios.catalogue).rendered(as: format, style: style)
  }

  @Test func proseDrawingAndFigureStandInThePagesOrder() throws {
    let report = try report(measured: "ECONNREFUSED")
    let parts = [
      "\n\nOn errors\n\nA paragraph that goes on in the next line.\n\nA section\n\nNobody listens.\nScenario \"closed port\", by default ·",
      "SYN seq=", "  Condition: by default\n  ✓ E1 connect() where nobody listens  ECONNREFUSED\n",
      "errno 111",
      "\n\n· E1: nobody listens.\n· E2: a second", "\n  columns and goes on.\n", "1 claim: 1 confirmed\n",
    ]
    var rest = report[...]
    for part in parts {
      let range = try #require(rest.firstRange(of: part), "\(part) in \(report)")
      rest = rest[range.upperBound...]
    }
  }

  @Test func theRunOfAFactsTableIsOneSlide() throws {
    let slides = try report(measured: "ECONNREFUSED", as: .slides)
    #expect(slides.matches(of: /class="slide walk"/).count == 1, "\(slides)")
    #expect(slides.matches(of: /class="slide values"/).count == 1)
  }

  @Test func whereThePageSaysOtherwiseBothAreShown() throws {
    let report = try report(measured: "ETIMEDOUT")
    #expect(report.contains("✗ E1 connect() where nobody listens  ETIMEDOUT\n"), "\(report)")
    #expect(report.contains("page ECONNREFUSED\n"))
  }

  @Test func aSectionOfWhichNothingWasRunIsLeftOut() throws {
    #expect(!(try report(measured: "ECONNREFUSED").contains("What nobody asked for")))
  }

  @Test(arguments: [60, 72, 80, 120], [true, false])
  func noLineIsWiderThanTheTerminal(width: Int, unicode: Bool) throws {
    let style = Style(width: width, unicode: unicode, tellsPages: true)
    let report = try report(measured: "ECONNREFUSED", style: style)
    for line in report.split(separator: "\n") { #expect(line.displayWidth <= width, "\(line)") }
    if !unicode { #expect(report.allSatisfy { $0.isASCII }) }
  }
}
