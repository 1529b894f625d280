import Claims
import Documents
import Notations
import Kinds
import Records
import Scenarios
import Testing
import Traces

/// What two records say differently.
@Suite(.tags(.pure)) struct ComparisonTests {
  @Test func theSameRecordHasNoChanges() throws {
    let record = try Sample.record()
    let comparison = Comparison(record, record, by: Scenarios.catalogue)
    #expect(!comparison.hasChanges && comparison.same == 4)
  }

  @Test func whatProgramsNoticeComesFirst() throws {
    let comparison = Comparison(
      try Sample.record(), try Sample.record(errno: "ETIMEDOUT", life: .measured("120 s"), ack: 5002),
      by: Scenarios.catalogue)
    #expect(comparison.changes.map(\.notice) == [.programs, .operators, .packets])
    #expect(
      comparison.changes.map(\.subject.section) == ["closed port", "TIME_WAIT", "three-steps, table 5"])
    #expect(comparison.changes[0].difference == .figure(before: "ECONNREFUSED", after: "ETIMEDOUT"))
    #expect(comparison.hasChanges && comparison.same == 1)
  }

  @Test func aLadderSaysWhichRungDiffersFirst() throws {
    let comparison = Comparison(try Sample.record(), try Sample.record(ack: 5002), by: Scenarios.catalogue)
    guard case .ladder(_, _, let rung) = comparison.changes.first?.difference else {
      Issue.record("no ladder differs")
      return
    }
    #expect(rung == 1)
    #expect(comparison.changes.first?.values.after.contains("ACK:5002") == true)
  }

  @Test func whatCouldNotBeToldIsSkippedWithItsReason() throws {
    let known = try Sample.record()
    let unknown = try Sample.record(life: .notMeasured("not waited for"))
    let lost = Comparison(known, unknown, by: Scenarios.catalogue)
    #expect(lost.skips.map(\.reason) == ["not waited for"] && !lost.hasChanges)
    // That is not the same as nothing having changed; what the kernel lacks is told as such.
    #expect(!lost.isDecided && Comparison(known, known, by: Scenarios.catalogue).isDecided)
    let lacking = try Sample.record(life: .notMeasured("this kernel has no net.ipv4.tcp_x"))
    let gone = Comparison(known, lacking, by: Scenarios.catalogue)
    #expect(gone.isDecided && gone.changes.count == 1)
    #expect(gone.changes.first?.values.after == "– (not on this kernel: there is no net.ipv4.tcp_x)")
    // Nothing is lost if neither kernel has it, or only the later one.
    #expect(!Comparison(lacking, lacking, by: Scenarios.catalogue).hasChanges)
    #expect(!Comparison(lacking, known, by: Scenarios.catalogue).hasChanges)
    // The other way round nothing is lost.
    let gained = Comparison(unknown, known, by: Scenarios.catalogue)
    #expect(gained.skips.isEmpty && !gained.hasChanges)
    #expect(gained.additions.map(\.what) == ["length of TIME_WAIT"])
  }

  @Test func whatAnOptionLeftOutIsSaidToBeLeftOutByIt() throws {
    let whole = try Sample.record()
    func part(_ name: String, _ value: String, without section: String) -> Record {
      var record = whole
      record.environment.facts.append(Environment.Fact(name, value))
      record.sections.removeAll { $0.name == section }
      return record
    }
    let quick = Comparison(
      whole, part(Environment.Name.isQuick, "yes", without: "TIME_WAIT"), by: Scenarios.catalogue)
    #expect(quick.skips.map(\.reason) == [.leftOut(by: .quick)])
    #expect(!quick.hasChanges && quick.isDecided)
    let only = Comparison(
      whole, part(Environment.Name.only, "three; TIME", without: "closed port"), by: Scenarios.catalogue)
    #expect(only.skips.map(\.reason) == [.leftOut(by: .only), .leftOut(by: .only)] && only.isDecided)
    // What --quick would have run is missing for another reason.
    let unknown = Comparison(
      whole, part(Environment.Name.isQuick, "yes", without: "closed port"), by: Scenarios.catalogue)
    #expect(
      unknown.skips.map(\.reason) == [
        "this version of tcpprobe does not measure it", "this version of tcpprobe does not measure it",
      ])
  }

  @Test func aRunThatHangsIsAChangeThatProgramsNotice() throws {
    let known = try Sample.record()
    var hung = known
    let reason = Record.Content.notMeasured("it was not over after 150 s")
    for index in hung.sections[1].rows.indices { hung.sections[1].rows[index].value = reason }
    hung.sections[0] = Record.Section(
      name: hung.sections[0].name, rows: [Record.Row("the ladder", reason, setBy: "by default")])
    var comparison = Comparison(known, hung, by: Scenarios.catalogue)
    #expect(comparison.changes.map(\.notice) == [.programs, .programs] && comparison.hasChanges)
    // One for each run, however many figures are gone.
    #expect(
      comparison.changes.map(\.subject.name) == ["three-steps, table 5", "run of closed port (by default)"])
    #expect(
      comparison.changes.map(\.values.after)
        == Array(repeating: "hangs (timed out: it was not over after 150 s)", count: 2))
    #expect(comparison.skips.count == 3 && comparison.same == 1)
    // It can be expected as any other change.
    comparison.accept(Acceptance(entries: comparison.changes.map { $0.entry(reason: "so it is") }))
    #expect(!comparison.hasChanges && comparison.isDecided)
    // What hangs no more, or hung before, is none.
    #expect(
      !Comparison(hung, known, by: Scenarios.catalogue).hasChanges
        && !Comparison(hung, hung, by: Scenarios.catalogue).hasChanges)
  }

  @Test func whatACallReturnsStandsBeforeOtherThingsThatProgramsNotice() throws {
    func record(_ size: Int, _ errno: String) throws -> Record {
      var record = try Sample.record(errno: errno)
      record.sections.insert(
        Record.Section(
          name: "sizes", rows: [Record.Row("a size", .measured(.count(size)), setBy: "by default")]), at: 0)
      return record
    }
    let comparison = Comparison(
      try record(1188, "ECONNREFUSED"), try record(1200, "ETIMEDOUT"), by: Scenarios.catalogue)
    #expect(comparison.changes.map(\.notice) == [.programs, .programs])
    #expect(comparison.changes.map(\.values.after) == ["ETIMEDOUT", "1200"])
  }

  @Test func aRunThatTheMachineDelayedIsNoHang() throws {
    let reason = "the machine was too busy: it was not over after 150 s"
    let comparison = Comparison(
      try Sample.record(), try Sample.record(life: .notMeasured(Reason(reading: reason))),
      by: Scenarios.catalogue)
    #expect(!comparison.hasChanges && !comparison.isDecided)
  }

  @Test func aLadderThatCouldNotBeRunIsSkippedWithItsReason() throws {
    let known = try Sample.record()
    var lost = known
    lost.sections[0] = Record.Section(
      name: known.sections[0].name,
      rows: [Record.Row("the ladder", .notMeasured("no such wire"), setBy: "by default")])
    let comparison = Comparison(known, lost, by: Scenarios.catalogue)
    #expect(
      comparison.skips.map(\.reason) == ["no such wire"] && comparison.skips.map(\.subject.what) == [nil])
  }

  @Test(arguments: [
    (("net.ipv4.tcp_sack", "0", "0" as String?), SettingChange.Kind.anotherDefault(before: "1", after: "0")),
    (("net.ipv4.tcp_sack", "0", "1"), .anotherValue(before: "1", after: "0")),
    (("net.ipv4.tcp_rto_max_ms", "120000", "120000"), .came(value: "120000")),
  ])
  func settingsAreToldApartFromBehaviour(setting: (String, String, String?), kind: SettingChange.Kind) throws
  {
    var environment = Sample.environment
    environment.settings.removeAll { $0.name == setting.0 }
    environment.settings.append(Environment.Setting(setting.0, setting.1, standard: setting.2))
    let comparison = Comparison(
      try Sample.record(), try Sample.record(environment: environment), by: Scenarios.catalogue)
    #expect(comparison.settings.map(\.kind) == [kind] && comparison.changes.isEmpty)
    let back = Comparison(
      try Sample.record(environment: environment), try Sample.record(), by: Scenarios.catalogue)
    #expect(back.settings.count == 1)
  }

  @Test func whatTheKernelMakesOfItsMemoryIsNoChange() throws {
    var environment = Sample.environment
    environment.settings[2].value = "7 8 9"
    #expect(
      !Comparison(try Sample.record(), try Sample.record(environment: environment), by: Scenarios.catalogue)
        .hasChanges)
  }

  @Test func aChangeThatASettingBearsOnNamesIt() throws {
    func record(_ timeout: String, _ life: String) -> Record {
      Record(
        command: "",
        environment: Environment(
          settings: [Environment.Setting("net.ipv4.tcp_fin_timeout", timeout, standard: "60")]),
        sections: [
          Record.Section(
            name: "close-wait",
            rows: [Record.Row("life of FIN_WAIT_2", .measured(Value(reading: life)), setBy: "by default")]
          )
        ])
    }
    let change = try #require(
      Comparison(record("60", "60 s"), record("30", "30 s"), by: Scenarios.catalogue).changes.first)
    #expect(change.settings.map(\.name) == ["net.ipv4.tcp_fin_timeout"])
  }

  @Test func whatWasAcceptedIsNoChangeUntilItChangesAgain() throws {
    let before = try Sample.record()
    let after = try Sample.record(errno: "ETIMEDOUT", ack: 5002)
    var acceptance = Acceptance()
    for change in Comparison(before, after, by: Scenarios.catalogue).changes {
      acceptance.add(change.entry(reason: "expected | so"))
    }
    acceptance = try Acceptance(reading: acceptance.markdown(of: "before.md"), name: "before.accepted.md")
    var comparison = Comparison(before, after, by: Scenarios.catalogue)
    comparison.accept(acceptance)
    #expect(
      !comparison.hasChanges && comparison.changes.map(\.accepted) == ["expected | so", "expected | so"])
    var later = Comparison(
      before, try Sample.record(errno: "EHOSTUNREACH", ack: 5002), by: Scenarios.catalogue)
    later.accept(acceptance)
    #expect(later.hasChanges && later.changes.map(\.accepted) == [nil, "expected | so"])
  }

  /// Each way in which a file is damaged: none of it is taken for a file in which nothing was accepted.
  @Test func anAcceptanceThatIsDamagedIsRefused() throws {
    let change = try #require(
      Comparison(Sample.record(), Sample.record(errno: "ETIMEDOUT"), by: Scenarios.catalogue).changes.first)
    var acceptance = Acceptance()
    for name in ["one", "two", "three"] {
      var entry = change.entry(reason: "so")
      entry.what = name
      acceptance.add(entry)
    }
    let whole = acceptance.markdown(of: "before.md")
    #expect(try Acceptance(reading: whole, name: "a.md") == acceptance)
    // A text editor may leave out the last line feed, and no more.
    for count in 0..<(whole.count - 1) {
      #expect(throws: PageError.self, "cut after \(count)") {
        try Acceptance(reading: String(whole.prefix(count)), name: "a.md")
      }
    }
    let lines = whole.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (index, line) in lines.enumerated() where line.hasPrefix("|") {
      for damaged in ["", "|", String(line.dropLast(line.count / 2)), "\u{0}\u{1}\u{2}"] {
        var text = lines
        text[index] = damaged
        #expect(throws: PageError.self, "\(index): \(damaged)") {
          try Acceptance(reading: text.joined(separator: "\n"), name: "a.md")
        }
      }
    }
    for text in ["", "\n", "no table", whole.replacing("section", with: "sektion")] {
      #expect(throws: PageError.self) { try Acceptance(reading: text, name: "a.md") }
    }
    // What a person has written, or an earlier version, has a table alone.
    let table = lines.filter { $0.hasPrefix("|") }.joined(separator: "\n")
    #expect(try Acceptance(reading: table, name: "a.md") == acceptance)
  }

  @Test func anAcceptanceWithoutAReasonIsRefused() {
    let text = """
      | section | what | set by | before | after | reason |
      | --- | --- | --- | --- | --- | --- |
      | closed port | x | by default | 1 | 2 |  |
      """
    let error = #expect(throws: PageError.self) { try Acceptance(reading: text, name: "accepted.md") }
    #expect(error?.line == 3)
  }
}
