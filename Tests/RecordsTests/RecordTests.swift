import Documents
import Notations
import FoundationEssentials
import Kinds
import Records
import Scenarios
import Testing
import Traces

/// Records by hand.
enum Sample {
  static let environment = Environment(
    facts: [
      Environment.Fact(Environment.Name.release, "6.1.0"), Environment.Fact(Environment.Name.hertz, "250"),
    ],
    settings: [
      Environment.Setting("net.ipv4.tcp_sack", "1", standard: "1"),
      Environment.Setting("net.ipv4.tcp_timestamps", "0", standard: "1"),
      Environment.Setting("net.ipv4.tcp_mem", "1 2 3", standard: nil),
    ])

  static func ladder(ack: Int) throws -> Ladder {
    let page = try Page(
      reading: """
        <!-- exhaustive -->
        | client | server |
        | --- | --- |
        | FIN+ACK(SEQ:5000,ACK:7500) [FIN_WAIT_1] | [CLOSE_WAIT] |
        | [FIN_WAIT_2] | ACK(SEQ:7500,ACK:\(ack)) [CLOSE_WAIT] |
        """, name: "sample")
    return try #require(page.ladders.first)
  }

  static func record(
    errno: String = "ECONNREFUSED", life: Record.Content = .measured("60 s × [1, 1.127]"), ack: Int = 5001,
    environment: Environment = environment
  ) throws -> Record {
    Record(
      command: "tcpprobe record", environment: environment,
      sections: [
        Record.Section(name: "three-steps, table 5", ladder: try ladder(ack: ack)),
        Record.Section(
          name: "closed port",
          rows: [
            Record.Row("answer of a closed port", .measured("RST | ACK"), setBy: "by default"),
            Record.Row(
              "connect() where nobody listens", .measured(Value(reading: errno)), setBy: "by default"),
          ]),
        Record.Section(
          name: "TIME_WAIT", rows: [Record.Row("length of TIME_WAIT", life, setBy: "by default")]),
      ])
  }
}

/// A record as a page.
@Suite(.tags(.pure)) struct RecordTests {
  @Test(arguments: [Record.Content.measured("60 s × [1, 1.127]"), .notMeasured("no wire")])
  func whatIsWrittenIsReadAgain(life: Record.Content) throws {
    let record = try Sample.record(life: life)
    let again = try Record(reading: record.markdown, name: "sample")
    #expect(again.markdown == record.markdown)
    #expect(
      again.environment == record.environment && again.sections.map(\.rows) == record.sections.map(\.rows))
    #expect(again.count == 4 && again.command == "tcpprobe record")
    #expect(Record.isOne(record.markdown))
    #expect(!Comparison(record, again, by: Scenarios.catalogue).hasChanges)
  }

  @Test func theEnvironmentStandsAboveTheBehaviour() throws {
    var record = try Sample.record()
    let before = record.markdown
    record.environment.facts.append(Environment.Fact(Environment.Name.disturbances, "7"))
    record.environment.facts.append(Environment.Fact(Environment.Name.host, "web-1"))
    record.environment.facts.append(Environment.Fact(Environment.Name.label, "before | after"))
    #expect(try Record(reading: record.markdown, name: "x").environment == record.environment)
    func behaviour(_ text: String) throws -> Substring {
      text[try #require(text.firstRange(of: "## Behaviour")).lowerBound...]
    }
    #expect(before != record.markdown)
    #expect(try behaviour(before) == behaviour(record.markdown))
  }

  @Test(arguments: [
    ("plays begun anew", Environment.Name.disturbances), ("why not on the wire", Environment.Name.noWire),
  ])
  func aFactIsReadUnderItsFormerName(former: String, name: String) throws {
    var record = try Sample.record()
    record.environment.facts.append(Environment.Fact(name, "7"))
    let text = record.markdown.replacing(name, with: former)
    #expect(text.contains(former))
    #expect(try Record(reading: text, name: "old").environment == record.environment)
  }

  @Test(arguments: [
    // A row is gone, one too many, a cut file.
    (
      "| connect() where nobody listens | ECONNREFUSED | by default |\n", "", nil as Int?,
      "3 behaviours found"
    ),
    ("<!-- end of record, 4", "<!-- end of record, 5", nil, "5 expected"),
    ("<!-- end of record, 4 behaviours -->", "", nil, "truncated"),
    // From the future.
    ("schema 2", "schema 99", 3, "use a newer tcpprobe"),
    // Damaged.
    ("ECONNREFUSED", "ECONN | REFUSED |", 37, "cells"),
    ("| what | value | set by |", "| what | worth | set by |", 9, "is not part of a table"),
    ("ACK(SEQ:7500,ACK:5001)", "ACK(SEQ:75x0,ACK:5001)", 30, "SEQ:75x0"),
  ])
  func damageIsToldWithItsPlace(old: String, new: String, line: Int?, message: String) throws {
    let text = folded(try Sample.record().markdown)
    let damaged = text.replacing(old, with: new, maxReplacements: 1)
    try #require(text != damaged, "\(old) is not in it")
    let error = #expect(throws: PageError.self) { try Record(reading: damaged, name: "damaged.md") }
    #expect(error?.page == "damaged.md")
    #expect(error?.message.contains(message) == true, "\(error.map(String.init(describing:)) ?? "")")
    if let line { #expect(error?.line == line, "\(damaged)") }
  }

  @Test func aPageWithoutTheMarkIsNoRecord() throws {
    let text = try Sample.record().markdown.replacing("<!-- tcpprobe record, schema 2 -->\n", with: "")
    #expect(!Record.isOne(text))
    #expect(throws: PageError.self) { try Record(reading: text, name: "page.md") }
  }

  @Test func aRecordOfTheFirstSchemaIsRead() throws {
    let text = """
      # Linux 6.1.0 (x86_64), as tcpprobe 0.1.0 saw it

      Made by `tcpprobe check`.

      ## 3. Closing the connection

      three-steps:73, table 5, two hosts on a wire, IPv4.

      <!-- exhaustive -->
      | client | server |
      | --- | --- |
      | FIN+ACK(SEQ:5000,ACK:7500) [FIN_WAIT_1] | [CLOSE_WAIT] |
      | [FIN_WAIT_2] | ACK(SEQ:7500,ACK:5001) [CLOSE_WAIT] |

      ## Scenario closed port

      two hosts on a wire, IPv4.

      | what | value | set by |
      | --- | --- | --- |
      | connect() where nobody listens | ECONNRESET | by default |
      """
    let first = try Record(reading: text, name: "first.md")
    #expect(first.schema == 1 && first.environment.kernel == "6.1.0" && first.count == 2)
    let comparison = Comparison(first, try Sample.record(), by: Scenarios.catalogue)
    #expect(comparison.changes.map(\.subject.what) == ["connect() where nobody listens"])
    #expect(comparison.same == 1 && comparison.settings.isEmpty)
  }

  /// Columns are padded; what a test replaces is not.
  private func folded(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.split(separator: " ").joined(separator: " ")
    }.joined(separator: "\n")
  }
}

/// Records that the repository holds.
@Suite(.tags(.pure)) struct HeldRecordTests {
  /// The record of a kernel of this version.
  static func record(_ version: String) throws -> Record {
    try Record(reading: try text("kernels/linux-\(version).md"), name: version)
  }

  private static func text(_ name: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: "Reports/" + name), encoding: .utf8)
  }

  @Test func onesOfTheFirstSchemaAreStillRead() throws {
    let record = try Record(reading: try Self.text("linux-6.18.md"), name: "linux-6.18.md")
    #expect(record.schema == 1 && record.count > 40)
    #expect(record.sections.contains { $0.name == "three-steps, table 5" && $0.ladder != nil })
    #expect(record.sections.contains { $0.name == "closed port" && !$0.rows.isEmpty })
  }

  @Test func thoseOfOtherKernelsAreWholeAndDiffer() throws {
    let names = ["5.10.262", "6.1.192", "6.12.118", "6.16.12", "6.18.15", "7.2.13", "7.3.4"]
    let records = try names.map(Self.record)
    let table = KernelTable(records, by: Scenarios.catalogue)
    #expect(table.kernels == names)
    #expect(records.allSatisfy { $0.count > 1000 })
    let schedule = try #require(table.rows.first { $0.subject.what == "SYN schedule" })
    #expect(schedule.values[1] == "1 s, 2 s, 4 s" && schedule.values[2] == "1 s, 1 s, 1 s, 1 s, 1 s, 2 s")
    #expect(table.rows.first { $0.subject.what == "length of struct tcp_info" }?.values.first == "232 bytes")
  }
}
