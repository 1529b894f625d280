import Foundation
import Testing
import Traces

@testable import tcpprobe

extension CommandTests {
  /// What is asked of claims by their ids.
  @Suite(.enabled(if: !Probe.benches.isEmpty, "the program cannot run here"))
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
      for label in ["  claim ", "  source ", "  run ", "  document ", "  kernel ", "  why "] {
        #expect(ended.output.contains(label), "\(label)")
      }
      #expect(ended.output.contains("RFC 9293"))
      #expect(ended.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test(arguments: [
      (["check", "--claim", "A9.9"], "tcpprobe list"), (["explain", "Z1"], "tcpprobe list"),
      (["explain", "A3.9"], "did you mean A3."), (["explain", "W11"], "did you mean W1.1"),
      (["explain", "Z1"], "explain Z1 --page FILE"), (["check", "--claim", "Z1"], "check FILE --claim Z1"),
    ])
    func aClaimThatNobodyMakesIsWrongUsageAndTheNearestAreNamed(arguments: [String], hint: String) throws {
      let ended = try Probe.program(arguments).run(in: folder)
      #expect(ended.status == 64 && ended.output.isEmpty)
      #expect(ended.errors.contains(hint), "\(ended.errors)")
    }

    private static let page = """
      | client | server |
      | ------ | ------ |
      | SYN(SEQ:1000) | |
      | | SYN+ACK(SEQ:2000,ACK:1001) |
      | ACK [ESTABLISHED] | [ESTABLISHED] |

      | what | value | set by |
      | ---- | ----- | ------ |
      | life of FIN_WAIT_2 | 3 s | tcp_fin_timeout: 3, first FIN by: close() |
      | timer of an orphan in FIN_WAIT_2 | 60 s | by default |

      """

    @Test func anOptionForRecordsIsNamedAloneWhereThePageIsNone() throws {
      try folder.write(Self.page, to: "own.md")
      let ended = try Probe.run("check", "--save", "x.md", "own.md", in: folder)
      #expect(ended.status == 64 && ended.errors.contains("--save needs a record, and own.md is not one"))
      #expect(!ended.errors.contains("--sysctls"))
      let compared = try Probe.run("compare", "own.md", "own.md", in: folder)
      #expect(compared.status == 64 && compared.errors.contains("own.md: not a record"), "\(compared)")
    }

    @Test func aClaimOfARecordIsRefused() throws {
      let record = "<!-- tcpprobe record, schema 2 -->\n"
      try folder.write(record, to: "before.md")
      let ended = try Probe.run("check", "before.md", "--claim", "A1.1", in: folder)
      #expect(ended.status == 64 && ended.output.isEmpty)
      #expect(ended.errors.contains("--claim is for a page, and before.md is a record"), "\(ended.errors)")
    }

    @Test func everyIdThatACheckOfAPagePrintsIsExplained() throws {
      let bench = try #require(Probe.benches.first)
      try folder.write(Self.page, to: "own.md")
      let ids = try Report(
        Probe.run("check", "own.md", "--quick", "--on", bench, "--format", "json", in: folder).output
      ).verdicts.map(\.id)
      #expect(ids == ["1.1.1", "1.2.2", "1.3.1", "1.3.2", "2.1.2", "2.2.2"])
      for id in ids where id != "2.1.2" {
        let ended = try Probe.run("explain", id, "--page", "own.md", "--on", bench, in: folder)
        #expect(ended.errors.isEmpty && ended.output.hasPrefix("\(id)  "), "\(ended)")
        #expect(ended.output.contains("  source  "))
        let alone = try Probe.run(
          "check", "own.md", "--claim", id, "--on", bench, "--format", "json", in: folder)
        #expect(try Report(alone.output).verdicts.map(\.id) == [id])
      }
    }

    @Test func aPlaceWithoutItsPageIsRefusedWithWhatToDo() throws {
      let ended = try Probe.run("explain", "1.2.2", in: folder)
      #expect(
        ended.status == 64 && ended.errors.contains("tcpprobe explain 1.2.2 --page FILE"), "\(ended.errors)")
      try folder.write(Self.page, to: "own.md")
      let beyond = try Probe.run("explain", "1.9.2", "--page", "own.md", in: folder)
      #expect(
        beyond.status == 64 && beyond.errors.contains("own.md has 1.1.1, 1.1.2, 1.2.1"), "\(beyond.errors)")
    }

    @Test func aFigureIsExplainedByTheClaimsWhoseRowsNameIt() throws {
      let bench = try #require(Probe.benches.first)
      let ended = try Probe.run("explain", "timer of fin_wait_2", "--on", bench, in: folder)
      #expect(ended.status == 0 && ended.output.hasPrefix("W1.6  ") && ended.output.contains("\nW2.3  "))
      try folder.write(Self.page, to: "own.md")
      let other = try Probe.run("explain", "timer of FIN_WAIT_2", "--page", "own.md", in: folder)
      #expect(other.status == 64 && other.errors.contains("| timer of FIN_WAIT_2 | value | condition |"))
    }

    @Test(arguments: ["ephemeral ports", "Ports to one destination", "ports to one  Destination"])
    func aRowIsFoundByEveryNameOfItsFigure(name: String) throws {
      let asked = try AskedClaims([name], in: Input.builtInPages, for: .explain)
      #expect(asked.wanted == ["T5.2"])
      let own = Run.Source(
        name: "own.md",
        text: """
          | what | value | set by | claim |
          | --- | --- | --- | --- |
          | number of ephemeral ports | 1 | | X1.1 |
          """)
      for name in [name, "number of ephemeral ports"] {
        #expect(try AskedClaims([name], in: [own], for: .explain).wanted == ["X1.1"])
      }
    }

    /// The list holds what pages print, and what explain looks up is each of it.
    @Test func everyIdThatIsPrintedCanBeExplained() throws {
      let listed = try Probe.run("list", in: folder).output.split(separator: "\n").compactMap {
        $0.wholeMatch(of: #/  ([A-Z]\d+\.\d+)  .*/#).map { String($0.1) }
      }
      #expect(listed.count > 100 && Set(listed.compactMap(\.first)).count >= 6)
      for id in listed {
        let asked = try AskedClaims([id.lowercased()], in: Input.builtInPages, for: .explain)
        #expect(asked.wanted == [id] && !asked.sources.isEmpty, "\(id)")
      }
      // A ladder that is not there ends the command before anything is run.
      for id in [listed.first, listed.last] {
        let ended = try Probe.run(
          "explain", try #require(id), "--format", "svg", "--ladder", "999", in: folder)
        #expect(ended.status == 64 && ended.errors.contains("--ladder 999"), "\(ended.errors)")
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
      #expect(!ended.output.contains("(original: "))
      let checked = try Probe.run("check", "--claim", "W1.1", "--on", bench, "--format", "json", in: folder)
      #expect(checked.status == 0, "\(checked.errors)")
      #expect(try Report(checked.output).verdicts.map(\.id) == ["W1.1"])
    }

    @Test func allClaimsAreATableAndTheDifferencesStandInFull() throws {
      let bench = try #require(Probe.benches.last)
      let ended = try Probe.run("check", "--quick", "--on", bench, in: folder)
      let parts = ended.output.components(separatedBy: "Where the document and the kernel disagree")
      try #require(parts.count == 2, "\(ended.errors)")
      for claim in ["A1.1", "A3.7", "B2.10", "B3.4"] {
        #expect(parts[0].contains("\n  \(claim) "), "\(claim)")
      }
      #expect(parts[1].contains("\nA3.3  ") && !parts[1].contains("\nA1.1  "))
    }
  }
}
