import Claims
import Documents
import Foundation
import Kinds
import Reports
import Scenarios
import Testing
import Traces

/// A run as a lesson for a browser.
@Suite(.tags(.pure)) struct LessonTests {
  /// A run that a real kernel made, told as a lesson.
  static func lesson(quiz: Bool = false) throws -> String {
    try rendered(as: .html, quiz: quiz)
  }

  static func rendered(as format: Format, quiz: Bool = false) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = try Data(contentsOf: root.appending(path: "Reports/close-sequence.json"))
    let assessment = try Assessment(of: try Run(reading: Array(file)), by: Scenarios.catalogue)
    var style = Style(tellsPages: true)
    style.isQuiz = quiz
    return assessment.rendered(as: format, style: style)
  }

  /// The names of the stops, by following the links to the next one.
  private func followed(_ page: WellFormed, _ relation: String, from start: String) -> [String] {
    var stops = [start]
    // Elements stand in the order in which they end: a link before the stop that it is in.
    var links: [String: String] = [:]
    var found: String?
    for element in page.elements {
      if element.attributes["rel"] == relation { found = element.attributes["href"] }
      if element.attributes["class"] == "tell", let id = element.attributes["id"] {
        links[id] = found.map { String($0.dropFirst()) }
        found = nil
      }
    }
    while let next = stops.last.flatMap({ links[$0] }), stops.count < 1000 { stops.append(next) }
    return stops
  }

  @Test func theLessonStandsBeforeItsEvidence() throws {
    let html = try Self.lesson()
    let parts = [
      "<h1>", "<svg class=\"ladder\"", "class=\"cited\"", "<details class=\"fold\">", "Evidence: ",
    ]
    var rest = html[...]
    for part in parts {
      let range = try #require(rest.firstRange(of: part), "\(part)")
      rest = rest[range.upperBound...]
    }
    for part in ["id=\"claims\"", "id=\"observers\""] {
      #expect(rest.contains(part) && !html.dropLast(rest.count).contains(part), "\(part)")
    }
    let page = try #require(WellFormed(html))
    #expect(page.all("details").allSatisfy { $0.attributes["open"] == nil })
  }

  @Test(arguments: [false, true]) func everyStepIsReachedByLinksInBothDirections(quiz: Bool) throws {
    let page = try #require(WellFormed(try Self.lesson(quiz: quiz)))
    let stops = page.elements.filter { $0.attributes["class"] == "tell" }.compactMap { $0.attributes["id"] }
    #expect(stops.count > 10)
    #expect(followed(page, "next", from: try #require(stops.first)) == stops)
    #expect(followed(page, "prev", from: try #require(stops.last)) == stops.reversed())
  }

  @Test func aStepHasTheSentenceOfItsClaimAndTheStatesOfBothEnds() throws {
    let text = """
      # A page

      | client | server | claim |
      | - | - | - |
      | FIN seq=x, ack=y | [CLOSE_WAIT] | X1 |

      - X1: the end that receives the FIN enters CLOSE_WAIT.
      """
    var writer = TraceWriter(Samples.ladderVariant("page", table: 1))
    writer.rung(0)
    writer.look(.left, .established)
    writer.look(.right, .established)
    writer.segment(
      [.fin, .ack], seq: 1, ack: 1, from: .left, sender: .finWait1, receiver: .closeWait)
    let page = try Samples.lesson(text, writer.trace, as: .html)
    let step = try #require(page.elements.first { $0.attributes["id"] == "f1s1" })
    for words in [
      "The end that receives the FIN enters CLOSE_WAIT.", "clientFIN_WAIT_1", "serverCLOSE_WAIT",
      "ESTABLISHED → FIN_WAIT_1: CLOSE / snd FIN", "ESTABLISHED → CLOSE_WAIT: rcv FIN / snd ACK",
    ] {
      #expect(step.text.contains(words), "\(words) in \(step.text)")
    }
    let pictures = page.all("svg").filter { $0.attributes["class"] == "diagram" }
    #expect(
      pictures.map { $0.attributes["aria-label"] } == [
        "State diagram of RFC 9293: client in ESTABLISHED, server in ESTABLISHED",
        "State diagram of RFC 9293: client in FIN_WAIT_1, server in CLOSE_WAIT",
      ])
    // The diagram is drawn once, and each end has taken one edge.
    #expect(page.all("text").count { $0.text == "FIN_WAIT_2" } == 1)
    #expect(page.elements.count { $0.attributes["class"]?.hasPrefix("taken ") ?? false } == 2)
  }

  /// Each row has a condition of its own, so that a table for each would be one row long.
  @Test func conditionsOfSingleRowsStandInAColumn() throws {
    let text = """
      # A page

      | what | value | set by | claim |
      | - | - | - | - |
      | connect() where nobody listens | ECONNREFUSED | by default | E1 |
      | connect() where nobody listens | ECONNREFUSED | tcp_syn_retries: 2 | E1 |
      """
    var traces: [Trace] = []
    for conditions in [[], [Condition.setting("tcp_syn_retries", "2")]] {
      var writer = TraceWriter(
        Variant(
          subject: .scenario(id: Scenario.closedPort.name), bench: .wire, family: .ipv4,
          conditions: conditions))
      writer.rung(0)
      let syn = writer.segment(.syn, seq: 1, from: .left)
      let figure = Measurement(
        "connect() where nobody listens", .measured(Value(reading: "ECONNREFUSED")), source: "errno 111",
        events: [syn])
      writer.add(.measurement(figure: figure))
      traces.append(writer.trace)
    }
    let run = Run(
      version: "0.1.0", command: "tcpprobe page", machine: Samples.machine,
      documents: [Run.Source(name: "page", text: text)], traces: traces)
    let html = try Assessment(of: run, by: Scenarios.catalogue).rendered(
      as: .html, style: Style(tellsPages: true))
    let tables = try #require(WellFormed(html)).all("table").filter {
      $0.attributes["class"] == "measurements"
    }
    #expect(tables.count == 1 && tables.allSatisfy { $0.text.contains("tcp_syn_retries: 2") })
  }

  @Test func aQuizAsksForTheStatesBeforeItShowsThem() throws {
    let page = try #require(WellFormed(try Self.lesson(quiz: true)))
    let stops = page.elements.filter { $0.attributes["class"] == "tell" }
    let questions = stops.filter { $0.attributes["id"]?.contains("q") ?? false }
    #expect(!questions.isEmpty)
    for question in questions {
      #expect(question.text.contains("In which state is each end after this step?"))
      #expect(question.text.contains("?") && !question.text.contains("_"), "\(question.text)")
    }
    let plain = try #require(WellFormed(try Self.lesson()))
    #expect(plain.ids.allSatisfy { !$0.contains("q") || !$0.hasPrefix("f") })
  }

  /// A browser runs no script whose hash differs from that of the policy.
  @Test func theHashOfThePolicyIsThatOfTheScript() throws {
    let html = try Self.lesson()
    let script = try #require(html.firstMatch(of: /<script>((?s).*?)<\/script>/)).output.1
    let hash = try #require(html.firstMatch(of: /sha256-([A-Za-z0-9+\/=]+)/)).output.1
    let octets = try #require(Data(base64Encoded: String(hash)))
    let sum = try Witness.run(["sha256sum"], input: String(script))
    #expect(sum.status == 0)
    #expect(sum.output.hasPrefix(octets.map { String(format: "%02x", $0) }.joined()))
  }

  @Test func onlyTheScriptForKeysStandsInALesson() throws {
    let page = try #require(WellFormed(try Self.lesson()))
    #expect(page.all("script").count == 1)
    let policy = page.all("meta").compactMap { $0.attributes["content"] }.filter { $0.contains("script-src") }
    let directives = try #require(policy.first).split(separator: ";").map { $0.split(separator: " ") }
    #expect(policy.count == 1 && directives.contains(["default-src", "'none'"]))
    let sources = try #require(directives.first { $0.first == "script-src" }).dropFirst()
    #expect(sources.count == 1 && sources.allSatisfy { $0.hasPrefix("'sha256-") })
    for element in page.elements {
      #expect(element.attributes["src"] == nil && !element.attributes.keys.contains { $0.hasPrefix("on") })
    }
  }
}
