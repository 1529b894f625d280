import Benches
import Claims
import Documents
import Grounds
import Linux
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// What our own pages on CLOSE_WAIT and RST say is what this kernel does, and what it does decides.
  @Suite(.enabled(if: !Ground.all.isEmpty, "no bench can be set up here"))
  struct ClosingPagesTests {
    static let pages = ["close-wait", "reset"]

    private func source(_ id: String) throws -> Run.Source {
      Run.Source(name: id, text: try #require(BuiltInPages.page(id)).source)
    }

    @Test(arguments: Ground.all, pages)
    func everyClaimHoldsOnEveryBench(ground: Ground, page: String) throws {
      let setting = "net.ipv4.tcp_fin_timeout"
      let outside = try Sysctl.read(setting)
      let bench = try ground.bench()
      let before = try bench.enter(.left) { try Sysctl.read(setting) }
      let assessment = try Assessment(running: [source(page)], on: bench, longest: 10)
      #expect(assessment.claims.count >= 12)
      for claim in assessment.claims {
        #expect(
          assessment.verdict(claim.id) == "confirmed",
          "\(claim.id): \(claim.verdict.expected) / \(claim.verdict.seen) / \(claim.verdict.reason ?? "")")
        #expect(!claim.verdict.evidence.isEmpty, "\(claim.id)")
      }
      let after = try bench.enter(.left) { try Sysctl.read(setting) }
      #expect(after == before)
      #expect(try Sysctl.read(setting) == outside)
    }

    /// One run, judged again beside pages that say something else.
    private func check(_ page: String, _ changes: [PageChange]) throws {
      let bench = try #require(Ground.all.last).bench()
      let original = try source(page)
      var run = try Assessment(running: [original], on: bench, longest: 10).run
      for change in changes {
        run.documents = [
          try #require(original.changed(change.old, to: change.new), "the page no longer says \(change.old)")
        ]
        #expect(
          try Assessment(of: run, by: Scenarios.catalogue).verdict(change.claim) == change.verdict,
          "\(change)")
      }
    }

    @Test func aChangedPageOnCloseWaitTurnsItsVerdicts() throws {
      let orphan = "| first FIN by: close(), tcp_fin_timeout: 3"
      try check(
        "close-wait",
        [
          PageChange("W1.1", "[CLOSE_WAIT]         | W1.1", "[LAST_ACK] | W1.1", "contradicted"),
          PageChange("W1.2", "ACK seq=y, ack=x+1   | W1.2", "ACK seq=y, ack=x+2 | W1.2", "contradicted"),
          PageChange("W1.4", "RST seq=x+1, ACK:-", "RST seq=x+1, ack=y", "contradicted"),
          PageChange("W1.5", "| a descriptor of this process", "| nobody", "contradicted"),
          PageChange("W1.6", "| 3 s × [1, 1.127]            ", "| 60 s × [1, 1.127] ", "contradicted"),
          PageChange(
            "W1.7", "after tcp_fin_timeout | CLOSE_WAIT                   \(orphan)",
            "after tcp_fin_timeout | CLOSED \(orphan)", "contradicted"),
          PageChange("W1.8", "| end of stream ", "| ECONNRESET ", "contradicted"),
          PageChange("W2.3", "| stays ", "| gone ", "contradicted"),
          PageChange("W2.2", "| arrives ", "| is answered with RST ", "contradicted"),
        ])
    }

    @Test func aChangedPageOnRSTTurnsItsVerdicts() throws {
      try check(
        "reset",
        [
          PageChange("R2.2", "| 100 of 200 bytes arrive", "| 200 of 200 bytes arrive", "contradicted"),
          PageChange("R3.2", "| 100 bytes written", "| EPIPE", "contradicted"),
          PageChange("R3.3", "RST seq=y+1, ACK:-", "RST seq=y+2, ACK:-", "contradicted"),
          PageChange("R4.1", "| ECONNREFUSED", "| ETIMEDOUT", "contradicted"),
        ])
    }
  }

  /// The same pages in a world that is another.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct ChangedClosingTests {
    private func run(_ page: String, _ sections: [String], on bench: any Bench) throws -> Assessment {
      let source = Run.Source(name: page, text: try #require(BuiltInPages.page(page)).source)
      return try Assessment(running: [source], on: bench, sections: sections, longest: 10)
    }

    private func expect(_ verdicts: [String: String], of assessment: Assessment) {
      for (claim, verdict) in verdicts {
        let found = assessment.claims.first { $0.id == claim }?.verdict
        #expect(
          assessment.verdict(claim) == verdict, "\(claim): \(found?.expected ?? "") / \(found?.seen ?? "")")
      }
    }

    private func wire(_ rule: @escaping AlteredWire.Rule) throws -> AlteredWire {
      try AlteredWire(family: try #require(Ground.wires.first).family, rule: rule)
    }

    /// What the kernel is told in the last moment decides how long an orphan lives, not what the page says.
    @Test func anotherTimeoutTurnsTheLifeOfFINWAIT2() throws {
      final class Place { weak var bench: AlteredWire? }
      let place = Place()
      let bench = try wire { departure in
        if departure.packet.segment.flags.contains(.fin) {
          try? place.bench?.enter(.left) { try Sysctl.write("net.ipv4.tcp_fin_timeout", "2") }
        }
        return .pass
      }
      place.bench = bench
      expect(
        ["W1.5": "confirmed", "W1.6": "contradicted", "W1.7": "confirmed", "W1.8": "confirmed"],
        of: try run("close-wait", ["W1.5", "W1.6", "W1.7", "W1.8"], on: bench))
    }

    @Test func whereNoRSTArrivesNobodyLearnsOfTheEnd() throws {
      let deaf = try wire { $0.packet.segment.flags.contains(.rst) ? .vanish : .pass }
      expect(
        [
          "R1.1": "contradicted", "R1.2": "contradicted", "R1.3": "contradicted", "R3.3": "contradicted",
          "R3.4": "contradicted", "R3.5": "contradicted", "R4.1": "contradicted", "R3.2": "confirmed",
        ], of: try run("reset", ["R1", "R3", "R4"], on: deaf))
    }

    @Test func anRSTThatLooksOtherwiseTurnsOnlyWhatIsSaidOfIt() throws {
      let bench = try wire { departure in
        if departure.packet.segment.flags.contains(.rst) {
          departure.packet.segment.flags.formSymmetricDifference(.ack)
        }
        return .pass
      }
      expect(
        [
          "R1.1": "contradicted", "R1.2": "confirmed", "R1.3": "confirmed", "R2.2": "confirmed",
          "R3.3": "contradicted", "R3.4": "confirmed", "R4.1": "contradicted",
        ], of: try run("reset", [], on: bench))
    }
  }
}
