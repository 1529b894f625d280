extension TestReport {
  /// The report in the XML that JUnit's task for Ant began with, and CI systems read.
  package func junit() -> String {
    let counts = TestCounts(suites.lazy.flatMap(\.cases))
    let root = Markup.element(
      "testsuites",
      [
        "name": name, "tests": "\(counts.all)", "failures": "\(counts.failed)", "errors": "0",
        "skipped": "\(counts.skipped)",
      ], [.lines(suites.map { $0.markup(properties: properties) })])
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + Markup.lines([root]).text
  }
}

extension TestReport.Suite {
  fileprivate func markup(properties: [TestReport.Property]) -> Markup {
    let counts = TestCounts(cases)
    let table = Markup.element(
      "properties",
      [.lines(properties.map { Markup.empty("property", ["name": $0.name, "value": $0.value]) })]
    )
    return .element(
      "testsuite",
      [
        "name": name, "tests": "\(counts.all)", "failures": "\(counts.failed)", "errors": "0",
        "skipped": "\(counts.skipped)",
      ], [.lines([table] + cases.map { $0.markup(suite: name) })])
  }
}

extension TestReport.Case {
  fileprivate func markup(suite: String) -> Markup {
    let attributes: Markup.Attributes = [
      "classname": suite, "name": testLine(name), "file": place?.file, "line": place.map { "\($0.line)" },
    ]
    let notes =
      notes.isEmpty ? [] : [Markup.element("system-out", notes.map(testLine).joined(separator: "\n"))]
    switch outcome {
    case .passed where notes.isEmpty: return .empty("testcase", attributes)
    case .passed: return .element("testcase", attributes, notes)
    case .skipped(let reason):
      return .element("testcase", attributes, [.empty("skipped", ["message": testLine(reason)])] + notes)
    case .failed(let kind, let message, let details):
      let failure = Markup.element(
        "failure", ["message": testLine(message), "type": kind], details.joined(separator: "\n"))
      return .element("testcase", attributes, [failure] + notes)
    }
  }
}
