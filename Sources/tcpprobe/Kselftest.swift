import ArgumentParser
import Claims
import Reports

/// The exit statuses of the kernel's own tests (tools/testing/selftests/kselftest.h).
enum KselftestStatus {
  case pass, fail, skip

  /// Derives the status. Undecided claims neither pass nor fail: they count only where there is nothing else.
  init(_ assessment: Assessment) {
    self.init(
      hasDifferences: assessment.hasDifferences,
      isDecided: assessment.claims.contains { !$0.verdict.mark.isOpen })
  }

  /// Derives the status.
  ///
  /// - Parameter isDecided: true if one verdict at least is not undecided.
  init(hasDifferences: Bool, isDecided: Bool) {
    self = hasDifferences ? .fail : isDecided ? .pass : .skip
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
  /// The report if the bench could not run.
  static let nothing = TestReport(name: "tcpprobe", suites: [])
}
