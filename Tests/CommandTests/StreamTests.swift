import Foundation
import Testing

extension CommandTests {
  @Suite(.enabled(if: !Probe.benches.isEmpty, "the program cannot run here"))
  struct StreamTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    private func run(_ redirection: String, _ arguments: String...) throws -> Program.Finished {
      let probe = try Probe.program(arguments).arguments
      return try Program(["sh", "-c", "\"$@\" " + redirection, "sh"] + probe).run(in: folder)
    }

    @Test func aReportThatNobodyCanGetIsAFailure() throws {
      for redirection in [">&-", "> /dev/full"] {
        let ended = try run(redirection, "handshake", "--on", try #require(Probe.benches.first))
        #expect(ended.status == 2, "\(redirection)")
        #expect(ended.errorLines.count == 1 && ended.errors.contains("standard output cannot be written"))
      }
    }

    @Test func withoutStandardStreamsTheReportStillGetsIntoItsFile() throws {
      let ended = try run("<&- >&- 2>&-", "handshake", "--output", "report.txt")
      #expect(ended.status == 0)
      #expect(try folder.read("report.txt").contains("Claims"))
      #expect(try folder.names() == ["report.txt"])
    }

    @Test func aPageAndARunCanComeFromAPipe() throws {
      try folder.write(BadPage.table("SYN(SEQ:1000) | ...", "... | SYN+ACK(ACK:1001)"), to: "page.md")
      let checked = try run("< page.md > run.json", "check", "-", "--format", "json")
      #expect(checked.status == 0, "\(checked.errors)")
      let judged = try run("< run.json", "judge", "-")
      #expect(judged.status == 0 && judged.output.contains("confirmed"))
      #expect(judged.output.contains("Claims of standard input"))
      let refused = try run("< /dev/null", "check", "-")
      #expect(
        refused.status == 64 && refused.errors.hasPrefix("tcpprobe: standard input"), "\(refused.errors)")
    }
  }
}
