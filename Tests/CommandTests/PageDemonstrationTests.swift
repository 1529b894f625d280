import Foundation
import Testing

extension CommandTests {
  /// The commands that run a page of our own.
  @Suite(.enabled(if: !Probe.benches.isEmpty, "the program cannot run here"))
  struct PageDemonstrationTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    @Test(arguments: Probe.benches, ["close-wait", "reset"])
    func everythingIsRunAndDecided(bench: String, command: String) throws {
      let ended = try Probe.run(command, "--on", bench, "--format", "json", in: folder)
      #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended.errors)")
      let report = try Report(ended.output)
      #expect(report.verdicts.count >= 12)
      for verdict in report.verdicts {
        #expect(verdict.verdict == "confirmed", "\(verdict.id): \(verdict.expected) / \(verdict.seen)")
      }
    }

    @Test(arguments: [
      ("handshake", "H"), ("data-transfer", "D"), ("close-sequence", "C"),
    ])
    func aLessonIsConfirmedAndItsLastScreenHasTheAnswer(command: String, own: String) throws {
      guard Probe.benches.contains("wire") else { return print("skipped: no wire can be set up here") }
      let ended = try Probe.run(command, "--on", "wire", in: folder)
      #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended.errors)")
      let lines = ended.output.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.suffix(24).contains("The answer"), "\(ended.output)")
      #expect(
        !ended.output.contains("Observers") && !ended.output.contains("added by tcpprobe"),
        "\(ended.output)")
      let json = try Probe.run(command, "--on", "wire", "--format", "json", in: folder)
      let verdicts = try Report(json.output).verdicts
      let ours = verdicts.filter { $0.id.hasPrefix(own) }
      #expect(ours.count > 5 && verdicts.count > ours.count)
      for verdict in ours { #expect(verdict.verdict == "confirmed", "\(verdict.id): \(verdict.seen)") }
    }

    @Test(arguments: [
      ("handshake", "syn-lost"), ("handshake", "third-segment-lost"), ("data-transfer", "ack-lost"),
      ("close-sequence", "last-ack-lost"), ("close-sequence", "fin-overtakes-data"),
      ("close-sequence", "server-never-closes"), ("close-sequence", "both-close"),
    ])
    func aChangedCourseIsConfirmedAndMarkedWhereItDiffers(command: String, change: String) throws {
      guard Probe.benches.contains("wire") else { return print("skipped: no wire can be set up here") }
      let ended = try Probe.run(command, "--what-if", change, "--on", "wire", in: folder)
      #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended.errors)")
      #expect(ended.output.contains("What if"))
      #expect(ended.output.matches(of: /different from here on/).count == 1, "\(ended.output)")
      let last = ended.output.split(separator: "\n").last
      #expect(last?.wholeMatch(of: /[0-9]+ claims: [0-9]+ confirmed/) != nil, "\(ended.output)")
    }

    /// What a loopback cannot hold back stays undecided there, and status 2 says so.
    @Test func theOneOnSocketsNeedsAWire() throws {
      guard Probe.benches.contains("wire") else { return print("skipped: no wire can be set up here") }
      let ended = try Probe.run("sockets", in: folder)
      #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended.errors)")
      #expect(ended.output.contains("recv() gives end of stream") && !ended.output.contains("✗"))
      for line in ended.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }

    @Test func thePageIsToldFromTopToBottomWithWhatWasSeen() throws {
      let ended = try Probe.run("close-wait", in: folder)
      #expect(ended.status == 0)
      let places = [
        "has many sockets in CLOSE_WAIT", "FIN_WAIT_1 ├", "socket:[", "shutdown(WR) │", "What to do",
      ]
      .map {
        ended.output.range(of: $0)?.lowerBound
      }
      let found = places.compactMap { $0 }
      #expect(found.count == places.count && found == found.sorted(), "\(ended.output)")
      // The descriptor that leaks, by its number and its process.
      #expect(ended.output.contains(/descriptor \d+ of process \d+\s+\(tcpprobe\)/))
      for line in ended.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }

    @Test func whatIsRecordedOfAResetHoldsForTheNextRun() throws {
      let made = try Probe.run("reset", "--format", "markdown", "--output", "reset.md", in: folder)
      #expect(made.status == 0)
      let checked = try Probe.run("check", "reset.md", in: folder)
      #expect(checked.status == 0, "\(checked.output)")
    }

    /// The section on the length needs a minute.
    @Test func whatIsReadyIsShownBeforeTheMinuteIsOver() throws {
      guard Probe.benches.contains("wire") else { return print("skipped: no wire can be set up here") }
      let running = try Probe.program(["time-wait"]).start(in: folder)
      running.awaitOutput("4. Reusing the addresses")
      _ = kill(running.id, SIGINT)
      let ended = running.finish()
      #expect(ended.status == nil)
      #expect(ended.output.contains("\n1. Which end waits\n"), "\(ended.output)")
      #expect(ended.output.contains("\n2. How long\n\nThis section is shown last:"), "\(ended.output)")
      #expect(ended.output.contains("T4.15") && !ended.output.contains("T2.1"), "\(ended.output)")
      #expect(ended.errors.contains("interrupted before \"2. How long\""), "\(ended.errors)")
    }

    /// In the middle of a wait, under a setting that is not the kernel's own.
    @Test(arguments: Probe.benches) func anInterruptedWaitLeavesNothingBehind(bench: String) throws {
      let mark = UUID().uuidString
      let before = World.now(mark: mark)
      var program = try Probe.program(["close-wait", "--on", bench, "--output", "report.txt"])
      program.environment["TCPPROBE_TEST"] = mark
      let running = try program.start(in: folder)
      usleep(1_500_000)
      _ = kill(running.id, SIGINT)
      #expect(running.finish().status == nil)
      #expect(try folder.names().isEmpty)
      let deadline = Date(timeIntervalSinceNow: 20)
      while !World.now(mark: mark).addsNothing(to: before), Date() < deadline { usleep(20_000) }
      #expect(World.now(mark: mark).addsNothing(to: before))
    }
  }
}
