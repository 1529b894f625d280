import Benches
import Claims
import Documents
import Grounds
import Testing
import Traces

extension ScenariosTests {
  /// A close that is run in another order than by default, because a person chose so.
  @Suite struct ChosenCloseTests {
    @Test(arguments: Ground.onePerBench)
    func whatAPersonChoseIsNoContradictionOfThePage(ground: Ground) throws {
      let page = """
        | client | server |
        | --- | --- |
        | FIN | |
        | | ACK [CLOSE_WAIT] |
        | | FIN |
        | ACK(SEQ:9) | |
        | ACK(SEQ:12) | |
        """
      let assessment = try Assessment(
        running: [Run.Source(name: "page.md", text: page)], on: try ground.bench(), passiveClose: .now)
      #expect(assessment.run.traces.map(\.variant.conditions) == [[.passiveClose(.now)], []])
      let kinds = assessment.claims.map(\.verdict.kind)
      // What is wrong in either order stays wrong.
      #expect(kinds == [.confirmed, .conditional, .conditional, .confirmed, .contradicted])
      let drawn = assessment.ladders[0].parts.filter { $0.verdict.kind == .contradicted }
      #expect(drawn.allSatisfy { $0.subject.rung == 4 })
    }
  }
}
