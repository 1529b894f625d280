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

    @Test(arguments: [["check", "--claim", "A9.9"], ["explain", "C1"], ["explain"]])
    func aClaimThatNobodyMakesIsWrongUsage(arguments: [String]) throws {
      let ended = try Probe.program(arguments).run(in: folder)
      #expect(ended.status == 64 && ended.output.isEmpty)
      if arguments.count > 1 { #expect(ended.errors.contains("A3.4")) }
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
