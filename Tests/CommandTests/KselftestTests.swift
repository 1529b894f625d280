import Foundation
import Testing

extension CommandTests {
  /// What a program that runs tests gets to see.
  @Suite(.enabled(if: !Probe.benches.isEmpty, "the program cannot run here"))
  struct KselftestTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    private static let right = """
      | client | server |
      | ------ | ------ |
      | SYN(SEQ:1000) | |
      | | SYN+ACK(ACK:1001) |
      """

    private func check(_ page: String, _ options: String...) throws -> Program.Finished {
      try folder.write(page, to: "page.md")
      return try Probe.program(["check", "page.md"] + options).run(in: folder)
    }

    @Test func aPageThatIsRightPassesAndOneThatIsWrongFails() throws {
      let right = try check(Self.right, "--kselftest", "--format", "ktap")
      #expect(right.status == 0 && right.output.contains("\nok 1 page.md: "), "\(right.output)")
      let wrong = try check(
        Self.right.replacingOccurrences(of: "1001", with: "1002"), "--kselftest", "--format", "ktap")
      #expect(wrong.status == 1)
      #expect(
        wrong.output.contains("not ok 2 page.md: 1.2.2") && wrong.output.contains("# at page.md:4, table 1"))
      #expect(wrong.output.contains("ACK:1002") && wrong.output.contains("ACK:1001"))
    }

    @Test func aPageOfWhichNothingCanBeDecidedIsSkipped() throws {
      let page = """
        | what | value | set by |
        | ---- | ----- | ------ |
        | what nobody measures | 3 | |
        """
      let none = try check(page, "--kselftest", "--format", "ktap")
      #expect(none.status == 4 && none.output.contains(" # SKIP could not read"), "\(none.output)")
      #expect(try check(page).status == 2)
      // What cannot be read at all is not passed over.
      #expect(try check("# A page without a table", "--kselftest").status == 64)
    }

    @Test func whereNoBenchCanRunItIsSkippedWithTheReason() throws {
      guard Poverty.here.contains(.withoutTUN) else { return print("skipped: TUN cannot be taken away here") }
      try folder.write(Self.right, to: "page.md")
      let command =
        Poverty.withoutTUN.wrapper + [try #require(Probe.path), "check", "page.md", "--on", "wire"]
      #expect(try Program(command).run(in: folder).status == 2)
      let ended = try Program(command + ["--kselftest", "--format", "ktap"]).run(in: folder)
      #expect(ended.status == 4)
      #expect(ended.output.hasPrefix("TAP version 13\n1..0 # SKIP ") && ended.output.contains("wire"))
      #expect(ended.errorLines.count == 1)
    }

    @Test func aResultForACISystemIsWrittenToAFile() throws {
      let ended = try check(Self.right, "--format", "junit", "-o", "results.xml")
      #expect(ended.status == 0 && ended.output.isEmpty)
      let xml = try folder.read("results.xml")
      #expect(xml.contains(#"tests="2" failures="0""#) && xml.contains(#"classname="page.md""#), "\(xml)")
    }
  }
}
