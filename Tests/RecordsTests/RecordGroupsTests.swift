import Claims
import Documents
import Notations
import Kinds
import Records
import Scenarios
import Testing

/// Many records, those together that say the same.
@Suite(.tags(.pure)) struct RecordGroupsTests {
  private func bytes(
    host: String = "web", errno: String = "ECONNREFUSED", sack: String = "1", memory: String = "1 2 3"
  ) throws -> [UInt8] {
    var environment = Sample.environment
    environment.facts.append(Environment.Fact(Environment.Name.host, host))
    environment.settings[0].value = sack
    environment.settings[2].value = memory
    return Array(try Sample.record(errno: errno, environment: environment).markdown.utf8)
  }

  @Test func recordsThatSayTheSameMakeAGroupTheLargestFirst() throws {
    var groups = RecordGroups(by: Scenarios.catalogue)
    try groups.add(bytes(host: "odd", errno: "ETIMEDOUT"), file: "odd.md")
    for place in 0..<3 { try groups.add(bytes(host: "web-\(place)"), file: "\(place).md") }
    try groups.add(bytes(host: "no-sack", sack: "0"), file: "no-sack.md")
    groups.compare()
    #expect(groups.groups.map(\.count) == [3, 1, 1] && groups.count == 5)
    #expect(groups.groups[0].names.map(\.host) == ["web-0", "web-1", "web-2"])
    #expect(groups.groups[0].names.map(\.file) == ["0.md", "1.md", "2.md"])
    #expect(groups.groups[0].comparison == nil)
    #expect(groups.groups[1].comparison?.changes.map(\.subject.what) == ["connect() where nobody listens"])
    #expect(groups.groups[2].comparison?.settings.map(\.name) == ["net.ipv4.tcp_sack"])
    #expect(groups.hasFailures && groups.isDecided)
    #expect(Set(groups.groups.map(\.id)).count == 3)
  }

  /// The same text gives the same hash in every run and on every machine.
  @Test func aGroupIsNamedByWhatItsRecordsSay() throws {
    var (one, other) = (RecordGroups(by: Scenarios.catalogue), RecordGroups(by: Scenarios.catalogue))
    try one.add(bytes(host: "a", memory: "7 8 9"), file: "a.md")
    try other.add(bytes(host: "another, with a longer name"), file: "b.md")
    #expect(one.groups[0].id == other.groups[0].id && one.groups[0].id.count == 16)
    try other.add(bytes(errno: "ETIMEDOUT"), file: "c.md")
    #expect(other.groups[1].id != one.groups[0].id)
  }

  /// Of a record that was written by hand, or by an older program, counts what it says.
  @Test func aRecordInAnotherFormIsInTheGroupOfWhatItSays() throws {
    var groups = RecordGroups(by: Scenarios.catalogue)
    try groups.add(bytes(), file: "a.md")
    let text = String(decoding: try bytes(host: "b"), as: UTF8.self)
    try groups.add(Array(text.replacing("\n", with: "\r\n").utf8), file: "b.md")
    #expect(groups.groups.map(\.count) == [2] && groups.groups[0].names[1].host == "b")
  }

  @Test func aDamagedRecordIsToldAlsoBesideAWholeOne() throws {
    var groups = RecordGroups(by: Scenarios.catalogue)
    let whole = try bytes()
    try groups.add(whole, file: "whole.md")
    let text = String(decoding: whole, as: UTF8.self)
    let damaged = [
      text.replacing("<!-- end of record, 4 behaviours -->\n", with: ""),
      text.replacing("| HZ             | 250   |", with: "| HZ             | 250   | |||||"),
      text.replacing("schema 2", with: "schema 99"), text.replacing("| web", with: "| \u{1B}eb"),
    ]
    for damaged in damaged {
      try #require(damaged != text)
      let error = #expect(throws: PageError.self) { try groups.add(Array(damaged.utf8), file: "damaged.md") }
      #expect(error?.page == "damaged.md")
    }
  }

  /// Text that records share is read and compared once; that changes no report.
  @Test func recordsAreComparedAsTwoThatWereReadWhole() throws {
    let texts = try [
      bytes(), bytes(), bytes(errno: "ETIMEDOUT"), bytes(errno: "EPERM", sack: "0"),
      Array(try Sample.record(life: .notMeasured("nobody looked"), ack: 5_002).markdown.utf8),
    ]
    var groups = RecordGroups(by: Scenarios.catalogue)
    for (place, text) in texts.enumerated() { try groups.add(text, file: "\(place).md") }
    groups.compare()
    #expect(groups.groups.map(\.count) == [2, 1, 1, 1])
    func whole(_ place: Int) throws -> Record {
      try Record(reading: String(decoding: texts[place], as: UTF8.self), name: "")
    }
    for (place, group) in zip(2..., groups.groups.dropFirst()) {
      let (found, expected) = (
        try #require(group.comparison), Comparison(try whole(0), try whole(place), by: Scenarios.catalogue)
      )
      #expect(found.changes.map(\.subject) == expected.changes.map(\.subject) && !found.changes.isEmpty)
      #expect(found.changes.map(\.values.after) == expected.changes.map(\.values.after))
      #expect(found.settings == expected.settings && found.skips == expected.skips)
      #expect(Set(found.unchanged) == Set(expected.unchanged) && found.same == expected.same)
      #expect(found.additions == expected.additions)
    }
  }

  @Test func anAcceptedChangeFromTheLargestGroupDoesNotCount() throws {
    var groups = RecordGroups(by: Scenarios.catalogue)
    for _ in 0..<2 { try groups.add(bytes(), file: "a.md") }
    try groups.add(bytes(errno: "ETIMEDOUT"), file: "odd.md")
    try groups.add(bytes(errno: "EPERM", sack: "0"), file: "other.md")
    groups.compare()
    let change = try #require(groups.groups[1].comparison?.changes.first)
    groups.accept(Acceptance(entries: [change.entry(reason: "expected")]))
    #expect(groups.groups[1].comparison?.changes.map(\.accepted) == ["expected"])
    #expect(groups.groups[1].comparison?.hasChanges == false)
    #expect(groups.groups[2].comparison?.openCount == 2 && groups.hasFailures)
  }

  @Test func whatIsNotAmongFailOnIsShownAndDoesNotCount() throws {
    var groups = RecordGroups(by: Scenarios.catalogue, failsOn: [.packets])
    for _ in 0..<2 { try groups.add(bytes(), file: "a.md") }
    try groups.add(bytes(errno: "ETIMEDOUT", sack: "0"), file: "odd.md")
    groups.compare()
    #expect(groups.groups[1].comparison?.changes.count == 1 && !groups.hasFailures)
  }
}

/// The differences that the exit status tells of.
@Suite(.tags(.pure)) struct ChangeKindTests {
  private static let counts: [(kinds: Set<ChangeKind>, count: Int)] = [
    (.all, 4), ([.programs], 1), ([.operators], 1), ([.packets], 1), ([.settings], 1),
    ([.programs, .settings], 2),
    ([], 0),
  ]

  @Test(arguments: counts)
  func onlyTheseKindsFail(kinds: Set<ChangeKind>, count: Int) throws {
    var environment = Sample.environment
    environment.settings[0].value = "0"
    let before = try Sample.record()
    let after = try Sample.record(
      errno: "ETIMEDOUT", life: .measured("120 s"), ack: 5002, environment: environment)
    var comparison = Comparison(before, after, by: Scenarios.catalogue)
    #expect(comparison.changes.count == 3 && comparison.settings.count == 1)
    comparison.failsOn = kinds
    #expect(comparison.failureCount == count)
    // A table of many fails for the same; the defaults of settings are what stands in it.
    #expect(
      KernelTable([before, after], by: Scenarios.catalogue).hasFailures(on: kinds) == !kinds.subtracting([
        .settings
      ]).isEmpty)
    comparison.accept(
      Acceptance(
        entries: comparison.changes.map { $0.entry(reason: "so") }
          + comparison.settings.map { $0.entry(reason: "so") }))
    #expect(comparison.failureCount == 0)
  }
}
