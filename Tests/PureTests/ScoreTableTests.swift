import ChangedKernels
import Kinds
import Testing

/// Results of changed kernels, and the page of them.
@Suite(.tags(.pure)) struct ScoreTableTests {
  private func result(_ id: String, _ outcome: ChangeResult.Outcome) -> ChangeResult {
    ChangeResult(id: id, file: "net/f.c", function: "f", line: 7, what: "| instead of &", outcome: outcome)
  }

  private static let verdicts = """
    # Changes

    | change | verdict | reason |
    | --- | --- | --- |
    | s1-4-a | equivalent | the value is not read |
    | s1-5-b | missed | a socket with a full buffer |
    """

  @Test func aResultIsReadBack() throws {
    var result = result("s1-1-c", .found)
    result.first = .init(section: "a", behaviour: "b", noticedBy: "programs", before: "1", after: "2")
    result.lines = ["\u{1B}"]
    #expect(ChangeResult(reading: result.json) == result)
    #expect(ChangeResult(reading: Array(result.json.dropLast(3))) == nil)
  }

  @Test func theScoreIsOfWhatSomebodyCouldSee() throws {
    let table = ScoreTable([], verdicts: try HandVerdicts(reading: Self.verdicts))
    let score = table.score(of: [
      result("s1-1-x", .found), result("s1-2-x", .panic), result("s1-3-x", .hang), result("s1-4-a", .same),
      result("s1-5-b", .same), result("s1-6-x", .noRecord), result("s1-7-x", .notCompiled),
      result("s1-8-x", .sameCode), result("s1-9-x", .notInThisKernel), result("s1-10-x", .failed),
    ])
    #expect(score.run == 7 && score.equivalent == 1 && score.missed == 1 && score.undecided == 1)
    #expect(score.found == 1 && score.cutShort == 3 && score.percent == 80)
    #expect(table.score(of: []).percent == nil)
  }

  @Test func thePageHasTheReasonsAndWhatWasNotRun() throws {
    let table = ScoreTable(
      [
        (
          "random changes",
          [result("s1-4-a", .same), result("s1-7-x", .notCompiled), result("fix", .notInThisKernel)]
        )
      ],
      verdicts: try HandVerdicts(reading: Self.verdicts), preface: ["Made of Linux 9.9."])
    let page = table.markdown
    #expect(page.contains("Made of Linux 9.9."))
    #expect(page.contains("| s1-4-a | f.c:7 f() | \\| instead of & | equivalent: the value is not read |"))
    #expect(page.contains("Not run: 1 could not be compiled; not in this kernel: fix."))
  }

  @Test(arguments: ["| a | fine | b |", "| a | equivalent |", "| a | missed | |"])
  func aVerdictThatCannotBeReadIsToldByItsLine(row: String) {
    let fault = #expect(throws: VerdictFault.self) { try HandVerdicts(reading: "text\n\(row)") }
    #expect(fault?.line == 2)
  }
}
