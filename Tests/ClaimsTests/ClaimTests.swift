import Claims
import Documents
import Kinds
import TCP
import Testing
import Traces

/// From the verdicts on cells to those on claims.
@Suite(.tags(.pure)) struct ClaimTests {
  static let usual = Sketch([
    .rung, .left([.fin, .ack], seq: 1, ack: 1, is: .finWait1, then: .closeWait), .rung,
    .right(.ack, seq: 1, ack: 2, is: .closeWait, then: .finWait2),
  ])

  @Test func aPageWithoutIdsHasThoseOfItsCells() throws {
    let text =
      "# T\n\n" + page("1 | FIN | \n2 | | ACK", columns: "# | client | server")
      + "\n" + page("FIN |\n| ACK [CLOSE_WAIT]")
    let assessment = try assess(text, Self.usual.trace(), Self.usual.trace(table: 2))
    #expect(assessment.claims.map(\.id) == ["1.1.2", "1.2.3", "2.1.1", "2.2.2"])
    #expect(assessment.claims.map(\.line) == [5, 6, 10, 11])
    // The segment and the state of a cell are one claim.
    #expect(assessment.claims[3].parts.count == 2)
  }

  @Test func aPagesOwnIdsStandForItsCells() throws {
    let columns = "client | server | claim"
    let text =
      "- A1.1: it says goodbye\n  (row 1).\n\n"
      + page("FIN | | A1.1\n | ACK(ACK:3) | A1.2, A1.1", columns: columns)
    let assessment = try assess(text, Self.usual.with { $0.placed = Both(left: 1, right: 1) })
    #expect(assessment.claims.map(\.id) == ["A1.1", "A1.2"])
    #expect(assessment.claims[0].restatement == "it says goodbye (row 1).")
    // A claim is as good as its worst part.
    #expect(assessment.claims.map(\.verdict.kind) == [.contradicted, .contradicted])
    #expect(assessment.claims[0].parts.map(\.verdict.kind) == [.confirmed, .contradicted])
  }

  @Test func aClaimIsAsGoodAsItsWorstPart() throws {
    let columns = "client | server | claim"
    func kind(_ rows: String, _ sketch: Sketch = Self.usual) throws -> Verdict.Kind {
      let claims = try assess(page(rows, columns: columns), sketch).claims
      #expect(claims.map(\.id) == ["A"])
      return try #require(claims.first).verdict.kind
    }
    #expect(try kind("FIN | | A\n | ACK | A") == .confirmed)
    #expect(try kind("FIN [CLOSING] | | A\n | ACK | A") == .contradicted)
    let sampled = Self.usual.with { $0.bench = .loopback }
    #expect(try kind("FIN [CLOSING] | | A\n | ACK | A", sampled) == .undecided)
    #expect(try kind("FIN [CLOSING] | | A\n | RST | A", sampled) == .contradicted)
  }

  @Test func aClaimSimplifiesOnlyWhereNothingElseIsWrong() throws {
    let columns = "client | server | claim"
    let simple = try assess(page("FIN(ACK:-) | | A\n | ACK | A", columns: columns), Self.usual).claims[0]
    #expect(simple.verdict.kind == .contradicted && simple.verdict.isSimplified)
    let wrong = try assess(page("FIN(ACK:-) | | A\n | RST | A", columns: columns), Self.usual).claims[0]
    #expect(wrong.verdict.kind == .contradicted && !wrong.verdict.isSimplified)
  }

  @Test func whatHoldsUnderOneConditionOnlyIsConditional() throws {
    let text = page("FIN |\n| ACK")
    let merged = Self.usual.with {
      $0.conditions = [.passiveClose(.now)]
      $0[segment: 1].segment.flags = [.fin, .ack]
    }
    let assessment = try assess(text, Self.usual, merged)
    #expect(assessment.claims.map(\.verdict.kind) == [.confirmed, .conditional])
    #expect(assessment.hasDifferences && assessment.isDecided)
    let verdict = assessment.claims[1].verdict
    #expect(verdict.seen == "ACK (by default), FIN+ACK (second close(): before the ACK)")
    #expect(verdict.evidence.map(\.trace) == [0, 1])
    // The same under both is no condition.
    let same = merged.with { $0[segment: 1].segment.flags = .ack }
    #expect(try assess(text, Self.usual, same).claims.map(\.verdict.kind) == [.confirmed, .confirmed])
    let never = Self.usual.with { $0[segment: 1].segment.flags = [.fin, .ack] }
    #expect(try assess(text, never, merged).claims.map(\.verdict.kind) == [.confirmed, .contradicted])
  }

  @Test func whatWasNotDecidedUnderOneConditionIsUndecided() throws {
    let stalled = Self.usual.with {
      $0.conditions = [.passiveClose(.now)]
      $0.end = .stalled
    }
    let assessment = try assess(page("FIN |\n| ACK"), Self.usual, stalled)
    #expect(assessment.claims.map(\.verdict.kind) == [.undecided, .undecided])
  }
}
