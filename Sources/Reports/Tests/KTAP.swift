extension TestReport {
  /// The report as the kernel's own tests write theirs: KTAP, version 1 (Documentation/dev-tools/ktap.rst).
  ///
  /// A suite is a test with subtests. What is to be said of a test stands above its result, as there.
  ///
  /// - Parameter nothing: why there is no test, where there is none.
  package func ktap(nothing: String = "no claims were judged") -> String {
    let filled = suites.filter { !$0.cases.isEmpty }
    let plan = filled.isEmpty ? "1..0 # SKIP \(testLine(nothing))" : "1..\(filled.count)"
    // Readers expect the plan right below the version.
    var lines = ["KTAP version 1", plan] + properties.map { "# \($0.name): \(testLine($0.value))" }
    for (index, suite) in filled.enumerated() {
      lines += suite.lines.map { "  " + $0 }
      lines.append(suite.result(number: index + 1))
    }
    return joined(lines)
  }

  private func joined(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
}

extension TestReport.Suite {
  fileprivate var lines: [String] {
    ["KTAP version 1", "# Subtest: \(described(name))", "1..\(cases.count)"]
      + cases.enumerated().flatMap { $1.lines(number: $0 + 1) }
  }

  fileprivate func result(number: Int) -> String {
    let counts = TestCounts(cases)
    let skip = counts.isSkipped ? " # SKIP all of it" : ""
    return "\(counts.failed > 0 ? "not ok" : "ok") \(number) \(described(name))\(skip)"
  }
}

extension TestReport.Case {
  fileprivate func lines(number: Int) -> [String] {
    let name = described(name)
    let notes = notes.map { "# " + testLine($0) }
    switch outcome {
    case .passed: return notes + ["ok \(number) \(name)"]
    case .failed(_, _, let details):
      return details.map { "# " + testLine($0) } + notes + ["not ok \(number) \(name)"]
    case .skipped(let reason): return notes + ["ok \(number) \(name) # SKIP \(testLine(reason))"]
    }
  }
}

/// A description may be anything but a number sign, which begins a directive: one of another width says the same. That of
/// a suite stands in two places, and readers compare them.
private func described(_ name: String) -> String { testLine(name).replacing("#", with: "\u{FF03}") }
