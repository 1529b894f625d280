import Claims
import Documents
import Notations
import Kinds
import Reports
import Scenarios
import Testing
import Traces

/// A ladder without the places that another page gives it.
private func told(_ ladder: Ladder) -> [Both<[Cell.Element]>] {
  ladder.rungs.map { $0.cells.map(\.elements) }
}

@Suite(.tags(.pure)) struct MarkdownTests {
  @Test(arguments: ["close", "loss"])
  func aRecordIsReadBackAsTheLaddersThatWereSeen(name: String) throws {
    let sample = try #require(Samples.all.first { $0.name == name }).assessment
    let page = try Page(reading: sample.rendered(as: .markdown), name: "record.md")
    let seen = sample.run.traces.map { $0.ladder() }
    #expect(page.ladders.map(told) == seen.map(told))
    #expect(page.ladders.map(\.parties) == seen.map(\.parties))
    #expect(page.ladders.allSatisfy { $0.isExhaustive })
    #expect(page.unread.isEmpty)
  }

  @Test func aClaimsTableIsNoLadder() throws {
    let sample = Samples.close
    var claims = sample.claims
    // The worst that a verdict can hold: nothing but a segment, a call or a state, and a loss beside it.
    for (index, text) in ["FIN(SEQ:1)", "close()", "[CLOSED]", "timeout", "lost"].enumerated() {
      claims.append(
        ClaimResult(
          id: "\(index)|", page: "page.md", line: 1, restatement: text,
          verdict: Verdict(.contradicted, expected: text, seen: text, reason: text), parts: []))
    }
    let worst = Samples.assessment(sample.run.traces, claims: claims)
    let page = try Page(reading: worst.rendered(as: .markdown), name: "record.md")
    #expect(page.ladders.map(told) == sample.run.traces.map { told($0.ladder()) })
    #expect(page.facts.isEmpty && page.unread.isEmpty)
  }

  @Test func figuresAreFactsWithTheConditionThatTheyHoldUnder() throws {
    var sample = Samples.assessment(Samples.scenario.run.traces + Samples.close.run.traces)
    let conditions = sample.run.traces[0].variant.conditions
    for (set, told) in [
      (conditions, conditions.map(\.description).joined(separator: ", ")), ([], "by default"),
    ] {
      sample.run.traces[0].variant.conditions = set
      let facts = try Page(reading: sample.rendered(as: .markdown), name: "record.md").facts
      #expect(facts.map { $0.rows.map(\.what) } == [["segments of the handshake"]])
      #expect(facts.map { $0.rows.map(\.value) } == [["3"]])
      #expect(facts.map { $0.rows.map(\.setBy) } == [[told]])
    }
  }

  /// What the next run may have otherwise is written as what it may be.
  @Test func aFigureWithBoundsIsWrittenAsThem() throws {
    var writer = TraceWriter(
      Variant(subject: .scenario(id: Scenario.timeWait.name), bench: .wire, family: .ipv4))
    writer.add(
      .measurement(
        figure: Measurement(
          "length of TIME_WAIT", .measured("60.41 s", within: "60 s × [1, 1.127]"), source: "a test")))
    let record = Samples.assessment([writer.trace]).rendered(as: .markdown)
    let facts = try Page(reading: record, name: "record.md").facts
    #expect(facts.flatMap { $0.rows.map(\.value) } == ["60 s × [1, 1.127]"])
  }
}
