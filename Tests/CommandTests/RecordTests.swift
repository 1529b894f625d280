import Claims
import Documents
import Notations
import Foundation
import Scenarios
import Testing
import Traces

extension CommandTests {
  /// One command before the upgrade, one after.
  @Suite(.enabled(if: Probe.benches.contains("wire"), "the program cannot run here"))
  struct RecordTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    private func run(_ arguments: String...) throws -> Program.Finished {
      let program = try Probe.program(arguments)
      return try program.run(in: folder)
    }

    /// The program in a namespace of its own, whose settings are the machine's for it.
    private func run(under settings: String..., arguments: String...) throws -> Program.Finished {
      let script = settings.map { setting in
        let parts = setting.split(separator: "=").map(String.init)
        return "echo \(parts[1]) > /proc/sys/\(parts[0].replacing(".", with: "/")) && "
      }
      let program = try Probe.program(arguments)
      return try Program(
        ["unshare", "--net", "sh", "-c", script.joined() + "exec \"$@\"", "sh"] + program.arguments
      ).run(in: folder)
    }

    /// Takes a minute in a debug build: it is learned twice.
    @Test(.tags(.slow)) func aRecordHasTheMachineOfAClientAndAChangedEdgeIsFound() throws {
      let recorded = try run(
        "record", "--quick", "--family", "ipv4", "--machine", "client", "--only", "learned machine", "-o",
        "before.md")
      #expect(recorded.status == 0, "\(recorded.errors)")
      let text = try folder.read("before.md")
      #expect(text.contains("## learned machine, client"))
      let same = try run("check", "before.md")
      #expect(same.status == 0 && same.output.contains("no changes"), "\(same.output)")
      let edge = text.split(separator: "\n").first {
        $0.hasPrefix("| ACK beyond ") && $0.contains("| ESTABLISHED: connect(), SYN+ACK ")
      }
      let row = try #require(edge, "no edge of ESTABLISHED")
      // Kernels before 7.2 are silent.
      let other = row.replacing("| ACK seq=next ack=next", with: "| RST seq=next")
        .replacing("| - ", with: "| RST seq=next ")
      try #require(other != row, "\(row)")
      try folder.write(text.replacing(row, with: other), to: "other.md")
      let changed = try run("compare", "other.md", "before.md")
      #expect(changed.status == 1 && changed.output.contains("ACK beyond"), "\(changed.output)")
    }

    @Test func theSameKernelIsHeldToItsRecordAndAChangedOneIsFound() throws {
      let recorded = try run(
        "record", "--only", "the same port in TIME_WAIT", "--only", "three-steps", "-o", "before.md")
      #expect(recorded.status == 0, "\(recorded.errors)")
      #expect(recorded.output.isEmpty && recorded.errors.contains("behaviours of Linux"))

      let same = try run("check", "before.md")
      #expect(same.status == 0, "\(same.output)")
      #expect(same.output.contains("no changes"))

      // Another setting is told as such, and what it does to behaviour with it.
      let changed = try run(
        under: "net.ipv4.tcp_timestamps=0", arguments: "check", "before.md", "--save", "after.md", "--all")
      #expect(changed.status == 1, "\(changed.errors)")
      #expect(changed.output.contains("net.ipv4.tcp_timestamps"))
      #expect(changed.output.contains("connect() after bind() to a port in TIME_WAIT"))

      // Offline it is the same, and under the recorded settings nothing is left of it.
      let compared = try run("compare", "before.md", "after.md", "--all")
      #expect(compared.status == 1)
      let pinned = try run(
        under: "net.ipv4.tcp_timestamps=0", arguments: "check", "before.md", "--recorded-sysctls")
      #expect(
        !pinned.output.contains("connect() after bind() to a port in TIME_WAIT"), "\(pinned.output)")

      let accepted = try run("accept", "before.md", "after.md", "--reason", "wanted")
      #expect(accepted.status == 0, "\(accepted.errors)")
      let after = try run("compare", "before.md", "after.md")
      #expect(after.status == 0 && after.output.contains("wanted"), "\(after.output)")
    }

    @Test func aChangeIsAttributedToTheSettingThatMakesTheDifference() throws {
      let recorded = try run("record", "--only", "connect in TIME_WAIT", "-o", "before.md")
      #expect(recorded.status == 0, "\(recorded.errors)")
      // Either could let connect() have the port back. The delay alone does not.
      let checked = try run(
        under: "net.ipv4.tcp_tw_reuse=1", "net.ipv4.tcp_tw_reuse_delay=900",
        arguments: "check", "before.md", "--save", "after.md")
      #expect(checked.status == 1, "\(checked.errors)")
      #expect(checked.output.contains("cause   net.ipv4.tcp_tw_reuse: 2 before, 1 now"), "\(checked.output)")
      #expect(!checked.output.contains("cause   net.ipv4.tcp_tw_reuse_delay"), "\(checked.output)")
      // Without a kernel nobody can tell which of the two it is.
      let compared = try run("compare", "before.md", "after.md")
      for name in ["tcp_tw_reuse", "tcp_tw_reuse_delay"] {
        #expect(compared.output.contains("perhaps due to net.ipv4.\(name):"), "\(compared.output)")
      }
    }

    @Test func whatQuickLeavesOutIsSaidInEveryFormatAndChangesNoStatus() throws {
      let recorded = try run(
        "record", "--only", "SYN+ACK retries", "--only", "three-steps", "-o", "before.md")
      #expect(recorded.status == 0, "\(recorded.errors)")
      for (format, said) in [
        ("terminal", "left out by --quick"), ("json", #""leftOutBy" : "--quick""#),
        ("junit", #"<skipped message="left out by --quick"/>"#), ("ktap", "# SKIP left out by --quick"),
      ] {
        let quick = try run("check", "before.md", "--quick", "--format", format)
        #expect(quick.status == 0 && quick.output.contains(said), "\(format): \(quick.output)")
      }
      let part = try run("record", "--only", "three-steps", "-o", "part.md")
      #expect(part.status == 0, "\(part.errors)")
      let compared = try run("compare", "before.md", "part.md")
      #expect(compared.status == 0 && compared.output.contains("left out by --only"), "\(compared.output)")
    }

    @Test func aFactThatQuickLeavesOutOfAPageIsNotUndecided() throws {
      try folder.write(
        "| what | value | set by |\n| --- | --- | --- |\n| length of TIME_WAIT | 60 s × [1, 1.127] | |\n",
        to: "page.md")
      let quick = try run("check", "page.md", "--quick")
      #expect(quick.status == 0, "\(quick.output)")
      #expect(quick.output.contains("1 left out by --quick"), "\(quick.output)")
    }

    /// The conditions that tcpprobe list --figures names are those under which a figure is there, and no others.
    @Test func aRecordHasEachFigureUnderTheConditionsOfItsCard() throws {
      let recorded = try run("record", "--quick", "--family", "ipv4", "--no-traces", "-o", "quick.md")
      try #require(recorded.status == 0, "\(recorded.errors)")
      var found: [String: Set<String>] = [:]
      for section in try folder.read("quick.md").components(separatedBy: "\n### ").dropFirst() {
        let name = String(section.prefix { $0 != "\n" })
        for fact in try Page(reading: section, name: name).facts.flatMap(\.rows) {
          found[name, default: []].insert("\(fact.what), \(fact.setBy)")
        }
      }
      for id in Scenarios.all where id.declaration.isRecorded && id.declaration.wait <= 2 {
        var declared: Set<String> = []
        for figure in id.declaration.figures {
          for conditions in id.declaration.conditions(of: figure, everyTimer: false) {
            declared.insert("\(figure.name), \(conditions.setBy)")
          }
        }
        // Nobody can see the way that segments take.
        if id == .path { declared = [] }
        #expect(found[id.name.rawValue, default: []] == declared, "\(id.name.rawValue)")
      }
    }

    /// A difference that is there in each run is told, though no figure tells of it.
    @Test func checkTellsOfATraceThatDiffersEachTime() throws {
      let made = try run("record", "--quick", "--only", "closed port", "--on", "wire", "-o", "before.md")
      guard made.status == 0 else { return print("skipped: \(made.errors)") }
      let same = try run("check", "before.md")
      #expect(same.status == 0, "\(same.output)")
      let text = try folder.read("before.md")
      let altered = text.replacing("server > RST+ACK", with: "server > RST")
      try #require(altered != text)
      try folder.write(altered, to: "altered.md")
      let told = try run("check", "altered.md")
      #expect(told.status == 1, "\(told.output)")
      #expect(
        told.output.contains("The same figures, but other packets, timers or counters (1)"), "\(told.output)")
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
        #expect(ended.status == 64 && ended.errors.contains("cut.md: truncated"), "\(ended.errors)")
      }
      try folder.write(
        "<!-- tcpprobe record, schema 99 -->\n\n| what | value | set by |\n| --- | --- | --- |\n| a | b | c |\n",
        to: "new.md")
      let ended = try run("check", "new.md")
      #expect(
        ended.status == 64 && ended.errors.contains("new.md:1: this record has schema 99"), "\(ended.errors)")
    }

    /// Otherwise all that was accepted would be a change again, and the next `accept` would write over the rest of it.
    @Test(arguments: ["", "not a table", "| section | what\n| --- | ---", "link"])
    func aDamagedAcceptanceIsToldAndKept(damage: String) throws {
      try folder.write(SmallRecord.text("6.1.9", "ECONNREFUSED"), to: "before.md")
      try folder.write(SmallRecord.text("6.12.1", "ETIMEDOUT"), to: "after.md")
      if damage == "link" {
        try FileManager.default.createSymbolicLink(
          atPath: folder.path + "/before.accepted.md", withDestinationPath: "missing")
      } else {
        try folder.write(damage, to: "before.accepted.md")
      }
      for arguments in [
        ["compare", "before.md", "after.md"], ["check", "before.md"],
        ["compare", "--group", "before.md", "after.md"],
        ["accept", "before.md", "after.md", "--reason", "so"],
      ] {
        let ended = try Probe.program(arguments).run(in: folder)
        #expect([2, 64].contains(ended.status) && ended.output.isEmpty, "\(arguments[0])")
        #expect(ended.errors.contains("before.accepted.md"), "\(ended.errors)")
      }
      #expect(try folder.names() == ["after.md", "before.accepted.md", "before.md"])
      if damage != "link" { #expect(try folder.read("before.accepted.md") == damage) }
    }

    /// As `compare --group *.md` gives them, with the file of the accepted changes.
    @Test func whatIsAcceptedForTheLargestGroupCountsInEachComparison() throws {
      try folder.write(SmallRecord.text("6.1.9", "ECONNREFUSED"), to: "a.md")
      try folder.write(SmallRecord.text("6.1.9", "ECONNREFUSED"), to: "b.md")
      try folder.write(SmallRecord.text("6.12.1", "ETIMEDOUT"), to: "c.md")
      #expect(try run("compare", "--group", "a.md", "b.md", "c.md").status == 1)
      #expect(try run("accept", "b.md", "c.md", "--reason", "expected").status == 0)
      let files = try folder.names()
      #expect(files == ["a.md", "b.accepted.md", "b.md", "c.md"])
      let compared = try Probe.program(["compare", "--group"] + files).run(in: folder)
      #expect(compared.status == 0 && compared.errors.isEmpty, "\(compared)")
      #expect(
        compared.output.contains("1 behaviour accepted") && compared.output.contains("3 records in 2 groups"))
      let table = try Probe.program(["compare", "--group", "--format", "table"] + files).run(in: folder)
      let last = try #require(table.output.split(separator: "\n").last)
      #expect(last.contains(#/^2 +\w+ +0 .*/#), "\(last)")
    }

    @Test func whatIsForARecordIsRefusedForAPage() throws {
      try folder.write(
        "| what | value | set by |\n| --- | --- | --- |\n| length of TIME_WAIT | 60 s | |\n", to: "page.md")
      let ended = try run("check", "page.md", "--recorded-sysctls")
      #expect(ended.status == 64 && ended.errors.contains("--recorded-sysctls"))
    }
  }
}
