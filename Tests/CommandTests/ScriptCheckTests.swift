import Foundation
import Testing

extension CommandTests {
  /// Packetdrill scripts, as a person checks them.
  @Suite(.enabled(if: Probe.benches.contains("wire"), "the wire cannot run here"))
  struct ScriptCheckTests {
    private let folder: Folder
    private let example: String

    init() throws {
      folder = try Folder()
      let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
      example = try String(contentsOf: root.appending(path: "Examples/reordering.pkt"), encoding: .utf8)
    }

    private func check(_ text: String, _ options: String...) throws -> Program.Finished {
      try folder.write(text, to: "script.pkt")
      return try Probe.program(["check", "script.pkt"] + options).run(in: folder)
    }

    private var wrong: String {
      example.replacingOccurrences(of: "> . 1:1(0) ack 2001", with: "> . 1:1(0) ack 2002")
    }

    @Test func theExampleIsConfirmed() throws {
      let ended = try check(example)
      #expect(ended.status == 0 && ended.output.contains("1 script: 1 confirmed"), "\(ended.output)")
    }

    @Test func aDifferenceIsShownWithItsLine() throws {
      let ended = try check(wrong)
      #expect(ended.status == 1)
      #expect(ended.output.contains("script.pkt:25") && ended.output.contains("the acknowledgment"))
    }

    @Test func aDifferenceStandsInJSON() throws {
      let ended = try check(wrong, "--format", "json")
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [String: Any])
      let script = try #require((report["scripts"] as? [[String: Any]])?.first)
      #expect(script["verdict"] as? String == "contradicted" && script["line"] as? Int == 25)
    }

    @Test func aDifferenceStandsInAMermaidDiagram() throws {
      let ended = try check(wrong, "--format", "mermaid")
      #expect(ended.status == 1 && ended.output.contains("A->>B: 25: . 1:1(0) ack 2001"), "\(ended.output)")
      #expect(ended.output.contains("document: #62; . 1:1(0) ack 2002"), "\(ended.output)")
    }

    @Test func aDifferenceIsTheLastSlide() throws {
      let ended = try check(wrong, "--format", "slides")
      #expect(ended.status == 1 && ended.output.contains(">. 1:1(0) ack 2001"), "\(ended.output)")
      let last = try #require(ended.output.components(separatedBy: "class=\"slide ").last)
      #expect(last.contains("script.pkt:25") && last.contains("2002"), "\(last)")
    }

    @Test(arguments: ["svg", "html"]) func aDifferenceIsDrawn(format: String) throws {
      let ended = try check(wrong, "--format", format)
      let name = try #require(ended.output.firstRange(of: "script.pkt:25"))
      let drawing = ended.output[name.upperBound...]
      #expect(ended.status == 1 && drawing.contains(">. 1:1(0) ack 2001"), "\(ended.output)")
      #expect(drawing.contains(#/>document: [^<]*ack 2002/#), "\(ended.output)")
    }

    @Test func whatIsNotReadIsUndecided() throws {
      let ended = try check(example + "\n+0 `touch /tmp/nothing`\n", "--format", "ktap")
      #expect(ended.status == 2 && ended.output.contains("# SKIP undecided"), "\(ended.output)")
      #expect(try check(example + "\n+0 `touch /tmp/nothing`\n", "--kselftest").status == 4)
    }

    @Test func aScriptThatCannotGoOnEndsNoOther() throws {
      let udp = "0 socket(..., SOCK_DGRAM, IPPROTO_UDP) = 3\n+0 %{ assert tcpi_state == TCP_CLOSE }%\n"
      try folder.write(udp, to: "first.pkt")
      try folder.write(example, to: "script.pkt")
      let ended = try Probe.program(["check", "first.pkt", "script.pkt"]).run(in: folder)
      #expect(
        ended.status == 2 && ended.output.contains("2 scripts: 1 undecided, 1 confirmed"), "\(ended.output)")
    }

    @Test func pagesAndScriptsAreCheckedSeparately() throws {
      try folder.write(example, to: "script.pkt")
      try folder.write("# A page\n", to: "page.md")
      #expect(try Probe.program(["check", "script.pkt", "page.md"]).run(in: folder).status == 64)
      #expect(try check(example, "--format", "pkt").status == 64)
      #expect(try check(example, "--claim", "1").status == 64)
    }
  }
}
