import Kinds
import Records
import Scenarios
import Testing
import Traces

/// A record of an earlier version, whose figures, values and conditions had other words.
@Suite(.tags(.pure)) struct FormerWordsTests {
  private static func former() throws -> Record { try Record(reading: FormerRecord.text, name: "former.md") }

  /// The same record as this version writes it: some rows of it by hand.
  private static let present: [(figure: String, value: String, setBy: String)] = [
    ("state remaining at the end that closed first", "TIME_WAIT", "second close(): after the ACK"),
    ("segments of a close", "3", "second close(): before the ACK"),
    ("data sent in CLOSE_WAIT", "is answered with RST", "first FIN by: close()"),
    ("an RST with the expected sequence number in TIME_WAIT", "TIME_WAIT restarts", "tcp_rfc1337: 1"),
    ("initial sequence number of a SYN", "random", "four-tuples: many"),
    ("answer to the SYN of a restarted host", "ACK", "by default"),
    ("connect() from the same port to a server in TIME_WAIT", "connects", "first to close: accepted"),
    (
      "state remaining of an orphan without an answer", "nothing",
      "tcp_early_retrans: 0, tcp_orphan_retries: 2"
    ),
    ("bytes that SIOCINQ counts", "100", "socket: ESTABLISHED with data"),
    ("close() with a byte unread and data that waits to be sent", "RST+ACK, CLOSED", "by default"),
    ("data with a header of 16 bytes", "is dropped, nothing, InErrs", "by default"),
    ("data over a bad path", "100 of 406 bytes, or others", "the path: loses a segment"),
    (
      "a receiver that does not read",
      "the sender stops, probes, and goes on but only 7 of 9 bytes arrive or others", "by default"
    ),
    ("TCP_SAVED_SYN", "other bytes", "by default"),
    ("answer to an ACK far below the initial sequence number", "RST, SYN_RECV", "state: SYN_RECV"),
  ]

  @Test func aFormerRecordHasPresentWords() throws {
    let record = try Self.former().inPresentWords(of: Scenarios.catalogue)
    let rows = record.sections.flatMap(\.rows)
    for (figure, value, setBy) in Self.present {
      let row = try #require(rows.first { $0.what == figure && $0.setBy == setBy }, "\(figure)")
      #expect(row.value == .measured(Value(reading: value)))
    }
    // Each row is one that this version would write.
    for section in record.sections {
      let scenario = try #require(Scenarios.catalogue[ScenarioName(rawValue: section.name)])
      #expect(scenario.name.rawValue == section.name)
      for row in section.rows {
        #expect(scenario.figures.contains { $0.name == row.what }, "\(row.what)")
        #expect(scenario.conditions.contains { $0.setBy == row.setBy }, "\(row.setBy)")
      }
    }
  }

  @Test func nothingDiffersFromARecordInPresentWords() throws {
    let former = try Self.former()
    let present = former.inPresentWords(of: Scenarios.catalogue)
    try #require(former != present)
    for (before, after) in [(former, present), (present, former)] {
      let comparison = Comparison(before, after, by: Scenarios.catalogue)
      #expect(comparison.changes.isEmpty && comparison.skips.isEmpty && comparison.additions.isEmpty)
      #expect(comparison.same == former.count)
    }
    #expect(KernelTable([former, present], by: Scenarios.catalogue).rows.isEmpty)
    var groups = RecordGroups(by: Scenarios.catalogue)
    for record in [former, present] { try groups.add(Array(record.markdown.utf8), file: "record.md") }
    groups.compare()
    #expect(groups.groups.map(\.count) == [2])
  }

  @Test func aChangeThatWasAcceptedInFormerWordsIsAccepted() throws {
    let former = try Self.former()
    var later = former.inPresentWords(of: Scenarios.catalogue)
    let section = try #require(later.sections.firstIndex { $0.name == "assassination of TIME_WAIT" })
    let row = try #require(
      later.sections[section].rows.firstIndex { $0.value == .measured("TIME_WAIT restarts") })
    later.sections[section].rows[row].value = .measured("TIME_WAIT is over")
    var comparison = Comparison(former, later, by: Scenarios.catalogue)
    try #require(comparison.changes.count == 1 && comparison.hasChanges)
    let accepted = """
      | section | what | set by | before | after | reason |
      | --- | --- | --- | --- | --- | --- |
      | assassination of TIME_WAIT | an RST with the right number in TIME_WAIT | tcp_rfc1337: 1 |\
       TIME_WAIT begins anew | TIME_WAIT is over | a test |
      """
    comparison.accept(try Acceptance(reading: accepted, name: "former.accepted.md"))
    #expect(!comparison.hasChanges)
  }

  @Test func aFormerNameOfAScenarioIsFoundInRecordsOfBothFamilies() throws {
    var record = try Self.former()
    let section = try #require(record.sections.first { $0.name == "octets in queues" })
    record.sections = [section, section]
    record.sections[1].name += ", IPv6"
    let present = record.inPresentWords(of: Scenarios.catalogue)
    #expect(present.sections.map(\.name) == ["bytes in queues", "bytes in queues, IPv6"])
  }

  @Test func noNameOfAScenarioIsOrWasThatOfAnother() {
    let names = Scenarios.catalogue.scenarios.flatMap { [$0.name] + $0.formerly }
    #expect(Set(names).count == names.count)
  }

  @Test func noNameOfAFigureIsOrWasThatOfAnother() {
    let names = Scenarios.catalogue.scenarios.flatMap(\.figures).flatMap(\.names).map { $0.lowercased() }
    let twice = Dictionary(grouping: names, by: { $0 }).filter { $0.value.count > 1 }
    #expect(twice.isEmpty, "\(twice.keys)")
  }
}
