import Foundation
import Testing

extension CommandTests {
  /// One command before the upgrade, one after.
  @Suite(.serialized, .enabled(if: Probe.benches.contains("wire"), "the program cannot play here"))
  struct RecordTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    private func run(_ arguments: String...) throws -> Program.Finished {
      let program = try Probe.program(arguments)
      return try program.run(in: folder)
    }

    /// The program in a namespace of its own, whose settings are the machine's for it.
    private func run(under setting: String, _ arguments: String...) throws -> Program.Finished {
      let program = try Probe.program(arguments)
      let script = "echo \"$2\" > \"/proc/sys/$1\" && shift 2 && exec \"$@\""
      let parts = setting.split(separator: "=").map(String.init)
      let changed = Program(
        ["unshare", "--net", "sh", "-c", script, "sh", parts[0].replacing(".", with: "/"), parts[1]]
          + program.arguments)
      return try changed.run(in: folder)
    }

    @Test func theSameKernelIsHeldToItsRecordAndAChangedOneIsFound() throws {
      let recorded = try run(
        "record", "--only", "the same port in TIME_WAIT", "--only", "three-steps", "-o", "before.md")
      #expect(recorded.status == 0, "\(recorded.errors)")
      #expect(recorded.output.isEmpty && recorded.errors.contains("behaviours of Linux"))

      let same = try run("check", "before.md")
      #expect(same.status == 0, "\(same.output)")
      #expect(same.output.contains("nothing changed"))

      // Another setting is told as such, and what it does to behaviour with it.
      let changed = try run(
        under: "net.ipv4.tcp_timestamps=0", "check", "before.md", "--save", "after.md", "--all")
      #expect(changed.status == 1, "\(changed.errors)")
      #expect(changed.output.contains("net.ipv4.tcp_timestamps"))
      #expect(changed.output.contains("connect() from a port in TIME_WAIT that bind() gave"))

      // Offline it is the same, and under the recorded settings nothing is left of it.
      let compared = try run("compare", "before.md", "after.md", "--all")
      #expect(compared.status == 1)
      let pinned = try run(under: "net.ipv4.tcp_timestamps=0", "check", "before.md", "--pin")
      #expect(
        !pinned.output.contains("connect() from a port in TIME_WAIT that bind() gave"), "\(pinned.output)")

      let accepted = try run("accept", "before.md", "after.md", "--reason", "wanted")
      #expect(accepted.status == 0, "\(accepted.errors)")
      let after = try run("compare", "before.md", "after.md")
      #expect(after.status == 0 && after.output.contains("wanted"), "\(after.output)")
    }

    @Test func nothingIsOverwrittenUnasked() throws {
      try folder.write("mine", to: "before.md")
      let refused = try run("record", "--quick", "-o", "before.md")
      #expect(refused.status == 64 && refused.errors.contains("--force"))
      #expect(try folder.read("before.md") == "mine")
    }

    @Test func aDamagedRecordIsToldWithItsLine() throws {
      try folder.write(
        "# Linux 6.1: what its TCP did\n\n<!-- tcpprobe record, schema 2 -->\n\n## Behaviour\n\n### x\n\n"
          + "| what | value | set by |\n| --- | --- | --- |\n| a | b | c |\n", to: "cut.md")
      for arguments in [["check", "cut.md"], ["compare", "cut.md", "cut.md"]] {
        let ended = try Probe.program(arguments).run(in: folder)
        #expect(ended.status == 2 && ended.errors.contains("cut.md: it is cut"), "\(ended.errors)")
      }
      try folder.write(
        "<!-- tcpprobe record, schema 99 -->\n\n| what | value | set by |\n| --- | --- | --- |\n| a | b | c |\n",
        to: "new.md")
      let ended = try run("check", "new.md")
      #expect(
        ended.status == 2 && ended.errors.contains("new.md:1: a record of schema 99"), "\(ended.errors)")
    }

    @Test func whatIsForARecordIsRefusedForAPage() throws {
      try folder.write(
        "| what | value | set by |\n| --- | --- | --- |\n| length of TIME_WAIT | 60 s | |\n", to: "page.md")
      let ended = try run("check", "page.md", "--pin")
      #expect(ended.status == 64 && ended.errors.contains("--pin"))
    }
  }
}
