import Claims
import Foundation
import Kinds
import Reports
import Testing

/// What those make of a report who did not write it.
@Suite(.tags(.pure)) struct TestReportWitnessTests {
  static let samples = KTAPTests.samples.map(\.name)

  private func report(_ name: String) throws -> (report: TestReport, passed: Int, failed: Int, skipped: Int) {
    let report = try #require(KTAPTests.samples.first { $0.name == name }).report
    let outcomes = report.suites.flatMap(\.cases).map(\.outcome)
    func count(_ isOne: (TestReport.Outcome) -> Bool) -> Int { outcomes.count(where: isOne) }
    return (
      report, count { $0 == .passed }, count { if case .failed = $0 { true } else { false } },
      count { if case .skipped = $0 { true } else { false } }
    )
  }

  @Test(.enabled(if: Witness.kunit != nil, "no kunit.py"), arguments: samples.filter { $0 != "empty" })
  func theKernelsOwnParserCountsTheSame(name: String) throws {
    let (report, passed, failed, skipped) = try report(name)
    guard passed + failed + skipped > 0 else { return }
    let parsed = try Witness.run(["python3", try #require(Witness.kunit), "parse"], input: report.ktap())
    // Where everything was skipped it holds that nothing has passed.
    #expect((parsed.status == 0) == (failed == 0 && passed > 0), "\(parsed.output)")
    #expect(!parsed.output.contains("[ERROR]"), "\(parsed.output)")
    var summary = ["passed: \(passed)", "failed: \(failed)", "skipped: \(skipped)"]
    summary.removeAll { $0.hasSuffix(" 0") }
    let line = try #require(parsed.output.split(separator: "\n").first { $0.contains("Testing complete.") })
    #expect(line.hasSuffix("Ran \(passed + failed + skipped) tests: " + summary.joined(separator: ", ")))
  }

  /// tappy counts what there is; a fault of form would be a test more that failed.
  @Test(.enabled(if: Witness.python != nil, "no tap.py"), arguments: samples)
  func aReaderOfTAPCountsTheSame(name: String) throws {
    let (report, passed, failed, skipped) = try report(name)
    let script = """
      import sys
      from tap.loader import Loader
      lines = [test._line for test in Loader().load_suite_from_stdin()]
      skipped = [line for line in lines if line.skip]
      print(len([line for line in lines if line.ok and not line.skip]), len([line for line in lines if not line.ok]),
        len(skipped))
      """
    let ended = try Witness.run([try #require(Witness.python), "-c", script], input: report.ktap())
    // It takes a plan without tests for one test that was skipped.
    let isEmpty = passed + failed + skipped == 0
    // Above it may stand what tap.py says of itself.
    #expect(ended.output.split(separator: "\n").last == "\(passed) \(failed) \(isEmpty ? 1 : skipped)")
  }

  @Test(.enabled(if: Witness.python != nil, "no junitparser"), arguments: samples)
  func aReaderOfJUnitFindsTheSame(name: String) throws {
    let (report, passed, failed, skipped) = try report(name)
    let script = """
      import sys
      from junitparser import JUnitXml, Failure, Skipped
      report = JUnitXml.fromstring(sys.stdin.buffer.read())
      before = (report.tests, report.failures, report.skipped, report.errors)
      cases = [case for suite in report for case in suite]
      assert len(cases) == report.tests
      failed = [case for case in cases if any(isinstance(one, Failure) for one in case.result)]
      skipped = [case for case in cases if any(isinstance(one, Skipped) for one in case.result)]
      report.update_statistics()
      assert before == (report.tests, report.failures, report.skipped, report.errors), before
      assert all(case.result[0].message and case.result[0].type and case.result[0].text for case in failed)
      assert all(case.result[0].message for case in skipped)
      assert all("kernel release" in [one.name for one in suite.properties()] for suite in report)
      print(len([case for case in cases if case.is_passed]), len(failed), len(skipped))
      """
    let ended = try Witness.run([try #require(Witness.python), "-c", script], input: report.junit())
    #expect(ended.output == "\(passed) \(failed) \(skipped)\n")
  }
}
