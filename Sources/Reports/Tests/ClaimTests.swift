package import Claims
import Documents

extension Assessment {
  /// Each page as a suite, each of its claims as a test.
  ///
  /// A test fails where `check` says with its exit status that something differs: a claim that only simplifies, or that
  /// is true under one condition only, is such a difference. What nobody could decide or observe is skipped, and so is
  /// what of a page was not read.
  package var testReport: TestReport {
    let machine = run.machine
    var properties = [
      TestReport.Property("kernel release", machine.release), .init("architecture", machine.architecture),
      .init("tcpprobe", run.version), .init("command", run.command), .init("verdicts", summary),
    ]
    if let hertz = machine.hertz { properties.append(.init("hz", "\(hertz)")) }
    var suites: [TestReport.Suite] = []
    for claim in claims {
      if suites.last?.name != claim.page { suites.append(.init(name: claim.page, cases: [])) }
      suites[suites.count - 1].cases.append(claim.testCase)
    }
    // What was not read is no test that passed.
    for page in pages where !page.unread.isEmpty {
      if !suites.contains(where: { $0.name == page.name }) {
        suites.append(.init(name: page.name, cases: []))
      }
      guard let suite = suites.firstIndex(where: { $0.name == page.name }) else { continue }
      for unread in page.unread {
        var name = "line \(unread.line): \(unread.text)"
        while suites[suite].cases.contains(where: { $0.name == name }) { name += " again" }
        let note = unread.note.map { ": \($0)" } ?? ""
        suites[suite].cases.append(
          .init(
            name: name, place: (page.name, unread.line), outcome: .skipped(reason: "could not read" + note)))
      }
    }
    return TestReport(name: "tcpprobe", properties: properties, suites: suites)
  }
}

extension ClaimResult {
  fileprivate var testCase: TestReport.Case {
    let title = restatement.map { "\(id): \($0.withoutPlace)" } ?? id
    // The name of a test is no sentence.
    return TestReport.Case(
      name: title.hasSuffix(".") ? String(title.dropLast()) : title, place: (page, line), outcome: outcome,
      notes: verdict.notes)
  }

  private var outcome: TestReport.Outcome {
    switch verdict.kind {
    case .confirmed: return .passed
    case .leftOut: return .skipped(reason: verdict.reason ?? verdict.kind.rawValue)
    case .undecided, .unobservable:
      let reason = verdict.reason.flatMap { $0.isEmpty ? nil : ": \($0)" } ?? ""
      return .skipped(reason: verdict.kind.rawValue + reason)
    case .contradicted, .conditional:
      return .failed(
        kind: verdict.mark.rawValue, message: "expected \(verdict.expected), kernel \(verdict.seen)",
        details: details)
    }
  }

  /// Both values one above the other, so that they say themselves where they differ; then where it stands.
  private var details: [String] {
    var lines = ["expected \(verdict.expected)", "kernel   \(verdict.seen)"]
    if verdict.mark != .contradicted { lines.append(verdict.mark.rawValue) }
    if let reason = verdict.reason, !reason.isEmpty { lines.append(reason) }
    var places = parts.filter { [.contradicted, .conditional].contains($0.verdict.kind) }.map(\.place)
    places = places.indices.filter { places.firstIndex(of: places[$0]) == $0 }.map { places[$0] }
    if places.isEmpty { return lines + ["at \(page):\(line)"] }
    return lines
      + places.map { "at \($0.page):\($0.line), table \($0.table), row \($0.row), column \($0.column)" }
  }
}
