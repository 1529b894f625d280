import Documents
import Notations
import Foundation
import Linux
import Testing

extension CommandTests {
  @Suite(.enabled(if: !Probe.benches.isEmpty, "the program cannot run here"))
  struct ReportTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    @Test(arguments: Probe.benches, Probe.families)
    func aRunSaysWhatWasSeenByWhomAndWhatFollows(bench: String, family: String) throws {
      let ended = try Probe.run(
        "close-sequence", "--on", bench, "--family", family, "--format", "json", in: folder)
      let report = try Report(ended.output)
      #expect(ended.errors.isEmpty && ended.status == 0)
      #expect(report.schema == 2)
      #expect(report.machine.release == System.release)
      #expect(report.verdicts.count >= 12)
      for trace in report.traces {
        // Only the wire has the observer of reasons.
        #expect(trace.observers.count == (bench == "wire" ? 8 : 7))
        #expect(trace.events.contains { $0.what.segment != nil })
      }
      for verdict in report.verdicts {
        #expect(
          !verdict.expected.isEmpty && !verdict.seen.isEmpty && !verdict.evidence.isEmpty, "\(verdict.id)")
        for evidence in verdict.evidence {
          #expect(evidence.events.allSatisfy { report.traces[evidence.trace].events.indices.contains($0) })
        }
      }
    }

    @Test func aSavedRunIsJudgedTheSameAgain() throws {
      let saved = try Probe.run("close-sequence", "--format", "json", "--output", "run.json", in: folder)
      #expect(saved.status == 0 && saved.output.isEmpty)
      let json = try folder.read("run.json")
      let again = try Probe.run("judge", "run.json", "--format", "json", in: folder)
      #expect(again.status == 0)
      #expect(try Report(again.output).verdicts == Report(json).verdicts)
      // Every other format says the same of it as it would have at once.
      for format in ["terminal", "markdown", "mermaid", "html", "ktap", "junit"] {
        let shown = try Probe.run("judge", "run.json", "--format", format, in: folder)
        #expect(shown.status == 0 && shown.errors.isEmpty)
        for verdict in try Report(json).verdicts { #expect(shown.output.contains(verdict.id)) }
      }
    }

    @Test(.enabled(if: Program.exists("setpriv") && getuid() == 0, "nobody else can be become here"))
    func anybodyCanJudgeASavedRun() throws {
      let copy = folder.path + "/tcpprobe"
      try folder.copyProbe(to: copy)
      #expect(try Probe.run("handshake", "--format", "json", "-o", "run.json", in: folder).status == 0)
      let judged = try Program(Nobody.wrapper + [copy, "judge", "run.json", "--format", "json"]).run(
        in: folder)
      #expect(judged.status == 0, "\(judged.errors)")
      #expect(try Report(judged.output).verdicts == Report(folder.read("run.json")).verdicts)
    }

    @Test(arguments: ["close-sequence", "handshake", "data-transfer"], ["markdown", "mermaid"])
    func whatIsWrittenAsAPageReadsBackAsTheSameLadders(command: String, format: String) throws {
      let ended = try Probe.run(command, "--format", "json", "-o", "run.json", in: folder)
      #expect(ended.status == 0)
      let written = try Probe.run("judge", "run.json", "--format", format, in: folder).output
      let page = try Page(reading: written, name: "run.md")
      #expect(!page.ladders.isEmpty)
      #expect(page.unread.isEmpty, "\(page.unread)")
      try folder.write(written, to: "run.md")
      let checked = try Probe.run("check", "run.md", "--format", "json", "-o", "second.json", in: folder)
      #expect(checked.status == 0, "\(checked.output) \(checked.errors)")
      let second = try Probe.run("judge", "second.json", "--format", format, in: folder).output
      let again = try Page(reading: second, name: "run.md")
      #expect(again.ladders.map(cells) == page.ladders.map(cells))
    }

    private func cells(_ ladder: Ladder) -> [[[Cell.Element]]] {
      ladder.rungs.map { rung in Party.allCases.map { rung.cells[$0].elements } }
    }

    @Test(arguments: ["wire", "loopback"].filter(Probe.benches.contains))
    func aPageThatIsWrongIsFoundOut(bench: String) throws {
      let page = """
        | client | server |
        | ------ | ------ |
        | SYN(SEQ:1000) | |
        | | SYN+ACK(ACK:1002) |
        """
      try folder.write(page, to: "wrong.md")
      let wrong = try Probe.run("check", "wrong.md", "--on", bench, in: folder)
      #expect(wrong.status == 1 && wrong.output.contains("ACK:1002") && wrong.output.contains("ACK:1001"))
      try folder.write(page.replacingOccurrences(of: "1002", with: "1001"), to: "right.md")
      #expect(try Probe.run("check", "right.md", "--on", bench, in: folder).status == 0)
    }
  }
}

/// Somebody without any privilege.
enum Nobody {
  static let wrapper = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
}
