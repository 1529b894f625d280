import Foundation
import Testing

extension CommandTests {
  /// Packetdrill scripts that are written from pages and runs.
  @Suite(.enabled(if: Probe.isThere, "there is no program")) struct WriteScriptTests {
    private let folder: Folder

    init() throws {
      folder = try Folder()
      let page =
        "| client | server |\n| - | - |\n| SYN(SEQ:7) | |\n| | SYN+ACK(SEQ:9,ACK:8) |\n| ACK:10 | |\n"
      try folder.write(page, to: "one.md")
      try folder.write(page + "\n" + page.replacingOccurrences(of: "client", with: "caller"), to: "two.md")
    }

    private func convert(_ page: String, _ options: String...) throws -> Program.Finished {
      try Probe.program(["convert", page, "--to", "pkt"] + options).run(in: folder)
    }

    @Test func thePartyIsAskedFor() throws {
      let without = try convert("one.md")
      #expect(without.status == 64 && without.errors.contains("client or server"))
      #expect(try convert("one.md", "--party", "router").status == 64)
      let server = try convert("one.md", "--party", "Server", "-o", "server.pkt")
      #expect(server.status == 0 && server.errors.isEmpty)
      #expect(try Probe.run("convert", "one.md", "--party", "server", in: folder).status == 64)
    }

    @Test func aScriptIsOfOneLadder() throws {
      let without = try convert("two.md", "--party", "server")
      #expect(without.status == 64 && without.errors.contains("2: line 7, caller and server"))
      #expect(try convert("two.md", "--party", "caller", "--ladder", "2").output.contains("connect("))
      #expect(try convert("two.md", "--party", "caller", "--ladder", "1").status == 64)
    }

    @Test(.enabled(if: Probe.benches.contains("wire"), "the wire cannot run here"))
    func aRunThatDiffersIsAScriptThatTheKernelPasses() throws {
      let wrong = "| client | server |\n| - | - |\n| close() FIN | |\n| | ACK [ESTABLISHED] |\n"
      try folder.write(wrong, to: "wrong.md")
      #expect(
        try Probe.run("check", "wrong.md", "--format", "json", "-o", "run.json", in: folder).status == 1)
      let page = try convert("wrong.md", "--party", "server", "-o", "page.pkt")
      #expect(page.status == 0, "\(page.errors)")
      #expect(try Probe.run("check", "page.pkt", in: folder).status == 1)
      let seen = try Probe.run(
        "judge", "run.json", "--format", "pkt", "--party", "server", "-o", "seen.pkt", in: folder)
      #expect(seen.status == 0, "\(seen.errors)")
      let text = try String(contentsOfFile: folder.path + "/seen.pkt", encoding: .utf8)
      #expect(text.contains("wrong.md:4 says [ESTABLISHED]; the kernel did: [CLOSE_WAIT]"), "\(text)")
      let checked = try Probe.run("check", "seen.pkt", in: folder)
      #expect(checked.status == 0, "\(text) \(checked.output)")
      let without = try Probe.run("judge", "run.json", "--format", "pkt", in: folder)
      #expect(without.status == 64 && without.errors.contains("client or server"))
    }
  }
}
