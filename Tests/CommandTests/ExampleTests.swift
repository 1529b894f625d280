import Foundation
import Testing

extension CommandTests {
  /// Pages that readers are told to run hold on this kernel.
  @Suite(.enabled(if: !Probe.benches.isEmpty, "the program cannot run here"))
  struct ExamplePageTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()

    /// All pages in Examples, and a page of Documentation that is one, too.
    static let pages: [String] = {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: root.path + "/Examples")) ?? []
      return files.filter { $0.hasSuffix(".md") }.sorted().map { "Examples/" + $0 } + [
        "Documentation/notation.md"
      ]
    }()

    /// Pages with a state that lasts microseconds, or with a segment that is injected: only the wire shows them.
    private static let needTheWire: Set = [
      "Examples/drawing.md", "Examples/handshake.md", "Examples/old-duplicate.md",
      "Examples/sentences-german.md", "Documentation/notation.md",
    ]

    @Test func thereIsOneForEachNotation() throws {
      #expect(Self.pages.count > 14)
      for page in Self.pages {
        let text = try String(contentsOf: Self.root.appending(path: page), encoding: .utf8)
        #expect(text.hasPrefix("# "), "\(page) must begin with a heading that says what it shows")
      }
    }

    @Test(arguments: pages)
    func allOfItIsConfirmed(page: String) throws {
      guard let bench = Probe.benches.first else { return }
      if bench != "wire", Self.needTheWire.contains(page) {
        return print("\(page) is not tested: it needs the wire")
      }
      let ended = try Probe.run(
        "check", Self.root.appending(path: page).path, "--on", bench, in: try Folder())
      let last = ended.output.split(separator: "\n").last ?? ""
      #expect(
        ended.status == 0 && last.wholeMatch(of: /([0-9]+) claims?: \1 confirmed/) != nil, "\(ended.output)")
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
      try folder.copyProbe(to: folder.path + "/tcpprobe")
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
