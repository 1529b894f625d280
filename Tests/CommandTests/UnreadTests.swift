import Foundation
import Testing

extension CommandTests {
  /// A page of which something was not read, from the file to the exit status.
  @Suite(.enabled(if: Probe.isThere, "there is no program beside the tests"))
  struct UnreadTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    private static let formats = ["terminal", "markdown", "json", "html", "slides", "svg", "ktap", "junit"]

    @Test(arguments: formats) func whatWasNotReadIsToldInEveryFormatAndByTheStatus(format: String) throws {
      try folder.write(
        BadPage.table("SYN | ", " | SYN+ACK", "ACK | ")
          + "\n```mermaid\nstateDiagram-v2\n  LISTEN --> SYN_RCVD\n```\n", to: "page.md")
      let ended = try Probe.run("check", "page.md", "--format", format, in: folder)
      #expect(ended.status == 2)
      #expect(ended.output.contains("a Mermaid diagram that looks like TCP"), "\(ended.output)")
    }

    @Test(arguments: [("CLOSE-WIAT", "CLOSE_WAIT"), ("CLOS-WAIT", "CLOSE_WAIT")])
    func aMisspelledStateOfAStandardFigureIsTold(word: String, state: String) throws {
      try folder.write(
        "```\n1. FIN-WAIT-1 --> <SEQ=100><ACK=300><CTL=FIN,ACK> --> \(word)\n"
          + "2. FIN-WAIT-2 <-- <SEQ=300><ACK=101><CTL=ACK> <-- CLOSE-WAIT\n```\n", to: "page.md")
      let ended = try Probe.run("check", "page.md", in: folder)
      #expect(ended.status == 2 && ended.output.contains("did you mean \(state)?"), "\(ended.output)")
    }

    @Test func aPageOfWhichAllWasReadIsASuccess() throws {
      try folder.write(BadPage.table("SYN | ", " | SYN+ACK", "ACK | "), to: "page.md")
      #expect(try Probe.run("check", "page.md", in: folder).status == 0)
    }

    @Test func aLadderThatNeedsAnUnreadStepIsUndecidedAndTheOthersAreRun() throws {
      try folder.write(
        BadPage.table("SYNN | ", " | SYN+ACK", "ACK | ") + "\n" + BadPage.table("SYN | ", " | SYN+ACK"),
        to: "page.md")
      let ended = try Probe.run("check", "page.md", in: folder)
      #expect(ended.status == 2 && ended.output.contains("did you mean SYN?"), "\(ended.output)")
      #expect(ended.output.contains("2 confirmed, 2 undecided"), "\(ended.output)")
    }
  }
}
