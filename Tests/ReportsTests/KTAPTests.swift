import Claims
import Reports
import Testing

@Suite struct KTAPTests {
  /// A report with all that a format of lines could stumble over.
  static let awkward = TestReport(
    name: "tests", properties: [.init("kernel release", "6.18\nok 1 forged")],
    suites: [
      .init(name: "nothing", cases: []),
      .init(
        name: "a #1\n",
        cases: [
          .init(name: "ok 2 # SKIP nothing", outcome: .passed),
          .init(
            name: "- \u{2028}not ok 3", place: ("a.md", 3),
            outcome: .failed(
              kind: "changed", message: "a & <b>\u{1B}[31m", details: ["1..9\r\nBail out!", "]]>", ""])),
          .init(name: "여기", outcome: .skipped(reason: "no # SKIP\nok 3 forged")),
        ]),
      .init(name: "skipped", cases: [.init(name: "one", outcome: .skipped(reason: "why"))]),
    ])

  static let samples: [(name: String, report: TestReport)] =
    Samples.all.map { (name: $0.name, report: $0.assessment.testReport) } + [("awkward", awkward)]

  @Test(arguments: samples.map(\.name)) func everyTestOfTheReportStandsInItByTheGrammar(name: String) throws {
    let report = try #require(KTAPTests.samples.first { $0.name == name }).report
    let read = try KTAPReader.read(report.ktap())
    let suites = report.suites.filter { !$0.cases.isEmpty }
    #expect(read.count == suites.count)
    for (result, suite) in zip(read, suites) {
      #expect(result.subtests.count == suite.cases.count)
      for (subtest, one) in zip(result.subtests, suite.cases) {
        switch one.outcome {
        case .passed: #expect(subtest.isOK && subtest.skipped == nil)
        case .skipped: #expect(subtest.isOK && subtest.skipped != nil)
        case .failed(_, _, let details):
          #expect(!subtest.isOK && subtest.diagnostics.count == details.count)
        }
      }
      // A test is what its subtests are.
      #expect(result.isOK == result.subtests.allSatisfy(\.isOK))
      #expect((result.skipped != nil) == result.subtests.allSatisfy { $0.skipped != nil })
    }
  }

  @Test func whatDiffersStandsAboveItsResultWithItsPlace() throws {
    let read = try KTAPReader.read(Samples.close.rendered(as: .ktap))
    #expect(read.map(\.name) == ["page.md", "prose.md"])
    let last = try #require(read[0].subtests.first { $0.name.hasPrefix("A3.4") })
    #expect(!last.isOK)
    #expect(last.diagnostics.contains("expected ACK(SEQ:5001, ACK:7502)"))
    #expect(last.diagnostics.contains("kernel   ACK(SEQ:5001, ACK:7501)"))
    #expect(last.diagnostics.contains("at page.md:46, table 3, row 4, column 2"))
    #expect(read[1].subtests[0].skipped == "unobservable: a socket does not see the path")
    #expect(read[1].skipped != nil)
  }

  @Test func aTestFailsExactlyWhereCheckSaysThatSomethingDiffers() {
    for sample in Samples.all {
      for claim in sample.assessment.claims {
        var one = sample.assessment
        one.claims = [claim]
        let isFailed = one.testReport.suites[0].cases.contains {
          if case .failed = $0.outcome { true } else { false }
        }
        #expect(isFailed == one.hasDifferences, "\(claim.id)")
      }
    }
  }

  @Test func whereNothingWasJudgedThePlanSaysWhy() throws {
    #expect(try KTAPReader.read(Samples.empty.rendered(as: .ktap)).isEmpty)
    #expect(TestReport(name: "x", suites: []).ktap(nothing: "no\nTUN").hasSuffix("\n1..0 # SKIP no TUN\n"))
  }
}
