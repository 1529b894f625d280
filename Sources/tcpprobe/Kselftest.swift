import ArgumentParser
import Claims
import Reports

/// How the kernel's own tests tell a program that runs them how they ended (tools/testing/selftests/kselftest.h).
enum KselftestStatus {
  case pass, fail, skip

  /// What could not be decided neither passes nor fails: it only counts where there is nothing else.
  init(_ assessment: Assessment) {
    let isDecided = assessment.claims.contains { !$0.verdict.mark.isOpen }
    self = assessment.hasDifferences ? .fail : isDecided ? .pass : .skip
  }

  var code: ExitCode {
    switch self {
    case .pass: .success
    case .fail: ExitCode(1)
    // KSFT_SKIP.
    case .skip: ExitCode(4)
    }
  }
}

extension TestReport {
  /// What there is where the bench could not run.
  static let nothing = TestReport(name: "tcpprobe", suites: [])
}
