import Foundation
import MadeCaptures
import Testing

extension CommandTests {
  /// Pages, records, names of files and options that try to steer the terminal on which they are shown.
  @Suite(.enabled(if: Probe.isThere, "there is no program beside the tests"))
  struct HostileTextTests {
    private let folder: Folder
    private static let signs = "\u{1B}[31m\u{9B}\u{7}\u{202E}"
    init() throws { folder = try Folder() }

    private func expectHarmless(_ ended: Program.Finished, _ note: String) {
      let said = ended.output + ended.errors
      #expect(!said.isEmpty, "\(note)")
      let found = said.unicodeScalars.filter { scalar in
        (scalar.value < 0x20 && scalar != "\n" && scalar != "\t") || 0x7F...0x9F ~= scalar.value
          || scalar.properties.isBidiControl
      }
      #expect(found.isEmpty, "\(note): \(found.map { String($0.value, radix: 16) })")
    }

    private func run(_ arguments: String...) throws {
      var program = try Probe.program(arguments)
      program.environment["TERM"] = "xterm"
      expectHarmless(try program.run(in: folder), arguments.joined(separator: " "))
    }

    @Test func wrongUsageIsToldWithoutWhatWasTypedToSteer() throws {
      try run(Self.signs)
      try run("handshake", "--\(Self.signs)")
      try run("handshake", "--on", Self.signs)
      try run("explain", Self.signs)
      try run("list", "--page", Self.signs)
      try run("check", "--claim", Self.signs)
      try run("judge", Self.signs)
      try run("kernels", Self.signs)
      try run("kernels", "--keep", Self.signs, "x")
      try run("who", "--state", Self.signs)
      try run("check", "/dev/null", "-o", "\(Self.signs)/x")
      try run("record", "--only", Self.signs)
    }

    @Test func aNameOfSeveralLinesIsOneMessage() throws {
      let ended = try Probe.run("judge", "x\ntcpprobe: all is well\n", in: folder)
      #expect(
        ended.status == 64 && ended.errorLines.count { $0.hasPrefix("tcpprobe: ") } == 1, "\(ended.errors)")
    }

    @Test(
      .enabled(if: !Probe.benches.isEmpty, "the program cannot run here"),
      arguments: ["terminal", "markdown", "mermaid", "json", "html", "slides", "svg", "pkt", "ktap", "junit"])
    func aPageSaysWhatItSaysAndSteersNothing(format: String) throws {
      let sign = Self.signs
      let page = """
        # Page \(sign)

        ## Heading \(sign)

        | client \(sign) | server |
        | --- | --- |
        | SYN(SEQ:1000) \(sign) | |
        | | SYN+ACK(ACK:1001) |
        | ACK | \(sign) |

        | what | value | set by | claim |
        | --- | --- | --- | --- |
        | length of TIME_WAIT | 60 s | \(sign) | Z1 |
        | \(sign) | \(sign) | \(sign) | Z2\(sign) |
        """
      try folder.write(page, to: "page\(sign).md")
      try run("check", "page\(sign).md", "--quick", "--format", format)
      try folder.write(
        "| what | value | set by |\n| --- | --- | --- |\n| \(sign) | 1 | |\n", to: "unknown.md")
      try run("check", "unknown.md", "--format", format)
      try folder.write(
        "| client | server |\n| --- | --- |\n| SYN(SEQ:99999999999\(sign)) | |\n", to: "bad.md")
      try run("check", "bad.md", "--format", format)
    }

    @Test func aCaptureOfAHostileNameSteersNothing() throws {
      var all = Exchange()
      all.open()
      all.add("<", [.rst, .ack], 501, 101)
      let name = "a\(Self.signs).pcap"
      for cut in [0, 10] {
        try folder.write(Data(all.bytes().dropLast(cut)), to: name)
        for format in ["terminal", "json"] { try run("explain", name, "--format", format) }
        for notation in ["markdown", "mermaid", "rfc"] { try run("convert", name, "--to", notation) }
      }
    }

    @Test func aRunThatWasChangedSteersNothing() throws {
      let run = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Reports/close-sequence.json")
      let text = try String(contentsOf: run, encoding: .utf8)
        .replacing("\"client\"", with: "\"cl\\u001b[31m\\u009b\\u202e\"")
        .replacing("tcpprobe close-sequence", with: "tcpprobe \\u001b[31m\\u202e")
      try folder.write(text, to: "run\(Self.signs).json")
      for format in [
        "terminal", "markdown", "mermaid", "json", "html", "slides", "svg", "pkt", "ktap", "junit",
      ] {
        try self.run("judge", "run\(Self.signs).json", "--format", format)
      }
      try folder.write("{\"\(Self.signs)\": 1}", to: "bad.json")
      try self.run("judge", "bad.json")
    }

    @Test(arguments: ["6.1.9\u{1B}[31m", "6.1.9\u{9B}", "6.1.9\u{202E}"])
    func aRecordWithControlCharactersIsNone(release: String) throws {
      try folder.write(SmallRecord.text(release, "ECONNREFUSED"), to: "before\(Self.signs).md")
      try folder.write(SmallRecord.text("6.12.1", "ETIMEDOUT"), to: "after.md")
      for arguments in [
        ["compare", "before\(Self.signs).md", "after.md"], ["compare", "after.md", "before\(Self.signs).md"],
        ["check", "before\(Self.signs).md"],
        ["accept", "before\(Self.signs).md", "after.md", "--reason", "so"],
      ] {
        let ended = try Probe.program(arguments).run(in: folder)
        #expect(
          ended.status == 64 && ended.errors.contains(":1: damaged: control character U+"), "\(ended.errors)")
        expectHarmless(ended, arguments[0])
      }
    }

    @Test func recordsOfHostileNamesSteerNothing() throws {
      let before = "before\(Self.signs).md"
      try folder.write(SmallRecord.text("6.1.9", "<b>[x](y)`"), to: before)
      try folder.write(SmallRecord.text("6.12.1", "ETIMEDOUT"), to: "after.md")
      for format in ["terminal", "json", "ktap", "junit"] {
        try run("compare", before, "after.md", "--format", format)
      }
      for format in ["terminal", "markdown", "html"] {
        try run("compare", before, "after.md", before, "--format", format)
      }
      let refused = try Probe.run("accept", before, "after.md", "--reason", "so\(Self.signs)", in: folder)
      #expect(refused.status == 64 && refused.errors.contains("control characters"), "\(refused.errors)")
      expectHarmless(refused, "accept")
      try run("accept", before, "after.md", "--reason", "so")
      try run("compare", before, "after.md")
    }
  }
}
