import Benches
import Claims
import Documents
import Grounds
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// The edges of RFC 9293's state machine on this kernel.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct EdgeTests {
    private func table(on bench: any Bench) throws -> (table: EdgeTable, readsProc: Bool) {
      let traces = try Scenarios.edgeRuns(waiting: false).map { run -> Trace in
        guard case .scenario(let name, let conditions) = run, let scenario = Scenarios.named(name) else {
          throw BenchError(step: "find a scenario", reason: "there is none")
        }
        return try scenario.run(under: conditions, with: Runner(on: bench), on: bench)
      }
      let readsProc = traces.allSatisfy { $0.observers.contains { $0.kind == .proc && $0.ran } }
      return (EdgeTable(Scenarios.edgeProofs, in: traces), readsProc)
    }

    @Test(arguments: Ground.wires) func allButAFewAreTaken(ground: Ground) throws {
      let (table, readsProc) = try table(on: try ground.bench())
      // SEND in LISTEN; states that are passed through; challenges that TIME_WAIT does not send.
      let others: Set = [5, 20, 21, 26, 30, 32]
      for row in table.rows where !others.contains(row.edge.number) {
        #expect(row.kind == .seen, "\(row.edge): \(row.results)")
        // Where the table of the whole machine would have to be read, /proc/net/tcp is left out; then the edges of several
        // states are seen by two observers together.
        let witnesses = row.results.map(\.witnesses)
        let isSeenTwice =
          readsProc
          ? row.witnesses.count >= 2
          : witnesses.allSatisfy { !$0.isEmpty } && Set(witnesses.joined()).count >= 2
        // A change that a timer makes on an idle processor often reaches no reader of the tracepoint.
        let isOfTimer = row.edge.number == 29 && witnesses.allSatisfy { !$0.isEmpty }
        #expect(isSeenTwice || isOfTimer, "\(row.edge.number) is seen by \(witnesses)")
      }
      #expect(table.rows[4].kind == .differs && table.rows[4].results[0].sights[0].failure == "EPIPE")
      #expect(table.rows[19].kind == .notWaitedFor)
    }

    private func outcome(_ transition: Transition, on bench: any Bench) throws -> EdgeResult.Outcome? {
      let trace = try Scenario.edges.run(under: [.edge(transition)], with: Runner(on: bench), on: bench)
      return EdgeTable(Scenarios.edgeProofs.filter { $0.transition == transition }, in: [trace]).rows
        .first { $0.edge == transition.edge }?.results.first?.outcome
    }

    @Test func aWireThatTurnsAnActionIntoAnotherMakesItsEdgeDiffer() throws {
      let edge = try #require(Transition.figure5.first { $0.from == .listen && $0.to == .synReceived })
      let bench = try AlteredWire(family: .ipv4) { departure in
        if departure.packet.segment.flags == [.syn, .ack] { departure.packet.segment.flags = [.rst, .ack] }
        return .pass
      }
      #expect(try outcome(edge, on: bench) == .differs([.action([[.rst, .ack]])]))
    }
  }
}
