import Benches
import Claims
import Documents
import Notations
import Grounds
import Scenarios
import Testing
import Traces

extension ScenariosTests {
  /// Runs beside each other, as records have them run.
  @Suite(.enabled(if: !Ground.all.isEmpty, "no bench can be set up here"))
  struct SideBySideTests {
    private static func runnables() throws -> [Runnable] {
      let pages = try BuiltInPages.all.map { try $0.read() }
      let ladder = try #require(RunList.recorded(from: pages, in: Scenarios.catalogue).first)
      return [ladder, .scenario(.closedPort, under: [])]
    }

    private func seen(by kind: ObserverKind, in trace: Trace) -> Bool {
      trace.events.contains { $0.observer == kind }
    }

    @Test(arguments: Ground.all) func inARecordOnlyLaddersAreReadInTheTable(ground: Ground) throws {
      let traces = try Scenarios.run(
        Self.runnables(), on: ground.bench(), lanes: 1, isolated: true)
      let runs = traces.map { trace in trace.observers.first { $0.kind == .proc } }
      guard runs[0]?.ran == true, traces[1].observers.contains(where: { $0.kind == .sockDiag && $0.ran })
      else {
        return print("skipped: /proc/net/tcp or sock_diag cannot be read here")
      }
      #expect(seen(by: .proc, in: traces[0]))
      #expect(runs[1]?.ran == false && runs[1]?.reason == "left out")
      #expect(!seen(by: .proc, in: traces[1]))
      // What it would have seen is seen all the same.
      #expect(seen(by: .sockDiag, in: traces[0]) && !traces[1].events.isEmpty)
    }

    @Test(arguments: Ground.all) func elsewhereTheTableIsReadForAll(ground: Ground) throws {
      let traces = try Scenarios.run(Self.runnables(), on: ground.bench(), lanes: 1)
      for trace in traces {
        #expect(trace.observers.first { $0.kind == .proc }?.reason != "left out")
      }
    }
  }
}
