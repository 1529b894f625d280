import Documents
import Kinds
import Records
import Scenarios
import Testing
import Traces

/// The traces of a record: written, read and compared.
@Suite(.tags(.pure)) struct TraceTests {
  private static let opening = [
    "server listen(): 0", "client connect(): pending", "client > SYN 0 win 1",
    "server > SYN+ACK 0 ack 1 win 1",
    "server accept(): 0", "  server: options 7",
  ]

  private static func record(
    _ line: String = "client > FIN+ACK 1 ack 1 win 1", errno: String = "ECONNREFUSED", ack: Int = 5001,
    environment: Environment = Sample.environment
  ) throws -> Record {
    var record = try Sample.record(errno: errno, ack: ack, environment: environment)
    let repeated = (0..<40).flatMap { _ in ["client > ACK 1 ack 1 win 1", "server > RST 1 win 0"] }
    record.sections[0].traces = [.init(setBy: "by default", NormalTrace(lines: opening + [line]))]
    record.sections[1].traces = [
      .init(
        setBy: "by default",
        NormalTrace(lines: opening + [line] + repeated, counters: ["counters of client: Tcp.OutRsts 1"])),
      .init(setBy: "tcp_sack: 0", NormalTrace(lines: ["client close(): 0"])),
    ]
    return record
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    let record = try Self.record()
    let text = record.markdown
    #expect(text.contains("opening 1\n") && text.contains("… 40 times these 2 lines\n"))
    let again = try Record(reading: text, name: "sample")
    #expect(again.sections.map(\.traces) == record.sections.map(\.traces))
    #expect(again.markdown == text)
    #expect(again.count == (try Sample.record()).count)
  }

  @Test(arguments: ["\nopening 1\n", "#### tcp_sack: 0\n"])
  func aDamagedTraceIsToldWithItsLine(part: String) throws {
    let text = try Self.record().markdown
    let damaged = text.replacing(part, with: part.hasPrefix("\n") ? "\nopening 9\n" : "")
    guard part.hasPrefix("\n") else {
      // A trace that has lost its heading takes the one before it, and is another one then.
      #expect(try Record(reading: damaged, name: "sample") != Record(reading: text, name: "sample"))
      return
    }
    let line = try #require(
      damaged.split(separator: "\n", omittingEmptySubsequences: false).firstIndex(of: "opening 9"))
    let error = #expect(throws: PageError.self) { try Record(reading: damaged, name: "sample") }
    #expect(error?.line == line + 1)
  }

  @Test func aTraceWithoutItsEndIsTruncated() throws {
    let text = try Self.record().markdown
    let cut = text.split(separator: "client close(): 0").first.map(String.init) ?? ""
    #expect(throws: PageError.self) { try Record(reading: cut, name: "sample") }
  }

  @Test func theLineOfAFaultBehindTheTracesIsThatOfTheFile() throws {
    let text = try Self.record().markdown.replacing("end of record, 4", with: "end of record, 5")
    let error = #expect(throws: PageError.self) { try Record(reading: text, name: "sample") }
    #expect(error?.line == text.split(separator: "\n", omittingEmptySubsequences: false).count - 1)
  }

  @Test func anotherTraceIsToldBehindAllFigures() throws {
    let comparison = Comparison(
      try Self.record(), try Self.record("client > RST 1 win 0"), by: Scenarios.catalogue)
    #expect(comparison.changes.map(\.subject.section) == ["three-steps, table 5", "closed port"])
    #expect(comparison.changes.allSatisfy { $0.isOfTrace && $0.notice == .packets })
    #expect(comparison.changes[0].values == ("client > FIN+ACK 1 ack 1 win 1", "client > RST 1 win 0"))
    #expect(comparison.same == 4 && comparison.hasChanges)
  }

  @Test func whereAFigureTellsOfARunItsTraceIsNotTold() throws {
    let comparison = Comparison(
      try Self.record(), try Self.record("client > RST 1 win 0", errno: "ETIMEDOUT", ack: 5002),
      by: Scenarios.catalogue)
    #expect(!comparison.changes.contains(where: \.isOfTrace) && comparison.changes.count == 2)
  }

  @Test func underAnotherSettingTracesAreNotCompared() throws {
    var other = Sample.environment
    other.settings[0] = Environment.Setting("net.ipv4.tcp_sack", "0", standard: "1")
    let comparison = Comparison(
      try Self.record(), try Self.record("client > RST 1 win 0", environment: other), by: Scenarios.catalogue)
    #expect(comparison.changes.isEmpty)
    #expect(comparison.obstacleToTraces == "net.ipv4.tcp_sack differs")
    #expect(comparison.settingsInTheWay == ["net.ipv4.tcp_sack"])
  }

  @Test func eachSettingThatIsInTheWayIsTold() throws {
    var (before, after) = (Sample.environment, Sample.environment)
    func differ(in names: [String]) throws -> String? {
      before.settings = names.map { Environment.Setting("net.ipv4.\($0)", "1", standard: "1") }
      after.settings = names.map { Environment.Setting("net.ipv4.\($0)", "0", standard: "1") }
      return Comparison(
        try Self.record(environment: before), try Self.record(environment: after), by: Scenarios.catalogue
      ).obstacleToTraces
    }
    #expect(
      try differ(in: ["tcp_dsack", "tcp_sack"]) == "net.ipv4.tcp_dsack and net.ipv4.tcp_sack differ")
    #expect(
      try differ(in: ["tcp_dsack", "tcp_frto", "tcp_recovery", "tcp_sack"])
        == "net.ipv4.tcp_dsack, net.ipv4.tcp_frto and 2 more sysctls differ")
  }

  @Test func anAcceptedTraceIsAcceptedUntilItChangesAgain() throws {
    var comparison = Comparison(
      try Self.record(), try Self.record("client > RST 1 win 0"), by: Scenarios.catalogue)
    let accepted = Acceptance(entries: comparison.changes.map { $0.entry(reason: "expected") })
    comparison.accept(accepted)
    #expect(!comparison.hasChanges)
    var again = Comparison(try Self.record(), try Self.record("client > SYN 1"), by: Scenarios.catalogue)
    again.accept(accepted)
    #expect(again.openCount == 2)
  }

  @Test func aTraceThatIsAsBeforeInAnotherRunIsDropped() throws {
    let before = try Self.record()
    var comparison = Comparison(before, try Self.record("client > RST 1 win 0"), by: Scenarios.catalogue)
    let same = comparison
    // It differs again, if in another way.
    let other = try Self.record("client > SYN 1")
    comparison.dropTraces(alikeIn: Comparison(before, other, by: Scenarios.catalogue), other)
    #expect(comparison.changes == same.changes)
    // The one run left no trace, the other the one of before.
    var again = before
    again.sections[0].traces = []
    comparison.dropTraces(alikeIn: Comparison(before, again, by: Scenarios.catalogue), again)
    #expect(comparison.changes.map(\.subject.section) == ["three-steps, table 5"])
  }

  @Test func aMemorySizedSettingIsInTheWayWhereSomebodyHasSetIt() throws {
    func comparison(_ value: String, standard: String) throws -> Comparison {
      let environments = [("131072", "131072"), (value, standard)].map { value, standard in
        var environment = Sample.environment
        environment.settings.append(
          Environment.Setting("net.ipv4.tcp_max_tw_buckets", value, standard: standard))
        return environment
      }
      return Comparison(
        try Self.record(environment: environments[0]),
        try Self.record("client > RST 1 win 0", environment: environments[1]), by: Scenarios.catalogue)
    }
    #expect(try comparison("0", standard: "131072").obstacleToTraces == "net.ipv4.tcp_max_tw_buckets differs")
    #expect(try !comparison("0", standard: "131072").hasChanges)
    // A smaller machine.
    #expect(try comparison("16384", standard: "16384").obstacleToTraces == nil)
    #expect(try comparison("16384", standard: "16384").hasChanges)
  }

  @Test func anotherVersionMayTakeOtherSteps() throws {
    var other = Sample.environment
    other.facts.append(Environment.Fact(Environment.Name.version, "9.9.9"))
    let comparison = Comparison(
      try Self.record(), try Self.record("client > RST 1 win 0", environment: other), by: Scenarios.catalogue)
    #expect(comparison.changes.isEmpty && comparison.obstacleToTraces?.contains("version") == true)
  }

  @Test func itIsToldHowManyTracesAreCompared() throws {
    let before = try Self.record()
    var after = before
    after.sections[1].traces.removeLast()
    let some = Comparison(before, after, by: Scenarios.catalogue)
    #expect(some.traceCounts.recorded == 3 && some.traceCounts.compared == 2 && !some.hasChanges)
    var other = Sample.environment
    other.settings[0] = Environment.Setting("net.ipv4.tcp_sack", "0", standard: "1")
    let none = Comparison(before, try Self.record(environment: other), by: Scenarios.catalogue)
    #expect(none.traceCounts.recorded == 3 && none.traceCounts.compared == 0)
  }
}
