import Foundation
import Testing

/// A page that cannot be read or run: which line is told, and in which words.
struct BadPage: Sendable, CustomStringConvertible {
  var description: String
  var text: String
  /// The line that is at fault; nil where it is the page as a whole.
  var line: Int?
  var words: String

  static let all = [
    BadPage(description: "empty", text: "", words: "the page is empty"),
    BadPage(
      description: "without tables", text: "# A page\n\nof prose.\n",
      words: "expects the steps of one connection"),
    BadPage(
      description: "no party sends", text: table("[ESTABLISHED] | [ESTABLISHED]"), line: 1,
      words: "segments or calls"),
    BadPage(
      description: "a second SYN", text: table("SYN | ...", "... | SYN+ACK", "ACK | ...", "SYN | ..."),
      line: 6,
      words: "second SYN"),
    BadPage(
      description: "a number over 32 bits", text: table("SYN(SEQ:4294967296) | ...", "... | SYN+ACK"),
      line: 3,
      words: "expected 0 to 4294967295"),
    BadPage(
      description: "a number over 64 bits",
      text: table("FIN(SEQ:5000) | ...", "... | ACK(ACK:99999999999999999999999999)"), line: 4,
      words: "too large"),
    BadPage(
      description: "a call after close()", text: table("close() | ...", "send(1) | ...", "... | FIN"),
      line: 4,
      words: "close() in line 3"),
    BadPage(
      description: "a loss of nothing", text: table("FIN | ...", "... | ...", "... | lost"), line: 5,
      words: "this cell marks a lost segment"),
    BadPage(
      description: "data before a SYN", text: table("data | ...", "... | SYN"), line: 3, words: "before"),
  ]

  static func table(_ rows: String...) -> String {
    "| client | server |\n| ------ | ------ |\n" + rows.map { "| \($0) |\n" }.joined()
  }
}

extension CommandTests {
  @Suite(.enabled(if: Probe.isThere, "there is no program beside the tests"))
  struct BadPageTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    @Test(arguments: BadPage.all) func aBadPageIsToldByFileAndLine(page: BadPage) throws {
      try folder.write(page.text, to: "bad.md")
      let ended = try Probe.run("check", "bad.md", in: folder)
      #expect(ended.status == 64)
      #expect(ended.output.isEmpty)
      let place = page.line.map { "bad.md:\($0): " } ?? "bad.md: "
      #expect(ended.errors.contains(place) && ended.errors.contains(page.words), "\(ended.errors)")
    }

    @Test func aBinaryFileIsNoPage() throws {
      var bytes = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) })
      try folder.write(bytes, to: "noise.md")
      let noise = try Probe.run("check", "noise.md", in: folder)
      #expect(noise.status == 64 && noise.errors.contains("noise.md: ") && noise.errorLines.count == 1)
      bytes = Data(BadPage.table("FIN | ...").utf8) + Data([0])
      try folder.write(bytes, to: "nul.md")
      let nul = try Probe.run("check", "nul.md", in: folder)
      #expect(nul.status == 64 && nul.errors.contains("nul.md: ") && nul.errorLines.count == 1)
    }

    @Test(arguments: [100 << 20, 3 << 30]) func aFileOfThatSizeIsNoPage(size: UInt64) throws {
      // Sparse: it takes no room on a disk.
      let file = try folder.write("", to: "large")
      let handle = try #require(FileHandle(forWritingAtPath: file))
      try handle.truncate(atOffset: size)
      for command in ["check", "judge"] {
        let ended = try Probe.run(command, "large", in: folder)
        #expect(ended.status == 64 && ended.errorLines.count == 1 && ended.errors.contains("larger than"))
      }
    }

    @Test(arguments: ["missing", ".", "/dev/null", "/dev/zero"], ["check", "judge"])
    func whatIsNoFileOfTextIsTold(path: String, command: String) throws {
      let ended = try Probe.run(command, path, in: folder)
      #expect(ended.status == 64 && ended.output.isEmpty && ended.errors.contains("\(path): "))
    }
  }
}
