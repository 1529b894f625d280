import Benches
import Documents
import Grounds
import TCP
import Testing
import Traces

extension BenchesTests {
  /// Segments that cross each other: on a wire they leave before either arrives.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct CrossingTests {
    @Test(arguments: Ground.wires) func crossedFINsTakeBothEndsThroughCLOSINGToTIMEWAIT(ground: Ground) throws
    {
      let trace = try Runner(on: try ground.bench()).run(
        table: """
          | client                  | server                  |
          | ----------------------- | ----------------------- |
          | FIN(SEQ:5000) [CLOSING] | FIN(SEQ:7500) [CLOSING] |
          | ACK [TIME_WAIT]         | ACK [TIME_WAIT]         |
          """)
      for party in Party.allCases {
        let states = Self.passed(party, trace)
        #expect(states == [.established, .finWait1, .closing, .timeWait], "\(party): \(states)")
      }
      let fins = Party.allCases.compactMap { trace.segments(of: $0).first?.place }
      #expect(fins.compactMap { trace.arrival(ofSegmentAt: $0) }.min() ?? 0 > fins.max() ?? 0)
      #expect(trace.segments(of: .left).last?.segment.acknowledged == SequenceNumber(7501))
      #expect(trace.segments(of: .right).last?.segment.acknowledged == SequenceNumber(5001))
    }

    @Test(arguments: Ground.wires) func crossedSYNsMakeOneConnection(ground: Ground) throws {
      let trace = try Runner(on: try ground.bench()).run(
        table: """
          | one                      | other                    |
          | ------------------------ | ------------------------ |
          | SYN(SEQ:100)             | SYN(SEQ:300)             |
          | SYN+ACK(SEQ:100,ACK:301) | SYN+ACK(SEQ:300,ACK:101) |
          | [ESTABLISHED]            | [ESTABLISHED]            |
          """)
      for party in Party.allCases {
        let states = Self.passed(party, trace)
        #expect(states == [.closed, .synSent, .synReceived, .established], "\(party): \(states)")
      }
      #expect(trace.segments(of: .left).first?.segment.sequence == SequenceNumber(100))
      #expect(trace.segments(of: .right).first?.segment.sequence == SequenceNumber(300))
    }

    @Test(.enabled(if: !Ground.loopbacks.isEmpty, "no loopback can be set up here"))
    func onLoopbackTheyCannotBeRunAndTheTraceSaysSo() throws {
      let ground = try #require(Ground.loopbacks.first)
      let trace = try Runner(on: try ground.bench()).run(
        table: """
          | client        | server        |
          | ------------- | ------------- |
          | FIN(SEQ:5000) | FIN(SEQ:7500) |
          """)
      guard case .cannotRun(let reason) = trace.end else {
        Issue.record("\(trace.end)")
        return
      }
      #expect(reason.description.contains("--on wire"))
    }

    /// The states that the exact look-up found the party in, one after the other.
    static func passed(_ party: Party, _ trace: Trace) -> [State] {
      var states: [State] = []
      for event in trace.events where event.party == party && event.observer == .sockDiag {
        guard case .sighting(let record) = event.what else { continue }
        let state = record?.state ?? .closed
        if states.last != state { states.append(state) }
      }
      return states
    }
  }
}
