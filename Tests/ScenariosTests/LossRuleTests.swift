import Benches
import Claims
import Documents
import Grounds
import Testing
import Traces

extension ScenariosTests {
  /// Losses as a page tells them: each `lost` is lost, and what is lost comes again.
  @Suite struct LossRuleTests {
    static let pages = [
      """
      | SYN       | lost    |
      | timeout   |         |
      | SYN       | lost    |
      | timeout   |         |
      | SYN       |         |
      |           | SYN+ACK |
      | ACK       |         |
      """,
      """
      | data(SEQ:1000, 100bytes) | lost     |
      | timeout                  |          |
      | data(SEQ:1000, 100bytes) | lost     |
      | timeout                  |          |
      | data(SEQ:1000, 100bytes) |          |
      |                          | ACK:1100 |
      | data(SEQ:1100, 100bytes) | lost     |
      | timeout                  |          |
      | data(SEQ:1100, 100bytes) | lost     |
      | timeout                  |          |
      | data(SEQ:1100, 100bytes) |          |
      |                          | ACK:1200 |
      """,
      """
      | FIN     | lost |
      | timeout |      |
      | FIN     | lost |
      | timeout |      |
      | FIN     | lost |
      | timeout |      |
      | FIN     |      |
      |         | ACK  |
      """,
    ]

    @Test(arguments: Ground.onePerBench, pages)
    func aSegmentThatIsLostAgainIsLost(ground: Ground, rows: String) throws {
      let assessment = try judged(rows, on: ground)
      #expect(
        assessment.claims.map(\.verdict.kind).allSatisfy { $0 == .confirmed }, "\(differences(assessment))")
      let trace = assessment.run.traces[0]
      let losses = trace.segments(of: .left).count { trace.isLost(segmentAt: $0.place) }
      #expect(losses == rows.split(separator: "\n").count { $0.contains("lost") })
    }

    @Test(arguments: Ground.wires.prefix(1), [1, 2])
    func aLostSynAckBringsTheSynAgain(ground: Ground, losses: Int) throws {
      let round = """
        | SYN     |         |
        | lost    | SYN+ACK |
        | timeout |         |

        """
      let assessment = try judged(
        String(repeating: round, count: losses) + "| SYN | |\n| | SYN+ACK |\n| ACK | |", on: ground)
      #expect(
        assessment.claims.map(\.verdict.kind).allSatisfy { $0 == .confirmed }, "\(differences(assessment))")
    }

    @Test(arguments: Ground.wires.prefix(1))
    func aFinWhoseAckIsLostComesAgainWithoutARowThatSaysTimeout(ground: Ground) throws {
      let assessment = try judged(
        "| FIN | |\n| | ACK |\n| | FIN |\n| ACK | lost |\n| | FIN |\n| ACK | |", on: ground)
      #expect(assessment.claims.count == 6)
      #expect(
        assessment.claims.map(\.verdict.kind).allSatisfy { $0 == .confirmed }, "\(differences(assessment))")
    }
  }
}
