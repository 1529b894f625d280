import Benches
import Claims
import Documents
import Grounds
import Testing
import Traces

extension ScenariosTests {
  /// Two segments in one row: an answer, or two that cross each other.
  @Suite struct CrossingRuleTests {
    @Test(arguments: Ground.onePerBench)
    func anAnswerInTheSameRowIsAnAnswer(ground: Ground) throws {
      let pages = [
        "| SYN | SYN+ACK |\n| ACK | |",
        "| data(SEQ:1000, 100bytes) | ACK:1100 |",
        "| FIN(SEQ:6) [FIN_WAIT_1] | ACK(ACK:7) [CLOSE_WAIT] |\n| ACK(ACK:10) | FIN(SEQ:9) [LAST_ACK] |",
        "| data(SEQ:10, 100bytes) | data(SEQ:40, ACK:110, 50bytes) |",
      ]
      for rows in pages {
        let assessment = try judged(rows, on: ground)
        #expect(
          assessment.claims.map(\.verdict.kind).allSatisfy { $0 == .confirmed },
          "\(rows): \(differences(assessment))")
        // Nothing had to be sent again.
        let trace = assessment.run.traces[0]
        for party in Party.allCases {
          let sent = trace.segments(of: party).filter { $0.segment.sequenceLength > 0 }
          #expect(Set(sent.map(\.segment.sequence)).count == sent.count, "\(rows)")
        }
      }
    }

    /// Its number is wrong, and it still answers the SYN.
    @Test(arguments: Ground.onePerBench)
    func aSynAckInTheRowOfItsSynNeverCrosses(ground: Ground) throws {
      let assessment = try judged("| SYN(SEQ:7000) | SYN+ACK(ACK:7002) |", on: ground)
      #expect(
        assessment.claims.map(\.verdict.kind) == [.confirmed, .contradicted], "\(differences(assessment))")
      #expect(assessment.claims.last?.verdict.reason == "the ACK number differs")
    }

    @Test(arguments: Ground.wires.prefix(1), ["SYN | SYN", "FIN(SEQ:5) | FIN(SEQ:9)", "data | data"])
    func twoOfAKindCross(ground: Ground, row: String) throws {
      let trace = try judged("| \(row) |", on: ground).run.traces[0]
      let start = try #require(trace.firstRung)
      let first = try Party.allCases.map { party in
        try #require(trace.segments(of: party).first { $0.place >= start }).place
      }
      let arrivals = first.compactMap { trace.arrival(ofSegmentAt: $0) }
      #expect(try #require(arrivals.min()) > #require(first.max()))
    }
  }
}
