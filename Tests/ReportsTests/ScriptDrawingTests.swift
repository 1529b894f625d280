import Claims
import Documents
import Kinds
import Reports
import Testing
import Traces

/// Packetdrill scripts as drawings: the first difference stands in each.
@Suite(.tags(.pure)) struct ScriptDrawingTests {
  /// A script of so many segments and a close(); the kernel's last segment has other flags where it differs.
  private static func judgement(_ name: String, segments: Int, differs: Bool) -> ScriptJudgement {
    let expected = (0..<segments).map {
      ScriptSegment(flags: .ack, start: UInt32(1 + $0 * 1000), length: 1000, acknowledgment: 1)
    }
    var events = expected.enumerated().map { place, segment in
      Script.Event(
        line: 4 + place, text: "+0 > \(segment)", time: .relative(.zero), action: .outbound(.segment(segment))
      )
    }
    let close = ScriptCall(name: "close", arguments: [.integer(3)], result: .integer(0))
    events.insert(
      .init(line: 3, text: "0 close(3) = 0", time: .relative(.zero), action: .call(close)), at: 0)
    let script = Script(name: name, events: events)
    var steps: [ScriptTrace.Step] = [
      .init(event: 0, time: .zero, seen: .returned(.init(result: 0, arguments: [.integer(3)])))
    ]
    for (place, segment) in expected.enumerated() {
      var seen = segment
      if differs, place == segments - 1 { seen.flags = [.psh, .ack] }
      steps.append(.init(event: place + 1, time: .zero, seen: .segments([seen])))
    }
    let run = ScriptTrace(steps: steps)
    return ScriptJudgement(
      script: script, runs: [run, run],
      decision: ScriptDecision(of: [run, run], script: script) ?? .undecided(.other("no decision")))
  }

  private static func rendered(_ judgements: [ScriptJudgement], as format: Format) throws -> String {
    try #require(
      ScriptAssessment(
        version: "0.1.0", command: "tcpprobe check", machine: Samples.machine, judgements: judgements
      ).rendered(as: format, style: Style()))
  }

  private static let different = judgement("wrong.pkt", segments: 9, differs: true)
  private static let confirmed = judgement("right.pkt", segments: 9, differs: false)

  @Test func theSamplesAreDecided() {
    #expect(Self.different.difference?.parts == ["the flags"] && Self.different.line == 12)
    #expect(Self.confirmed.decision == .confirmed)
  }

  @Test func aMermaidDiagramEndsWithTheDifference() throws {
    let text = try Self.rendered([Self.different], as: .mermaid)
    let fence = try #require(text.firstMatch(of: #/```mermaid\n((?s).*?)\n```/#)).output.1
    let lines = fence.split(separator: "\n").map { $0.drop { $0 == " " } }
    #expect(lines.first == "sequenceDiagram")
    #expect(lines[lines.count - 2].hasPrefix("A->>B: 12: P. 8001:9001(1000)"))
    #expect(
      lines.last?.hasPrefix("Note over A,B: contradicted, document: #62; . 8001:9001(1000) ack 1") == true)
    // Of the events before it, the last six.
    #expect(lines.count { $0.hasPrefix("A->>B: ") } == 7 && !fence.contains("close(3)"))
  }

  @Test func aConfirmedScriptIsDrawnWholeWhereItStandsAlone() throws {
    let alone = try Self.rendered([Self.confirmed], as: .mermaid)
    #expect(alone.contains("Note over A: 3: close(3) = 0") && alone.contains("A->>B: 12: . 8001:9001(1000)"))
    let both = try Self.rendered([Self.confirmed, Self.different], as: .mermaid)
    #expect(both.matches(of: #/```mermaid/#).count == 1 && both.contains("## wrong.pkt:12"))
  }

  @Test func slidesShowAStepAScreen() throws {
    let page = try #require(
      WellFormed(try Self.rendered([Self.confirmed, Self.different], as: .slides)))
    let slides = page.elements.filter { $0.attributes["class"]?.hasPrefix("slide ") == true }
    let walks = slides.filter { $0.attributes["class"] == "slide walk" }
    #expect(walks.count == 7)
    let last = try #require(walks.last).text
    #expect(last.contains("wrong.pkt:12") && last.contains("contradicted") && last.contains("line 12"))
    #expect(slides.count { $0.text.contains("contradicted") && $0.text.contains("wrong.pkt:12") } == 2)
    let ids = Set(page.ids)
    #expect(
      page.all("use").compactMap { $0.attributes["href"] }.allSatisfy { ids.contains(String($0.dropFirst())) }
    )
  }
}
