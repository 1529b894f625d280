import Benches
import Claims
import Documents
import Grounds
import Testing
import Traces

extension ScenariosTests {
  /// Segments of one write: a page that draws more or fewer of them than the kernel sends is right, its numbers are not
  /// for that.
  @Suite struct SegmentRunRuleTests {
    static let after = "FIN(SEQ:3615) | |\n| | ACK:3616 |\n| | FIN |\n| ACK | |"

    @Test(arguments: Ground.onePerBench)
    func theSegmentsOfOneWriteAreMatchedAsARun(ground: Ground) throws {
      let assessment = try judged(
        "| data(SEQ:1000, 2615bytes) | |\n| | ACK:3615 |\n| " + Self.after, on: ground)
      #expect(
        assessment.claims.map(\.verdict.kind).allSatisfy { $0 == .confirmed }, "\(differences(assessment))")
      #expect(
        assessment.claims[0].verdict.composition == ["these 2615 bytes left in 2 segments of 1460 and 1155"])
      #expect(assessment.ladders[0].runs[0].left.count == 2)
    }

    @Test(arguments: Ground.onePerBench)
    func aPageMayShowMoreSegmentsThanTheKernelSends(ground: Ground) throws {
      let assessment = try judged(
        "| send(2000) | |\n| data(SEQ:1000, 1000bytes) | |\n| data(SEQ:2000, 1000bytes) | |\n| | ACK:3000 |\n"
          + "| FIN(SEQ:3000) | |\n| | ACK |", on: ground)
      #expect(
        assessment.claims.map(\.verdict.kind).allSatisfy { $0 == .confirmed }, "\(differences(assessment))")
      #expect(
        assessment.claims.first?.verdict.composition == ["these 1000 bytes are part of a segment of 1460"])
    }

    @Test(arguments: Ground.onePerBench)
    func aNumberInARunStillCounts(ground: Ground) throws {
      let wrong = try judged(
        "| data(SEQ:1000, 2615bytes) | |\n| | ACK:3000 |\n| FIN(SEQ:3616) | |\n| | ACK:3616 |", on: ground)
      #expect(wrong.claims.map(\.verdict.kind) == [.confirmed, .contradicted, .contradicted, .confirmed])
      let split = try judged(
        "| send(2000) | |\n| data(SEQ:1000, 1000bytes) | |\n| data(SEQ:2001, 1000bytes) | |\n| | ACK:3000 |",
        on: ground)
      #expect(split.claims.map(\.verdict.kind) == [.confirmed, .contradicted, .confirmed])
    }

    @Test(arguments: Ground.onePerBench, ["65000bytes) | |\n| | ACK:3000", "100bytes) | |\n| | ACK:1050"])
    func aWrongAckContradictsItsOwnCellOnly(ground: Ground, rows: String) throws {
      let last = rows.hasPrefix("65000") ? 66000 : 1100
      let assessment = try judged("| data(SEQ:1000, \(rows) |\n| | ACK:\(last) |", on: ground)
      #expect(
        assessment.claims.map(\.verdict.kind) == [.confirmed, .contradicted, .confirmed],
        "\(differences(assessment))")
    }

    /// One packet of loopback holds what the page draws as several segments.
    @Test(arguments: Ground.onePerBench)
    func aSizeThatLoopbackCannotShowContradictsNoPage(ground: Ground) throws {
      let again = try judged(
        "| data(2615bytes) | lost |\n| timeout | |\n| data(1448bytes) | |\n| | ACK |", on: ground)
      let isWire = ground.kind == .wire
      #expect(
        again.claims.map(\.verdict.kind) == [.confirmed, isWire ? .confirmed : .undecided, .confirmed],
        "\(differences(again))")
      guard !isWire else { return }
      let acknowledged = try judged(
        "| SYN(SEQ:x) | |\n| | SYN+ACK |\n| ACK | |\n| data(SEQ:x+1, 2615bytes) | |\n| | ACK:x+1449 |",
        on: ground)
      #expect(acknowledged.claims.last?.verdict.kind == .undecided, "\(differences(acknowledged))")
    }

    @Test(arguments: Ground.onePerBench)
    func aWrongLengthOfWhatIsSentAgainIsContradicted(ground: Ground) throws {
      let assessment = try judged(
        "| data(100bytes) | lost |\n| timeout | |\n| data(50bytes) | |\n| | ACK |", on: ground)
      #expect(
        assessment.claims.map(\.verdict.kind) == [.confirmed, .contradicted, .confirmed],
        "\(differences(assessment))")
    }

    @Test(arguments: Ground.onePerBench)
    func aWrongLengthContradictsItsOwnCellOnly(ground: Ground) throws {
      let assessment = try judged(
        "| send(2000) | |\n| data(SEQ:1000, 1000bytes) | |\n| | ACK:3000 |\n| FIN(SEQ:3000) | |\n| | ACK |",
        on: ground)
      #expect(assessment.claims.map(\.verdict.kind) == [.contradicted, .confirmed, .confirmed, .confirmed])
      #expect(assessment.claims[0].verdict.seen == "data(SEQ:1000, 2000bytes)")
    }

    @Test(arguments: Ground.onePerBench)
    func whatIsSentAgainAsOneSegmentMayBeDrawnAsTwo(ground: Ground) throws {
      let two = "| data(SEQ:1000, 100bytes) | lost |\n| data(SEQ:1100, 100bytes) | lost |\n| timeout | |\n"
      let assessment = try judged(
        two + two + "| data(SEQ:1000, 100bytes) | |\n| data(SEQ:1100, 100bytes) | |\n| | ACK:1200 |",
        on: ground)
      #expect(assessment.isRight(on: ground), "\(differences(assessment))")
    }

    /// They fill the receiver's window more than once. On loopback a busy machine may disturb every run of so many
    /// segments.
    @Test(arguments: Ground.onePerBench)
    func aReceiverReadsWhatFillsItsWindow(ground: Ground) throws {
      let rows = "| data(SEQ:1000, 300000bytes) | |\n| | ACK:301000 |"
      let assessment = try judged(rows, on: ground)
      #expect(!assessment.claims.contains { $0.verdict.kind == .contradicted }, "\(differences(assessment))")
      guard assessment.run.traces[0].end != .stalled else { return }
      #expect(
        assessment.claims.map(\.verdict.kind) == [.confirmed, .confirmed], "\(differences(assessment))")
      #expect(assessment.ladders[0].additions.contains("recv() by server"))
    }

    @Test(arguments: Ground.onePerBench)
    func aReceiverReadsNoMoreThanThePageSays(ground: Ground) throws {
      let assessment = try judged(
        "| send(300000) | |\n| data(SEQ:1000, 300000bytes) | |\n| | recv(300000) |\n| | ACK:301000 |",
        on: ground)
      #expect(
        assessment.claims.map(\.verdict.kind) == [.undecided, .undecided], "\(differences(assessment))")
      #expect(assessment.claims.first?.verdict.reason?.contains("window of server is closed") ?? false)
    }

    /// The ACK of the last segment is delayed, and a loss probe may send that one again meanwhile.
    @Test(arguments: Ground.onePerBench)
    func manySegmentsOfOneWriteAreOneCell(ground: Ground) throws {
      let assessment = try judged(
        "| data(SEQ:1000, 65000bytes) | |\n| | ACK:66000 |\n| FIN(SEQ:66000) | |\n| | ACK:66001 |", on: ground
      )
      #expect(
        assessment.claims.map(\.verdict.kind).allSatisfy { $0 == .confirmed }, "\(differences(assessment))")
    }
  }
}
