import Foundation
import Testing

extension CommandTests {
  /// `tcpprobe live` in a terminal, by tmux.
  @Suite(
    .enabled(if: Probe.benches.contains("wire"), "there is no wire here"),
    .enabled(if: Program.exists("tmux") && Program.exists("perl"), "tmux or perl is not here"))
  struct LiveTerminalTests {
    private let folder: Folder
    private let socket = "tcpprobe-" + UUID().uuidString
    init() throws { folder = try Folder() }

    @discardableResult
    private func tmux(_ arguments: String...) throws -> String {
      var program = Program(["tmux", "-L", socket, "-f", "/dev/null"] + arguments)
      program.limit = 20
      return try program.run(in: folder).output
    }

    private func screen() throws -> [Substring] {
      try tmux("capture-pane", "-p").split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    /// Begins a program with no signal blocked and no descriptor of Foundation's: tmux would hand both on to its server,
    /// which could not be ended, and for whose end Foundation would wait.
    private static let plainly = [
      "perl", "-MPOSIX", "-e",
      "sigprocmask(SIG_SETMASK, POSIX::SigSet->new()); POSIX::close($_) for 3..1023; exec @ARGV",
    ]

    /// Runs `body` with a terminal of 80 columns and 24 lines.
    private func withTerminal(_ body: () throws -> Void) throws {
      let session = ["new-session", "-d", "-x", "80", "-y", "24", "sh"]
      var program = Program(Self.plainly + ["tmux", "-L", socket, "-f", "/dev/null"] + session)
      program.limit = 60
      try #require(program.run(in: folder).status == 0)
      defer { _ = try? tmux("kill-server") }
      try body()
    }

    /// Waits until the screen has this text.
    private func awaits(_ text: String) throws -> Bool {
      let deadline = Date(timeIntervalSinceNow: 60)
      while Date() < deadline {
        if try screen().contains(where: { $0.contains(text) }) { return true }
        usleep(100_000)
      }
      return false
    }

    @Test func keysDrawTheScreenAndTheTerminalIsRestored() throws {
      let path = try #require(Probe.path)
      try withTerminal {
        try tmux("set-option", "-g", "status", "off")
        try tmux("resize-window", "-x", "80", "-y", "24")
        try tmux(
          "send-keys", "stty -g > before; LC_ALL=C.UTF-8 \(path) live; stty -g > after", "Enter")
        try #require(try awaits("q quit"))
        try tmux("send-keys", "c")
        #expect(try awaits("FIN_WAIT_1 ┐"))
        #expect(try awaits("1 ──▶ FIN+ACK"))
        try tmux("send-keys", "d")
        #expect(try awaits("CLOSE_WAIT ┐"))
        let lines = try screen()
        #expect(lines[0].hasPrefix("tcpprobe live") && lines[23].contains("q quit"))
        try tmux("send-keys", "?")
        #expect(try awaits("client, FIN_WAIT_1:"))
        #expect(try awaits("server, CLOSE_WAIT:"))
        try tmux("resize-window", "-x", "120", "-y", "40")
        // The last line is drawn where the window ends now.
        #expect(eventually { (try? screen())?.dropFirst(39).first?.contains("q quit") == true })
        try tmux("send-keys", "q")
        #expect(eventually { (try? folder.read("after"))?.isEmpty == false })
        let before = try folder.read("before")
        let after = try folder.read("after")
        #expect(!before.isEmpty && before == after)
      }
    }

    @Test func theLadderIsScrolledBackUntilTheNextStep() throws {
      let path = try #require(Probe.path)
      try withTerminal {
        try tmux("set-option", "-g", "status", "off")
        try tmux("resize-window", "-x", "80", "-y", "24")
        try tmux("send-keys", "LC_ALL=C.UTF-8 \(path) live", "Enter")
        try #require(try awaits("q quit"))
        try tmux("send-keys", "sSdd1s2s3s5s6s7s8s9s")
        try #require(try awaits("send(9) │"))
        #expect(try awaits("PageUp: earlier"))
        try tmux("send-keys", "PPage")
        #expect(try awaits("PageUp, PageDown"))
        try tmux("send-keys", "Home")
        #expect(try awaits("ladder: lines 1 to"))
        #expect(try awaits("send(100) │"))
        try tmux("send-keys", "NPage")
        #expect(try awaits("PageUp, PageDown"))
        try tmux("send-keys", "End")
        #expect(try awaits("PageUp: earlier"))
        try tmux("send-keys", "Home")
        try #require(try awaits("ladder: lines 1 to"))
        try tmux("send-keys", "4s")
        #expect(try awaits("send(4) │"))
        try tmux("send-keys", "q")
      }
    }

    @Test(arguments: ["INT", "TERM"]) func signalsRestoreTheTerminal(signal: String) throws {
      let path = try #require(Probe.path)
      try withTerminal {
        let command =
          "stty -g > before; sh -c 'echo $$ > id; exec \(path) live --save mine.md'"
        try tmux("send-keys", command, "Enter")
        try #require(try awaits("q quit"))
        try tmux("send-keys", "c")
        try #require(try awaits("1 ──▶ FIN+ACK"))
        let id = try #require(Int32(try folder.read("id").trimmingCharacters(in: .whitespacesAndNewlines)))
        _ = kill(id, signal == "INT" ? SIGINT : SIGTERM)
        #expect(eventually { kill(id, 0) != 0 })
        #expect(try folder.read("mine.md").contains("close()"))
        // Not behind a semicolon: a shell runs nothing behind a program that SIGINT ended.
        try tmux("send-keys", "stty -g > after", "Enter")
        #expect(eventually { (try? folder.read("after"))?.isEmpty == false })
        let (before, after) = (try folder.read("before"), try folder.read("after"))
        #expect(!before.isEmpty && before == after)
      }
    }
  }
}
