import Foundation
import Testing

extension CommandTests {
  @Suite(.enabled(if: Probe.benches.contains("loopback"), "the program cannot run here"))
  struct TimeWaitTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    @Test func moreThanThereIsRoomForIsToldBeforeAnythingIsRun() throws {
      let ended = try Probe.run("time-wait", "--count", "999999999999", in: folder)
      #expect(ended.status == 64)
      #expect(ended.output.isEmpty)
      let most = try #require(ended.errors.firstMatch(of: #/expected at most (\d+) /#))
      #expect((Int(most.1) ?? 0) > 60_000)
    }

    @Test(.enabled(if: Probe.benches.contains("wire"), "there is no wire here"))
    func whatNeedsNoMinuteIsShownWithoutOne() throws {
      let ended = try Probe.run("time-wait", "--no-wait", "--on", "wire", "--format", "json", in: folder)
      let verdicts = try Report(ended.output).verdicts
      let claims = verdicts.map(\.id)
      #expect(claims.contains("T1.1") && claims.contains("T4.15"))
      #expect(!claims.contains { $0.hasPrefix("T5.") })
      // The minute is said to be left out, and makes nothing undecided.
      #expect(verdicts.filter { $0.verdict == "left out" }.map(\.id) == ["T2.1", "T2.2"])
      #expect(ended.status == 0 && ended.output.contains("left out by --no-wait"))
    }

    @Test(arguments: [["--count", "60000"], []])
    func whoeverInterruptsItLeavesNothingBehind(arguments: [String]) throws {
      let mark = UUID().uuidString
      let before = World.now(mark: mark)
      var program = try Probe.program(["time-wait"] + arguments)
      program.environment["TCPPROBE_TEST"] = mark
      let running = try program.start(in: folder)
      // Within what is run, and within what is waited for.
      usleep(2_000_000)
      _ = kill(running.id, SIGINT)
      let ended = running.finish()
      #expect(ended.status == nil && ended.output.isEmpty)
      let deadline = Date(timeIntervalSinceNow: 20)
      while Date() < deadline, !World.now(mark: mark).addsNothing(to: before) { usleep(20_000) }
      #expect(World.now(mark: mark).addsNothing(to: before))
    }
  }
}
