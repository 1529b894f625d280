import Foundation
import Testing

extension CommandTests {
  /// Several pages at once.
  @Suite(.enabled(if: !Probe.benches.isEmpty, "the program cannot run here"))
  struct PagesTests {
    private let folder: Folder

    init() throws {
      folder = try Folder()
      try folder.write("- A -> B: SYN\n- B -> A: SYN+ACK\n- A -> B: ACK\n", to: "right.md")
      try folder.write(
        "- A -> B: SYN, seq=1\n- B -> A: SYN+ACK, seq=5, ack=3\n- A -> B: ACK\n", to: "wrong.md")
      try folder.write("- A -> B: SYN, seq=x*2\n- B -> A: SYN+ACK\n", to: "unread.md")
      try folder.write("# Of something else\n", to: "other.md")
    }

    @Test func aLineIsShownForEachWithWhatDiffers() throws {
      let ended = try Probe.run(
        "check", "right.md", "wrong.md", "unread.md", "other.md", "./right.md", in: folder)
      #expect(ended.status == 1)
      for part in [
        "right.md   1 ladder: 3 confirmed", "wrong.md   1 ladder: 2 confirmed, 1 contradicted",
        "line 2: page SYN+ACK(SEQ:5,ACK:3), kernel SYN+ACK(SEQ:5,ACK:2)", "line 1: not read: SYN, seq=x*2",
        "other.md   no TCP exchange found",
        "4 pages: 1 confirmed, 1 contradicted, 1 undecided, 1 without a TCP exchange",
      ] {
        #expect(ended.output.contains(part), "\(part): \(ended.output)")
      }
    }

    @Test func theWorstOfThemIsTheExitStatus() throws {
      #expect(try Probe.run("check", "right.md", "other.md", in: folder).status == 0)
      #expect(try Probe.run("check", "right.md", "unread.md", in: folder).status == 2)
    }

    @Test func aFileThatIsNotThereIsWrongUsage() throws {
      let ended = try Probe.run("check", "right.md", "none.md", in: folder)
      #expect(ended.status == 64 && ended.output.isEmpty && ended.errors.contains("none.md: No such file"))
    }

    @Test func formatsOfTestsHaveASuiteForEach() throws {
      let ended = try Probe.run("check", "right.md", "wrong.md", "other.md", "--format", "junit", in: folder)
      for name in ["right.md", "wrong.md"] { #expect(ended.output.contains("name=\"\(name)\"")) }
      #expect(ended.errors.contains("other.md: no TCP exchange found"))
    }

    @Test func whatWasReadIsConvertedWithoutAKernel() throws {
      let ended = try Probe.run("convert", "wrong.md", in: folder)
      #expect(ended.status == 0 && ended.output.contains("SYN+ACK(SEQ:5,ACK:3)"))
      try folder.write(ended.output, to: "again.md")
      #expect(try Probe.run("convert", "again.md", in: folder).output == ended.output)
      for notation in ["mermaid", "rfc"] {
        let written = try Probe.run("convert", "wrong.md", "--to", notation, in: folder)
        try folder.write(written.output, to: "picture.md")
        #expect(try Probe.run("convert", "picture.md", in: folder).output == ended.output)
      }
      try folder.write("| what | value | set by |\n| - | - | - |\n| TIME_WAIT | 60 s | |\n", to: "facts.md")
      let facts = try Probe.run("convert", "facts.md", "--to", "rfc", in: folder)
      #expect(facts.status == 64 && facts.output.isEmpty && facts.errors.contains("only facts tables"))
      let unread = try Probe.run("convert", "unread.md", in: folder)
      #expect(unread.status == 2 && unread.errors.contains("unread.md:1: not read: SYN, seq=x*2"))
    }
  }
}
