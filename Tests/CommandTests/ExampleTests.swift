import Foundation
import Testing

extension CommandTests {
  /// Pages that readers are told to run hold on this kernel.
  @Suite(.enabled(if: Probe.benches.contains("wire"), "the program cannot run here"))
  struct ExamplePageTests {
    @Test(arguments: [
      "Examples/half-close.md", "Examples/lost-segment.md", "Examples/timers-and-errors.md",
      "Examples/handshake.md",
      "Documentation/notation.md",
    ])
    func itIsConfirmed(page: String) throws {
      let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
      let ended = try Probe.run("check", root.appending(path: page).path, "--on", "wire", in: try Folder())
      #expect(ended.status == 0, "\(ended.output)")
    }
  }

  /// The example for GitHub Actions does what it says.
  @Suite(.enabled(if: Probe.benches.contains("wire"), "the program cannot run here"))
  struct ExampleTests {
    private let folder: Folder
    private let example: String

    init() throws {
      folder = try Folder()
      let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
      example = try String(contentsOf: root.appending(path: "Examples/github-actions.yml"), encoding: .utf8)
    }

    /// The script of the step of this name, without its indentation.
    private func script(of step: String) throws -> String {
      let lines = example.split(separator: "\n", omittingEmptySubsequences: false)
      let start = try #require(lines.firstIndex { $0.hasSuffix("- name: \(step)") }) + 2
      let body = lines[start...].prefix { $0.hasPrefix("          ") }
      return body.map { $0.dropFirst(10) }.joined(separator: "\n") + "\n"
    }

    /// Runs it as a runner does: `bash -e`, and the program beside it.
    private func runStep() throws -> Program.Finished {
      try? FileManager.default.removeItem(atPath: folder.path + "/after.md")
      try folder.write(try script(of: "compare this kernel with before.md"), to: "step.sh")
      // Whoever runs the tests may be root already, and have no sudo.
      try folder.write("#!/bin/sh\nexec \"$@\"\n", to: "sudo")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path + "/sudo")
      var program = Program(["bash", "-e", "step.sh"])
      program.environment["PATH"] = folder.path + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
      return try program.run(in: folder)
    }

    @Test func whatDiffersIsPrintedAndStandsInTheResults() throws {
      try FileManager.default.copyItem(atPath: try #require(Probe.path), toPath: folder.path + "/tcpprobe")
      let recorded = try Probe.run(
        "record", "--quick", "--only", "closed port", "--no-host", "-o", "before.md", in: folder)
      try #require(recorded.status == 0, "\(recorded.errors)")
      let same = try runStep()
      #expect(same.status == 0 && same.output.contains("no changes"), "\(same.output) \(same.errors)")
      let text = try folder.read("before.md")
      try folder.write(text.replacing("ECONNREFUSED", with: "ETIMEDOUT   "), to: "before.md")
      let red = try runStep()
      #expect(red.status == 1 && red.output.contains("::error::TCP behaves differently"), "\(red.output)")
      #expect(red.output.contains("ETIMEDOUT") && red.output.contains("ECONNREFUSED"))
      #expect(try folder.read("results.xml").contains("failures=\"1\""))
      // What cannot be read is neither a difference nor nothing.
      try folder.write("<!-- tcpprobe record, schema 2 -->\n" + text.prefix(300), to: "before.md")
      let damaged = try runStep()
      #expect(![0, 1].contains(damaged.status) && damaged.output.contains("::error::"), "\(damaged.output)")
    }

    @Test func itPinsWhatItRunsAndWhatItRunsUnder() {
      for text in ["--recorded-sysctls", "ref: ${{ env.TCPPROBE_VERSION }}", "-static-executable"] {
        #expect(example.contains(text), "\(text)")
      }
    }
  }
}
