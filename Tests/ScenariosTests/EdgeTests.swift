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
  /// The edges of RFC 9293's state machine on this kernel.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct EdgeTests {
    /// - Parameter number: that of the one edge whose runs are made; nil for all.
    private func table(of number: Int? = nil, on bench: any Bench) throws -> (
      table: EdgeTable, readsProc: Bool
    ) {
      let proofs = Scenarios.edgeProofs.filter { number == nil || $0.transition.edge.number == number }
      let wanted = proofs.map(\.run)
      let traces = try Scenarios.edgeRuns(waiting: false).compactMap { run -> Trace? in
        guard case .scenario(let name, let conditions) = run, let scenario = Scenarios.named(name) else {
          throw BenchError(step: "find a scenario", reason: "there is none")
        }
        guard wanted.contains(where: { $0.scenario == name && $0.conditions == conditions }) else {
          return nil
        }
        return try scenario.run(under: conditions, with: Runner(on: bench), on: bench)
      }
      let readsProc = traces.allSatisfy { $0.observers.contains { $0.kind == .proc && $0.ran } }
      return (EdgeTable(proofs, in: traces), readsProc)
    }

    /// Tells whether two observers see the edge taken: from each state; where the table of the whole machine would have to
    /// be read, and /proc/net/tcp is left out, from all of them together.
    private func isSeenTwice(_ row: EdgeTable.Row, readsProc: Bool) -> Bool {
      let witnesses = row.results.map(\.witnesses)
      return readsProc
        ? row.witnesses.count >= 2
        : witnesses.allSatisfy { !$0.isEmpty } && Set(witnesses.joined()).count >= 2
    }

    /// The same, taking the edge again for a minute: of a change that a timer makes on an idle processor, the tracepoint
    /// often tells nobody, and another test may have a crowd of sockets meanwhile.
    private func comesToBeSeenTwice(_ number: Int, on bench: any Bench) throws -> Bool {
      let end = Clock.time(after: .seconds(60))
      while Clock.monotonic() < end {
        let (table, readsProc) = try table(of: number, on: bench)
        let row = table.rows.first { $0.edge.number == number }
        if row.map({ isSeenTwice($0, readsProc: readsProc) }) == true { return true }
      }
      return false
    }

    @Test(arguments: Ground.wires) func allButAFewAreTaken(ground: Ground) throws {
      let bench = try ground.bench()
      let (table, readsProc) = try table(on: bench)
      // SEND in LISTEN; states that are passed through; challenges that TIME_WAIT does not send.
      let others: Set = [5, 20, 21, 26, 30, 32]
      for row in table.rows where !others.contains(row.edge.number) {
        #expect(row.kind == .seen, "\(row.edge): \(row.results)")
        let isSeen =
          try isSeenTwice(row, readsProc: readsProc) || comesToBeSeenTwice(row.edge.number, on: bench)
        #expect(isSeen, "\(row.edge.number) is seen by \(row.results.map(\.witnesses))")
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
