import Foundation
import Testing

extension CommandTests {
  @Suite(.enabled(if: Probe.isThere, "there is no program beside the tests"))
  struct UsageTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    @Test(arguments: [
      ["--no-such-option"], ["no-such-command"], ["close-sequence", "--on", "moon"],
      ["close-sequence", "--format", "xml"], ["handshake", "--family", "ipx"], ["handshake", "surplus"],
      ["close-sequence", "--format", "never"], ["judge"], ["judge", "--bogus"],
      ["check", "a.md", "b.md", "--claim", "A1.1"],
      ["list", "--page", "no-such-document"], ["list", "--page", "reset", "--format", "json"],
      ["list", "--figures", "--page", "timers"], ["list", "--figures", "--format", "xml"],
      ["doctor", "--on", "wire"], ["states", "--format", "pkt"], ["states", "--full", "surplus"],
      ["matrix", "--cell", "ESTABLISHED"], ["matrix", "--cell", "ESTABLISHED:SYN", "--format", "json"],
      ["handshake", "--ladder", "1"], ["handshake", "--format", "svg", "--ladder", ""],
      ["time-wait", "--count", "0"], ["time-wait", "--count", "5", "--no-wait"],
      ["handshake", "--kselftest"], ["sockets", "--format", "svg"], ["handshake", "--quiz"],
      ["time-wait", "--count", "5", "--on", "wire"], ["time-wait", "--count", "999999999999"],
      ["learn", "--side", "peer"], ["learn", "--depth", "9"], ["learn", "--state", "1", "--format", "svg"],
      ["kernels", "a", "--exhaustive"], ["kernels", "a", "--behaviour", "x"],
      ["kernels", "a", "--bisect", "--behaviour", ""], ["kernels", "a", "--bisect", "--against", "b.md"],
    ])
    func whatNobodyCanMeanIsWrongUsage(arguments: [String]) throws {
      let ended = try Probe.program(arguments).run(in: folder)
      #expect(ended.status == 64)
      #expect(ended.output.isEmpty && !ended.errors.isEmpty)
    }

    @Test(arguments: [
      (["close-sequnce"], "unknown command 'close-sequnce': did you mean close-sequence?"),
      (["help", "chek"], "unknown command 'chek': did you mean check?"),
      (["help", "xyzzy"], "unknown command 'xyzzy': tcpprobe --help lists the commands"),
    ])
    func anUnknownCommandIsNamedWithTheNearestOne(arguments: [String], message: String) throws {
      let ended = try Probe.program(arguments).run(in: folder)
      #expect(ended.status == 64 && ended.output.isEmpty && ended.errors.contains(message), "\(ended.errors)")
      #expect(try Probe.run("help", "check", in: folder).status == 0)
    }

    @Test(arguments: [
      (["--fail-if", "CLOSE_WAIT"], "expected a state and a number from 1, such as CLOSE_WAIT=100"),
      (["--fail-if", "CLOSE_WAIT=0"], "expected a state and a number from 1, such as CLOSE_WAIT=100"),
      (["--fail-if", "FOO=3"], "unknown state FOO: expected one of CLOSE_WAIT,"),
      (["--fail-if", "CLOSED_WAIT=3"], "unknown state CLOSED_WAIT: did you mean CLOSE_WAIT?"),
      (["--port", "99999"], "expected 1 to 65535"), (["--port", "http"], "expected 1 to 65535"),
    ])
    func aWrongValueOfWhoIsAnsweredWithWhatIsExpected(arguments: [String], message: String) throws {
      let ended = try Probe.program(["who"] + arguments).run(in: folder)
      #expect(ended.status == 64 && ended.output.isEmpty && ended.errors.contains(message), "\(ended.errors)")
    }

    @Test func aRecordOfSectionsThatAreNotThereSaysWhereTheirNamesAre() throws {
      let ended = try Probe.run("record", "--only", "nosuch", in: folder)
      #expect(ended.status == 64 && ended.errors.contains("no section matches --only nosuch"))
      #expect(ended.errors.contains("list --figures"), "\(ended.errors)")
    }

    @Test func anEmptyPageIsCalledEmpty() throws {
      try folder.write("\n  \n", to: "empty.md")
      let ended = try Probe.run("check", "empty.md", in: folder)
      #expect(ended.status == 64 && ended.errors.contains("empty.md: the page is empty"), "\(ended.errors)")
    }

    @Test(arguments: ["--output", "--pcap"], ["/nonexistent/x", ".", ""])
    func whatCannotBeWrittenIsToldBeforeAnythingIsRun(option: String, path: String) throws {
      let ended = try Probe.run("close-sequence", option, path, in: folder)
      #expect(ended.status == 64)
      #expect(ended.output.isEmpty && ended.errors.contains("cannot be written"))
      #expect(try folder.names().isEmpty)
    }

    @Test(arguments: ["0", "6", "-1", "99999999999999999999", "Z9"])
    func aLadderThatIsNotThereIsWrongUsageAndNamed(ladder: String) throws {
      let run = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Reports/close-sequence.json").path
      let ended = try Probe.run("judge", run, "--format", "svg", "--ladder=\(ladder)", in: folder)
      #expect(ended.status == 64 && ended.output.isEmpty)
      #expect(ended.errors.contains("--ladder \(ladder): "), "\(ended.errors)")
      let second = try Probe.run("judge", run, "--format", "svg", "--ladder", "B2.2", in: folder)
      #expect(second.output.contains("The four-way handshake"))
      #expect(
        try second.output == Probe.run("judge", run, "--format", "svg", "--ladder", "5", in: folder).output)
    }

    @Test(arguments: [
      "", "close-sequence", "time-wait", "close-wait", "reset", "handshake", "data-transfer", "who", "check",
      "explain", "judge", "list", "doctor", "timers", "sockets", "record", "compare", "accept", "kernels",
      "states", "matrix",
    ])
    func everyHelpHasAnExample(command: String) throws {
      let ended = try Probe.program(command.isEmpty ? ["--help"] : [command, "--help"]).run(in: folder)
      #expect(ended.status == 0)
      let example = try #require(ended.output.range(of: "Example"))
      #expect(ended.output[example.upperBound...].contains("tcpprobe \(command)"))
      // The usage itself is one line.
      let lines = ended.output.split(separator: "\n").filter { !$0.hasPrefix("USAGE:") }
      #expect(lines.allSatisfy { $0.count <= 80 })
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func aShellCanCompleteCommands(shell: String) throws {
      let ended = try Probe.run("--generate-completion-script", shell, in: folder)
      #expect(ended.status == 0)
      #expect(ended.output.contains("close-sequence") && ended.output.contains("evidence"))
      guard shell == "bash", Program.exists("bash") else { return }
      let script = try folder.write(ended.output, to: "completion")
      #expect(try Program(["bash", "-n", script]).run(in: folder).status == 0)
    }

    @Test func judgeNamesCheckForAMarkdownPage() throws {
      try folder.write("# A page\n\n| a | b |\n| - | - |\n| SYN | |\n", to: "own.md")
      let ended = try Probe.run("judge", "own.md", in: folder)
      #expect(
        ended.status == 64 && ended.errors.contains("did you mean `tcpprobe check own.md`?"),
        "\(ended.errors)")
    }

    @Test func theVersionIsANumber() throws {
      let ended = try Probe.run("--version", in: folder)
      #expect(ended.status == 0)
      #expect(ended.output.wholeMatch(of: #/\d+\.\d+\.\d+\n/#) != nil)
    }

    @Test func theListNamesEveryClaimAndThePagesThemselves() throws {
      let list = try Probe.run("list", in: folder).output
      for claim in ["A1.1", "A2.6", "A3.7", "B1.3", "B2.8", "W1.1", "T4.11", "S1.2"] {
        #expect(list.contains("  \(claim)  "))
      }
      let page = try Probe.run("list", "--page", "three-steps", in: folder)
      #expect(page.status == 0 && page.output.hasPrefix("# "))
    }

    @Test func everyFigureIsALineOfFourColumnsAndAnEntryOfJSON() throws {
      let lines = try Probe.run("list", "--figures", in: folder).output.split(separator: "\n")
      #expect(lines.count > 200)
      #expect(lines.allSatisfy { $0.count(where: { $0 == "\t" }) == 3 })
      #expect(
        lines.contains { $0.hasPrefix("answer to a SYN\t") && $0.contains("\ttcp_invalid_ratelimit: 0") })
      #expect(lines.contains { $0.hasPrefix("length of TIME_WAIT\tby default\t60 s") })
      struct Figures: Decodable {
        struct Figure: Decodable { var name: String, conditions: [String], everyTimerConditions: [String] }
        var kind: String, figures: [Figure]
      }
      let json = try Probe.run("list", "--figures", "--format", "json", in: folder).output
      let list = try JSONDecoder().decode(Figures.self, from: Data(json.utf8))
      #expect(list.kind == "figures")
      #expect(
        list.figures.map(\.name) == lines.compactMap { $0.split(separator: "\t").first.map(String.init) })
    }

    @Test(arguments: ["terminal", "markdown", "json", "html", "slides", "svg", "ktap", "junit"])
    func aFigureThatOnlyEveryTimerMeasuresSaysSoInEveryFormat(format: String) throws {
      guard !Probe.benches.isEmpty else { return print("skipped: the program cannot run here") }
      try folder.write(
        "| what | value | set by |\n| - | - | - |\n| time until connect() gives up | 131 s | |\n",
        to: "page.md")
      let ended = try Probe.run("check", "page.md", "--format", format, in: folder)
      #expect(ended.status == 2, "\(ended.errors)")
      // A report may break its lines.
      let text = ended.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(text.contains("only --all-timers waits so long"), "\(ended.output)")
    }

    @Test(.enabled(if: Program.exists("script"), "there is no script(1), so no terminal"))
    func colourIsForTerminalsAndNotForThoseWhoDoNotWantIt() throws {
      guard !Probe.benches.isEmpty else { return print("skipped: the program cannot run here") }
      let command = "'\(try #require(Probe.path))' handshake"
      func onTerminal(_ environment: [String: String]) throws -> String {
        var program = Program(["script", "-qec", command, "/dev/null"])
        program.environment = ["TERM": "xterm", "NO_COLOR": ""].merging(environment) { _, new in new }
        let ended = try program.run(in: folder)
        #expect(ended.status == 0 && ended.output.contains("SYN"))
        return ended.output
      }
      let escape = "\u{1B}["
      #expect(try onTerminal([:]).contains(escape + "3"))
      #expect(try !onTerminal(["NO_COLOR": "1"]).contains(escape + "3"))
      #expect(try !onTerminal(["TERM": "dumb"]).contains(escape))
      let piped = try Probe.run("handshake", in: folder)
      #expect(!piped.output.contains("\u{1B}") && !piped.errors.contains("\u{1B}"))
    }
  }
}
