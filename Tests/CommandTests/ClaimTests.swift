import Foundation
import Testing

extension CommandTests {
  /// What is asked of claims by their ids.
  @Suite(.enabled(if: !Probe.benches.isEmpty, "the program cannot play here"))
  struct ClaimTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    @Test func aClaimAskedAloneIsTheOnlyOneThatIsTold() throws {
      let bench = try #require(Probe.benches.first)
      let ended = try Probe.run(
        "check", "--claim", "A3.4", "--claim", "b1.1", "--on", bench, "--format", "json", in: folder)
      // It differs from its document, which 1 says.
      #expect(ended.status == 1 && ended.errors.isEmpty)
      #expect(try Report(ended.output).verdicts.map(\.id) == ["A3.4", "B1.1"])
    }

    @Test(arguments: ["A3.4", "b3.5"]) func anExplanationHasAllThatABookWouldSay(claim: String) throws {
      let bench = try #require(Probe.benches.first)
      let ended = try Probe.run("explain", claim, "--on", bench, in: folder)
      #expect(ended.status == 0 && ended.errors.isEmpty)
      #expect(ended.output.hasPrefix(claim.uppercased()))
      for label in ["  claim ", "  stands in ", "  played ", "  document ", "  kernel ", "  why "] {
        #expect(ended.output.contains(label), "\(label)")
      }
      #expect(ended.output.contains("RFC 9293"))
      #expect(ended.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test(arguments: [
      (["check", "--claim", "A9.9"], "tcpprobe list"), (["explain", "C1"], "tcpprobe list"),
      (["explain", "A3.9"], "did you mean A3."), (["explain", "W11"], "did you mean W1.1"),
    ])
    func aClaimThatNobodyMakesIsWrongUsageAndTheNearestAreNamed(arguments: [String], hint: String) throws {
      let ended = try Probe.program(arguments).run(in: folder)
      #expect(ended.status == 64 && ended.output.isEmpty)
      #expect(ended.errors.contains(hint), "\(ended.errors)")
    }

    /// What stands in the list is what pages print; a ladder that is not there ends the command before anything is run.
    @Test func everyIdThatIsPrintedCanBeExplained() throws {
      let listed = try Probe.run("list", in: folder).output.split(separator: "\n").compactMap {
        $0.wholeMatch(of: #/  ([A-Z]\d+\.\d+)  .*/#).map { String($0.1) }
      }
      #expect(listed.count > 100 && Set(listed.compactMap(\.first)).count >= 6)
      for id in listed {
        let ended = try Probe.run("explain", id, "--format", "svg", "--ladder", "999", in: folder)
        #expect(ended.status == 64 && ended.errors.contains("--ladder 999"), "\(id): \(ended.errors)")
      }
    }

    @Test(arguments: ["close-wait", "reset"]) func whatADemonstrationPrintsIsListed(command: String) throws {
      let bench = try #require(Probe.benches.first)
      let listed = try Probe.run("list", in: folder).output
      let report = try Report(Probe.run(command, "--on", bench, "--format", "json", in: folder).output)
      #expect(!report.verdicts.isEmpty)
      for verdict in report.verdicts { #expect(listed.contains("\n  \(verdict.id)  "), "\(verdict.id)") }
    }

    @Test func aClaimOfAPageOfOurOwnIsExplained() throws {
      let bench = try #require(Probe.benches.first)
      let ended = try Probe.run("explain", "w1.1", "--on", bench, in: folder)
      #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended.errors)")
      #expect(ended.output.hasPrefix("W1.1") && ended.output.contains("close-wait:"))
      #expect(!ended.output.contains("of the original"))
      let checked = try Probe.run("check", "--claim", "W1.1", "--on", bench, "--format", "json", in: folder)
      #expect(checked.status == 0, "\(checked.errors)")
      #expect(try Report(checked.output).verdicts.map(\.id) == ["W1.1"])
    }

    @Test func allClaimsAreATableAndTheDifferencesStandInFull() throws {
      let bench = try #require(Probe.benches.last)
      let ended = try Probe.run("check", "--quick", "--on", bench, in: folder)
      let parts = ended.output.components(separatedBy: "Where documents and kernel part")
      try #require(parts.count == 2, "\(ended.errors)")
      for claim in ["A1.1", "A3.7", "B2.10", "B3.4"] {
        #expect(parts[0].contains("\n  \(claim) "), "\(claim)")
      }
      #expect(parts[1].contains("\nA3.3  ") && !parts[1].contains("\nA1.1  "))
    }
  }
}
