import Benches
import Claims
import Documents
import Grounds
import Linux
import Scenarios
import Testing
import Traces

extension ScenariosTests {
  /// What our own page on sockets says is what this kernel tells programs, and what it tells decides.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct SocketTests {
    static let scenarios: [Scenario] = [
      .readiness, .calls, .shutdown, .waitingCalls, .bindConflicts, .bindAddresses, .acceptQueue, .synCookies,
      .halfOpen, .icmpErrors, .portChoice,
    ]

    private func page() throws -> Run.Source {
      Run.Source(name: "sockets", text: try #require(BuiltInPages.page("sockets")).source)
    }

    @Test(arguments: Ground.wires) func everyLineOfThePageIsWhatTheKernelDoes(ground: Ground) throws {
      let assessment = try Assessment(running: [page()], on: ground.bench())
      #expect(assessment.claims.count > 50)
      for claim in assessment.claims {
        #expect(
          claim.verdict.kind == .confirmed,
          "\(claim.id): \(claim.verdict.expected) / \(claim.verdict.seen) / \(claim.verdict.reason ?? "")")
        #expect(!claim.verdict.evidence.isEmpty, "\(claim.id)")
      }
    }

    /// What needs a wire says so; everything else comes out the same.
    @Test(arguments: Ground.loopbacks.suffix(1)) func onLoopbackTheRestHolds(ground: Ground) throws {
      let assessment = try Assessment(
        running: [page()], on: ground.bench(), sections: ["S1", "S2", "S6", "S8"])
      for claim in assessment.claims where claim.verdict.kind != .confirmed {
        #expect(
          claim.verdict.reason.map { Reason(reading: $0).isNeed } ?? false,
          "\(claim.id): \(claim.verdict.seen) \(claim.verdict.reason ?? "")")
      }
    }

    @Test(arguments: [
      ("net.ipv4.tcp_abort_on_overflow", "1", "S5.4"), ("net.ipv4.tcp_syncookies", "0", "S5.7"),
      ("net.ipv6.bindv6only", "1", "S6.7"), ("net.ipv4.ip_local_port_range", "61001 61008", "S8.1"),
    ])
    func anotherWorldTurnsThem(setting: String, value: String, claim: String) throws {
      let bench = try AlteredWire(
        family: .ipv4, afterEntering: { try Sysctl.write(setting, value) }
      ) { _ in .pass }
      let assessment = try Assessment(running: [page()], on: bench, sections: [claim])
      #expect(["contradicted", "conditional"].contains(assessment.verdict(claim)), "\(claim)")
    }

    @Test func withoutTIMEWAITNothingIsSaidOfAPortInIt() throws {
      let bench = try AlteredWire(
        family: .ipv4, afterEntering: { try Sysctl.write("net.ipv4.tcp_max_tw_buckets", "0") }
      ) { _ in .pass }
      let assessment = try Assessment(running: [page()], on: bench, sections: ["S6.5"])
      #expect(assessment.verdict("S6.5") == "undecided")
    }

    @Test(arguments: [("S1.4", "undecided"), ("S7.1", "contradicted")])
    func whereNoRSTArrivesNobodyIsTold(claim: String, verdict: String) throws {
      let deaf = try AlteredWire(family: .ipv4) { departure in
        departure.packet.segment.flags.contains(.rst) ? .vanish : .pass
      }
      let assessment = try Assessment(running: [page()], on: deaf, sections: [claim])
      #expect(assessment.verdict(claim) == verdict)
    }

    /// A scenario declares figures under each of its conditions, and a record holds them all.
    @Test(arguments: scenarios) func aRunLeavesWhatIsDeclared(id: Scenario) throws {
      let bench = try #require(Ground.wires.last).bench()
      let runner = Runner(on: bench)
      let names = Set(id.declaration.figures.map(\.name))
      var left: Set<String> = []
      for conditions in id.declaration.conditions.prefix(6) {
        let trace = try id.run(under: conditions, with: runner, on: bench)
        #expect(trace.end == .finished)
        for event in trace.events {
          guard case .measurement(let figure) = event.what else { continue }
          #expect(figure.missing == nil, "\(figure)")
          #expect(!figure.events.isEmpty && figure.events.allSatisfy(trace.events.indices.contains))
          left.insert(figure.name)
        }
      }
      #expect(left == names)
    }

    @Test func noTwoFiguresHaveOneName() {
      let names = Scenarios.all.flatMap { $0.declaration.figures.map { $0.name.lowercased() } }
      #expect(Set(names).count == names.count)
    }
  }
}
