extension TestReport {
  /// The report as tests of the kernel write theirs: KTAP (Documentation/dev-tools/ktap.rst), in the form of kselftest,
  /// which is TAP, version 13. Each test is a result of the top level, which every reader of TAP counts; its name begins
  /// with that of its suite. What is to be said of a test stands above its result.
  ///
  /// - Parameter nothing: why there is no test, where there is none.
  package func ktap(nothing: String = "no claims were judged") -> String {
    let cases = suites.flatMap { suite in suite.cases.map { (suite: suite.name, one: $0) } }
    let plan = cases.isEmpty ? "1..0 # SKIP \(testLine(nothing))" : "1..\(cases.count)"
    // Readers expect the plan right below the version.
    var lines = ["TAP version 13", plan] + properties.map { "# \($0.name): \(testLine($0.value))" }
    for (index, test) in cases.enumerated() { lines += test.one.lines(number: index + 1, suite: test.suite) }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension TestReport.Case {
  fileprivate func lines(number: Int, suite: String) -> [String] {
    let name = name == suite ? described(name) : "\(described(suite)): \(described(name))"
    let notes = notes.map { "# " + testLine($0) }
    switch outcome {
    case .passed: return notes + ["ok \(number) \(name)"]
    case .failed(_, _, let details):
      return details.map { "# " + testLine($0) } + notes + ["not ok \(number) \(name)"]
    case .skipped(let reason): return notes + ["ok \(number) \(name) # SKIP \(testLine(reason))"]
    }
  }
}

/// A description may be anything but a number sign, which begins a directive: one of another width says the same.
private func described(_ name: String) -> String { testLine(name).replacing("#", with: "\u{FF03}") }
