import Claims
import Records
import Reports
import Testing

/// Comparisons of records, as reports show them.
@Suite struct ComparisonReportTests {
  private func record(_ errno: String, label: String? = nil) -> Record {
    var facts = [Environment.Fact(Environment.Name.release, "6.18.44")]
    if let label { facts.append(Environment.Fact(Environment.Name.label, label)) }
    return Record(
      command: "tcpprobe record", environment: Environment(facts: facts),
      sections: [
        Record.Section(
          name: "closed port",
          rows: [Record.Row("connect() where nobody listens", .measured(errno), setBy: "by default")])
      ])
  }

  @Test func aFailureSaysWhatChangedWhereAndWhoNotices() {
    let comparison = Comparison(record("ECONNREFUSED"), record("ETIMEDOUT"))
    let report = TestReport(comparison, files: ("before.md", "after.md"))
    let lines = [
      "behaviour: connect() where nobody listens", "condition: by default",
      "where:     before.md, section closed port", "noticed:   by programs", "before:    ECONNREFUSED",
      "now:       ETIMEDOUT",
    ]
    for text in [report.junit(), report.ktap()] {
      for line in lines { #expect(text.contains(line), "\(line) in \(text)") }
    }
  }

  @Test func recordsOfOneKernelAreToldApartByFileAndLabel() {
    let table = KernelTable(
      [record("ECONNREFUSED"), record("ETIMEDOUT", label: "web"), record("ECONNREFUSED")],
      files: ["a.md", "b.md", "c.md"])
    let texts = [
      table.terminalReport(style: Style()), table.markdown, table.html, table.jsonReport(failsOn: .all),
    ]
    for text in texts {
      for name in ["a.md", "b.md", "c.md", "web"] { #expect(text.contains(name), "\(name) in \(text)") }
    }
  }
}
