import Foundation
import Learning
import Reports
import Testing

extension CommandTests {
  @Suite(.enabled(if: Probe.benches.contains("wire"), "the program cannot run here"))
  struct LearnTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    private func machine(_ side: Side, seed: Int) throws -> LearnedMachine {
      let ended = try Probe.run(
        "learn", "--side", side.rawValue, "--depth", "0", "--words", "6000", "--seed", "\(seed)", "--format",
        "json", in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      return try LearnedMachine(reading: Array(ended.output.utf8))
    }

    @Test func twoSeedsGiveTheSameMachineOfAClient() throws {
      let (one, other) = (try machine(.client, seed: 1), try machine(.client, seed: 2))
      #expect(one.edges == other.edges && one.sockets == other.sockets)
      #expect(try MachineComparison(one, other).isSame)
      // Every state of a client but LISTEN is behind one of them.
      let states = Set((0..<one.stateCount).map(one.kernelState))
      #expect(states.count == 10)
    }

    @Test func theWayToAStateIsALadder() throws {
      let arguments = ["learn", "--depth", "0", "--words", "50", "--state"]
      let ended = try Probe.program(arguments + ["1"]).run(in: folder)
      #expect(ended.status == 0 && ended.output.contains("connect()"), "\(ended.errors)")
      #expect(ended.output.contains("SYN seq=first"))
      #expect(try Probe.program(arguments + ["999"]).run(in: folder).status == 64)
    }

    @Test func aMachineIsComparedWithAnother() throws {
      let options = ["learn", "--depth", "0", "--words", "3000"]
      let made = try Probe.program(options + ["--format", "json"]).run(in: folder)
      try folder.write(made.output, to: "same.json")
      try folder.write(made.output.replacing("\"EPIPE\"", with: "\"EIO\""), to: "other.json")
      try folder.write("{}", to: "none.json")
      #expect(try Probe.program(options + ["--against", "same.json"]).run(in: folder).status == 0)
      let ended = try Probe.program(options + ["--against", "other.json"]).run(in: folder)
      #expect(ended.status == 1 && ended.output.contains("CLOSED, send(): EIO on"), "\(ended.errors)")
      let refused = try Probe.program(options + ["--against", "none.json"]).run(in: folder)
      #expect(refused.status == 64 && refused.errors.contains("none.json is not a state machine"))
      let side = try Probe.program(options + ["--side", "server", "--against", "same.json"]).run(in: folder)
      #expect(side.status == 64)
    }

    @Test(arguments: ["html", "svg", "mermaid", "dot", "terminal"])
    func everyFormatNamesTheStatesOfTheKernel(format: String) throws {
      let ended = try Probe.run("learn", "--depth", "0", "--words", "50", "--format", format, in: folder)
      #expect(ended.status == 0, "\(ended.errors)")
      for state in ["SYN_SENT", "ESTABLISHED", "CLOSE_WAIT"] { #expect(ended.output.contains(state)) }
    }
  }
}
