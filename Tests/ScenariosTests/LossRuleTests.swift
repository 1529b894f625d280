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
      #expect(assessment.isRight(on: ground), "\(differences(assessment))")
      guard !assessment.claims.contains(where: { $0.verdict.kind == .undecided }) else { return }
      let trace = assessment.run.traces[0]
      let losses = trace.segments(of: .left).count { trace.isLost(segmentAt: $0.place) }
      #expect(losses == rows.split(separator: "\n").count { $0.contains("lost") })
    }

    /// Several segments of one write, and single ones, of which a loss probe or an ACK of what follows brings some
    /// again before any timeout.
    static let pagesOfRuns = [
      """
      | SYN             |         |
      |                 | SYN+ACK |
      | ACK             |         |
      | data(2615bytes) | lost    |
      """,
      """
      | data(2615bytes) | lost |
      | timeout         |      |
      | data(2615bytes) |      |
      |                 | ACK  |
      """,
      """
      | data(2615bytes) | lost |
      | timeout         |      |
      | data(2615bytes) | lost |
      | timeout         |      |
      | data(2615bytes) |      |
      |                 | ACK  |
      """,
      """
      | data(SEQ:1000, 1448bytes) | lost     |
      | data(SEQ:2448, 1167bytes) | lost     |
      | timeout                   |          |
      | data(SEQ:1000, 1448bytes) |          |
      | data(SEQ:2448, 1167bytes) |          |
      |                           | ACK:3615 |
      """,
      """
      | data(1000bytes) | lost |
      | data(1000bytes) |      |
      |                 | ACK  |
      """,
    ]

    @Test(arguments: Ground.onePerBench, pagesOfRuns)
    func whatIsSentAgainInAnyOrderContradictsNoPage(ground: Ground, rows: String) throws {
      let assessment = try judged(rows, on: ground)
      #expect(assessment.isRight(on: ground), "\(differences(assessment))")
    }

    @Test(arguments: Ground.onePerBench)
    func aWrongNumberOfWhatIsSentAgainIsContradicted(ground: Ground) throws {
      let assessment = try judged(
        "| data(SEQ:1000, 2615bytes) | lost |\n| timeout | |\n| data(SEQ:1000, 2615bytes) | |\n"
          + "| | ACK:3614 |\n| FIN(SEQ:3616) | |", on: ground)
      #expect(
        assessment.claims.map(\.verdict.kind) == [.confirmed, .confirmed, .contradicted, .contradicted])
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

extension Assessment {
  /// Tells whether the page is confirmed; on loopback, where more may be lost than the page says, nothing of it
  /// contradicted.
  func isRight(on ground: Ground) -> Bool {
    claims.map(\.verdict.kind).allSatisfy {
      $0 == .confirmed || (ground.kind == .loopback && $0 == .undecided)
    }
  }
}
