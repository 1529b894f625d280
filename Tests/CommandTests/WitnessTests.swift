import Chance
import Foundation
import Learning
import Reports
import TCP
import Testing

extension CommandTests {
  /// Scripts that tell machines apart, checked on the kernel that has one of the two.
  @Suite(.enabled(if: Probe.benches.contains("wire"), "the program cannot run here"))
  struct WitnessTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    /// The machine with another output of one edge; nil for an input that the bench does not make there.
    private func altered(
      _ machine: LearnedMachine, _ state: Int, _ input: Int, _ random: inout SplitMix64
    ) -> LearnedMachine? {
      let stimulus = machine.inputs[input]
      var output = machine.edges[state][input].output
      if stimulus.isCall, output.call == nil || output.call == .failed("EBADF") { return nil }
      if stimulus == .syn, output.segments.isEmpty { return nil }
      if let call = output.call, random.chance(50) {
        output.call = call == .failed("EIO") ? .failed("EPERM") : .failed("EIO")
      } else if output.segments.isEmpty || random.chance(30) {
        output.segments.append(
          .init(flags: .ack, hasData: false, sequence: .next, acknowledgment: .next))
      } else {
        output.segments.removeLast()
      }
      var altered = machine
      altered.edges[state][input].output = output
      return altered
    }

    /// Whatever edge a kernel would have otherwise, its machine's script is confirmed here, and the other contradicted.
    @Test(arguments: Side.allCases) func eachAlteredEdgeIsToldByScripts(side: Side) throws {
      let ended = try Probe.run(
        "learn", "--side", side.rawValue, "--depth", "0", "--words", "3000", "--format", "json", in: folder)
      let machine = try LearnedMachine(reading: Array(ended.output.utf8))
      var random = SplitMix64(seed: 7)
      var names: [String] = []
      var unwritten = 0
      for edge in stride(from: 5, to: machine.stateCount * machine.inputs.count, by: 97) {
        let (state, input) = edge.quotientAndRemainder(dividingBy: machine.inputs.count)
        guard let other = altered(machine, state, input, &random) else { continue }
        let comparison = try MachineComparison(other, machine)
        let witnesses = MachineWitnesses(
          other, machine, comparison, names: (before: "altered", now: "here"), prefix: "\(edge)-")
        unwritten += witnesses.unwritten.count
        for (name, reason) in witnesses.unwritten {
          print(name, reason, comparison.differences[0].first.inputs.map(\.rawValue))
        }
        for script in witnesses.scripts {
          try folder.write(script.text, to: script.name)
          names.append(script.name)
        }
      }
      let checked = try Probe.program(["check", "--format", "json"] + names).run(in: folder)
      let report = try JSONDecoder().decode(ScriptReport.self, from: Data(checked.output.utf8))
      #expect(report.scripts.count == names.count && names.count > unwritten)
      for script in report.scripts {
        let expected = script.script.hasSuffix("now.pkt") ? "confirmed" : "contradicted"
        let text = try String(contentsOfFile: folder.path + "/" + script.script, encoding: .utf8)
        #expect(script.verdict == expected, "\(script.script): \(text)")
      }
    }

    @Test func theScriptsOfTwoMachinesAreWrittenIntoAFolder() throws {
      let options = ["learn", "--depth", "0", "--words", "50"]
      let made = try Probe.program(options + ["--format", "json"]).run(in: folder)
      try folder.write(made.output.replacing("\"EPIPE\"", with: "\"EIO\""), to: "other.json")
      try FileManager.default.createDirectory(
        atPath: folder.path + "/scripts", withIntermediateDirectories: false)
      let compared = options + ["--against", "other.json", "--witnesses", "scripts"]
      #expect(try Probe.program(compared).run(in: folder).status == 1)
      let checked = try Probe.program(["check", "scripts/01-before.pkt", "scripts/01-now.pkt"]).run(
        in: folder)
      #expect(checked.output.contains("2 scripts: 1 contradicted, 1 confirmed"), "\(checked.output)")
      // Scripts of another comparison would be taken for those of this one.
      let again = try Probe.program(compared).run(in: folder)
      #expect(again.status == 64 && again.errors.contains("it has scripts"))
      #expect(try Probe.program(options + ["--witnesses", "scripts"]).run(in: folder).status == 64)
    }

    @Test func savedMachinesAreComparedInATable() throws {
      let made = try Probe.run("learn", "--depth", "0", "--words", "50", "--format", "json", in: folder)
      let machine = try LearnedMachine(reading: Array(made.output.utf8))
      try folder.write(made.output, to: "here.json")
      let older = made.output.replacing("\"\(machine.version)\"", with: "\"3.2.1\"")
      try folder.write(older.replacing("\"EPIPE\"", with: "\"EIO\""), to: "older.json")
      try FileManager.default.createDirectory(
        atPath: folder.path + "/scripts", withIntermediateDirectories: false)
      let compared = ["compare", "here.json", "older.json", "--witnesses", "scripts"]
      let ended = try Probe.program(compared).run(in: folder)
      #expect(ended.status == 1 && ended.output.contains("EIO on 3.2.1, EPIPE on \(machine.version)"))
      let scripts = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/scripts")
      for name in ["before", "now"] { #expect(scripts.contains("\(machine.version)-01-\(name).pkt")) }
      #expect(try Probe.run("compare", "here.json", "here.json", in: folder).status == 0)
      #expect(try Probe.run("compare", "here.json", "none.json", in: folder).status != 0)
    }

    private struct ScriptReport: Decodable {
      var scripts: [Script]
      struct Script: Decodable {
        var script: String
        var verdict: String
      }
    }
  }
}
