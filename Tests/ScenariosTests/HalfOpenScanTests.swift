import Benches
import Claims
import Documents
import Grounds
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// A SYN+ACK that nothing but RST answers, as a port scanner's kernel does it.
  @Suite struct HalfOpenScanTests {
    static let rows = """
      | SYN(SEQ:1000)       | LISTEN                                |
      |                     | SYN+ACK(SEQ:2000,ACK:1001) [SYN_RECV] |
      | RST(SEQ:1001,ACK:-) | [SYN_RECV]                            |
      | CLOSED              | CLOSED                                |
      """

    @Test(arguments: Ground.wires)
    func noAckGoesBeforeTheRST(ground: Ground) throws {
      let assessment = try judged(Self.rows, on: ground)
      #expect(
        assessment.claims.map(\.verdict.kind).allSatisfy { $0 == .confirmed }, "\(differences(assessment))")
      let trace = assessment.run.traces[0]
      #expect(trace.segments(of: .left).map(\.segment.flags) == [.syn, .rst])
    }

    @Test(arguments: Ground.wires.prefix(1))
    func aServerIsNotEstablishedByIt(ground: Ground) throws {
      let assessment = try judged("| SYN | |\n| | SYN+ACK |\n| RST | [ESTABLISHED] |", on: ground)
      #expect(assessment.claims.last?.verdict.kind == .contradicted)
    }

    @Test(arguments: Ground.loopbacks.prefix(1))
    func whereNothingHoldsTheSynAckTheRSTIsUndecided(ground: Ground) throws {
      let assessment = try judged("| SYN | |\n| | SYN+ACK |\n| RST | |", on: ground)
      #expect(assessment.claims.map(\.verdict.kind) == [.confirmed, .confirmed, .undecided])
      #expect(assessment.claims.last?.verdict.reason?.contains("--on wire") ?? false)
    }

    @Test(arguments: Ground.onePerBench)
    func aPageThatNamesAbortMeansAConnectionThatWasOpened(ground: Ground) throws {
      let assessment = try judged("| SYN | |\n| | SYN+ACK |\n| abort() RST | CLOSED |", on: ground)
      #expect(
        assessment.claims.map(\.verdict.kind).allSatisfy { $0 == .confirmed }, "\(differences(assessment))")
      #expect(assessment.run.traces[0].segments(of: .left).count == 3)
    }
  }
}
