import Claims
import Kinds
import Reports
import Testing

@Suite(.tags(.pure)) struct KTAPTests {
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
    let cases = report.suites.flatMap(\.cases)
    #expect(read.count == cases.count)
    for (place, (result, one)) in zip(read, cases).enumerated() {
      switch one.outcome {
      case .passed: #expect(result.isOK && result.skipped == nil)
      case .skipped: #expect(result.isOK && result.skipped != nil)
      case .failed(_, _, let details):
        // What is said of the whole report stands above its first test.
        let above = place == 0 ? report.properties.count : 0
        #expect(!result.isOK && result.diagnostics.count == details.count + one.notes.count + above)
      }
    }
    // Nobody takes two tests for one.
    #expect(Set(read.map(\.name)).count == read.count)
  }

  @Test func whatDiffersStandsAboveItsResultWithItsPlace() throws {
    let read = try KTAPReader.read(Samples.close.rendered(as: .ktap))
    #expect(read.allSatisfy { $0.name.hasPrefix("page.md: ") || $0.name.hasPrefix("prose.md: ") })
    let last = try #require(read.first { $0.name.hasPrefix("page.md: A3.4") })
    #expect(!last.isOK)
    #expect(last.diagnostics.contains("expected ACK(SEQ:5001, ACK:7502)"))
    #expect(last.diagnostics.contains("kernel   ACK(SEQ:5001, ACK:7501)"))
    #expect(last.diagnostics.contains("at page.md:46, table 3, row 4, column 2"))
    let unseen = try #require(read.first { $0.name.hasPrefix("prose.md: ") })
    #expect(unseen.skipped == "unobservable: a socket does not see the path")
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
