import Claims
import Foundation
import Kinds
import Records
import Reports
import Scenarios
import Testing
import Traces

/// Comparisons of records, as reports show them.
@Suite(.tags(.pure)) struct ComparisonReportTests {
  private func record(_ errno: String, label: String? = nil) -> Record {
    var facts = [Environment.Fact(Environment.Name.release, "6.18.44")]
    if let label { facts.append(Environment.Fact(Environment.Name.label, label)) }
    return Record(
      command: "tcpprobe record", environment: Environment(facts: facts),
      sections: [
        Record.Section(
          name: "closed port",
          rows: [
            Record.Row(
              "connect() where nobody listens", .measured(Value(reading: errno)), setBy: "by default")
          ])
      ])
  }

  /// A record of both families: a figure that may change, and two that stay as they are.
  private func record(ofBoth errno: String, ipv6: String, settings: [Environment.Setting] = []) -> Record {
    func section(_ mark: String, _ errno: String) -> Record.Section {
      Record.Section(
        name: "closed port" + mark,
        rows: [
          Record.Row(
            "connect() where nobody listens", .measured(Value(reading: errno)), setBy: "by default"),
          Record.Row("hop limit", .measured("64"), setBy: "by default"),
          Record.Row("hop limit", .measured("64"), setBy: "tcp_sack: 0"),
        ])
    }
    return Record(
      command: "tcpprobe record",
      environment: Environment(
        facts: [
          Environment.Fact(Environment.Name.release, "6.18.44"),
          Environment.Fact(Environment.Name.family, "ipv4, ipv6"),
        ], settings: settings),
      sections: [section("", errno), section(", IPv6", ipv6)])
  }

  @Test(arguments: [
    ("EPERM", "EPERM", "2 behaviours changed, 4 the same (IPv4 and IPv6 counted separately)"),
    ("EPERM", "ECONNREFUSED", "1 behaviour changed, 5 the same (IPv4 and IPv6 counted separately)"),
    ("EPERM", "EACCES", "2 behaviours changed, 4 the same (IPv4 and IPv6 counted separately)"),
    (
      "ECONNREFUSED", "ECONNREFUSED",
      "no changes; all 6 behaviours are the same (IPv4 and IPv6 counted separately)"
    ),
  ])
  func theCountsOfBothFamiliesAddUpToTheRecord(errno: String, ipv6: String, summary: String) {
    let before = record(ofBoth: "ECONNREFUSED", ipv6: "ECONNREFUSED")
    #expect(before.count == 6)
    let comparison = Comparison(before, record(ofBoth: errno, ipv6: ipv6), by: Scenarios.catalogue)
    #expect(comparison.summary == summary)
  }

  @Test func anAcceptedSettingIsCountedOnce() {
    func record(_ value: String) -> Record {
      self.record(
        ofBoth: "EPERM", ipv6: "EPERM",
        settings: [Environment.Setting("net.ipv4.tcp_sack", value, standard: "1")])
    }
    var comparison = Comparison(record("1"), record("0"), by: Scenarios.catalogue)
    #expect(comparison.summary.hasPrefix("1 setting changed; all 6 behaviours are the same"))
    comparison.accept(Acceptance(entries: comparison.settings.map { $0.entry(reason: "wanted") }))
    #expect(comparison.summary.hasPrefix("no unaccepted changes, 1 setting accepted, 6 the same"))
  }

  @Test func aTableSaysWhichFamilyARowIsOf() {
    func lines(_ errno: String, _ ipv6: String) -> [Substring] {
      let records = [
        record(ofBoth: "ECONNREFUSED", ipv6: "ECONNREFUSED"), record(ofBoth: errno, ipv6: ipv6),
        record(ofBoth: "ECONNREFUSED", ipv6: "ECONNREFUSED"),
      ]
      let table = KernelTable(records, by: Scenarios.catalogue, files: ["a.md", "b.md", "c.md"])
      for text in [table.markdown, table.html] {
        #expect(text.contains("connect() where nobody listens"))
        #expect(text.contains("listens (by default), IPv6") == (errno != ipv6), "\(text)")
      }
      return table.terminalReport(style: Style(width: 200)).split(separator: "\n")
    }
    let name = "connect() where nobody listens (by default)"
    let same = lines("EPERM", "EPERM")
    #expect(same.filter { $0.hasPrefix(name) } == [name[...]])
    #expect(
      same.last
        == "3 records: 2 behaviours differ, 4 behaviours are the same (IPv4 and IPv6 counted separately)")
    let other = lines("EPERM", "EACCES")
    #expect(other.filter { $0.hasPrefix(name) } == ["\(name), IPv4", "\(name), IPv6"])
    let one = lines("ECONNREFUSED", "EPERM")
    #expect(one.filter { $0.hasPrefix(name) } == ["\(name), IPv6"])
  }

  @Test func aFailureSaysWhatChangedWhereAndWhoNotices() {
    let comparison = Comparison(record("ECONNREFUSED"), record("ETIMEDOUT"), by: Scenarios.catalogue)
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
      by: Scenarios.catalogue,
      files: ["a.md", "b.md", "c.md"])
    let texts = [
      table.terminalReport(style: Style()), table.markdown, table.html, table.jsonReport(failsOn: .all),
    ]
    for text in texts {
      for name in ["a.md", "b.md", "c.md", "web"] { #expect(text.contains(name), "\(name) in \(text)") }
    }
  }

  @Test func aGroupsRecordIsNamedOnceInItsComparison() throws {
    var groups = RecordGroups(by: Scenarios.catalogue)
    for (errno, file) in [("ECONNREFUSED", "before.md"), ("ETIMEDOUT", "after.md")] {
      try groups.add(Array(record(errno, label: "docs").markdown.utf8), file: file)
    }
    groups.compare()
    let lines = groups.terminalReport(style: Style()).split(separator: "\n")
    for file in ["before.md", "after.md"] {
      let name = try #require(lines.first { $0.contains("Linux") && $0.contains(file) })
      #expect(name.ranges(of: "docs").count == 1, "\(name)")
    }
  }

  @Test(arguments: [
    ("aaa", "3 records in 1 group; all have the same content"),
    ("aab", "3 records in 2 groups; 1 differs from the 2 in group 1"),
    ("aabc", "4 records in 3 groups; 2 differ from the 2 in group 1"),
    ("ab", "2 records in 2 groups of the same size; group 2 differs from group 1"),
    ("abc", "3 records in 3 groups of the same size; groups 2 and 3 differ from group 1"),
    ("abcd", "4 records in 4 groups of the same size; groups 2 to 4 differ from group 1"),
    (
      "aabbc",
      "5 records in 3 groups, of which the first 2 have the same size; groups 2 and 3 differ from group 1"
    ),
  ])
  func theSummaryOfGroupsSaysWhatDiffersFromTheFirst(contents: String, summary: String) throws {
    var groups = RecordGroups(by: Scenarios.catalogue)
    for content in contents {
      try groups.add(Array(record("\(content)").markdown.utf8), file: "\(content).md")
    }
    groups.compare()
    #expect(groups.terminalReport(style: Style(width: 200)).hasSuffix("\n" + summary + "\n"))
  }

  private struct Report: Decodable {
    struct Change: Decodable {
      struct Setting: Decodable { var name: String }
      var settings: [Setting]
      var attributedBy: String?
    }
    var changes: [Change]
  }

  private func change(_ comparison: Comparison) throws -> Report.Change? {
    let json = comparison.jsonReport(files: ("before.md", "after.md"))
    return try JSONDecoder().decode(Report.self, from: Data(json.utf8)).changes.first
  }

  /// Found by an experiment, by what the figure's scenario declares, or not at all.
  @Test func theJSONSaysHowAnAttributionWasFound() throws {
    func options(_ value: String, timestamps: String) -> Record {
      Record(
        command: "tcpprobe record",
        environment: Environment(
          facts: [Environment.Fact(Environment.Name.release, "6.18.44")],
          settings: [Environment.Setting("net.ipv4.tcp_timestamps", timestamps, standard: "1")]),
        sections: [
          Record.Section(
            name: "a section",
            rows: [Record.Row("options of a SYN", .measured(Value(reading: value)), setBy: "by default")])
        ])
    }
    let unknown = try #require(
      try change(Comparison(record("ECONNREFUSED"), record("ETIMEDOUT"), by: Scenarios.catalogue)))
    #expect(unknown.attributedBy == nil && unknown.settings.isEmpty)
    var comparison = Comparison(
      options("MSS, timestamps", timestamps: "1"), options("MSS", timestamps: "0"), by: Scenarios.catalogue)
    let declared = try #require(try change(comparison))
    #expect(declared.attributedBy == "declaration")
    #expect(declared.settings.map(\.name) == ["net.ipv4.tcp_timestamps"])
    comparison.changes[0].attribute(to: comparison.changes[0].settings)
    let tried = try #require(try change(comparison))
    #expect(tried.attributedBy == "experiment")
    #expect(tried.settings.map(\.name) == ["net.ipv4.tcp_timestamps"])
    // Turned back, it changed nothing: that was found by an experiment, too.
    comparison.changes[0].attribute(to: [])
    let code = try #require(try change(comparison))
    #expect(code.attributedBy == "experiment" && code.settings.isEmpty)
  }
}
