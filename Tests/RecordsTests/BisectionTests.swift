import Kinds
import Records
import Scenarios
import Testing

/// A bisection over records made by hand.
@Suite(.tags(.pure)) struct BisectionTests {
  /// A kernel by two letters: what programs notice, and a capture alone.
  private func record(_ letters: Substring, settings: [Environment.Setting] = []) throws -> Record? {
    guard letters != "--" else { return nil }
    let errno = letters.first == "a" ? "ECONNREFUSED" : letters.first == "b" ? "ETIMEDOUT" : "EPIPE"
    return try Sample.record(
      errno: errno, ack: letters.last == "a" ? 5001 : 5002, environment: Environment(settings: settings))
  }

  private func end(
    of kernels: String, _ aim: Bisection.Aim, isEvery: Bool = false
  ) throws -> Bisection {
    let letters = kernels.split(separator: " ")
    var bisection = Bisection(count: letters.count, aim: aim, by: Scenarios.catalogue, isEvery: isEvery)
    while case let places = bisection.next(atMost: 1), let place = places.first {
      bisection.take(try record(letters[place]), at: place)
    }
    return bisection
  }

  @Test func theMostConsequentialDecides() throws {
    let bisection = try end(of: "aa aa ab ab bb bb bb", .mostConsequential)
    #expect(bisection.findings.map(\.subject.what) == ["connect() where nobody listens"])
    #expect(bisection.findings.first?.search.changes.map(\.first) == [4])
    #expect(bisection.differences.count == 2 && bisection.findings.first?.notice == .programs)
    #expect(bisection.ran < 7)
  }

  @Test func allAreFoundFromTheSameRecords() throws {
    let findings = try end(of: "aa aa ab ab bb bb bb", .all).findings
    #expect(findings.map { $0.search.changes.map(\.first) } == [[4], [2]])
    #expect(!findings.contains { !$0.search.isDone })
  }

  @Test func aNamePicksABehaviourOrAWholeSection() throws {
    let kernels = "aa aa ab ab bb bb bb"
    #expect(try end(of: kernels, .named(["NOBODY listens"])).findings.count == 1)
    #expect(try end(of: kernels, .named(["three-steps"])).findings.first?.search.changes.map(\.first) == [2])
    let alike = try end(of: kernels, .named(["TIME_WAIT"]))
    #expect(alike.findings.isEmpty && alike.ran == 2)
    #expect(alike.alike(namedBy: ["TIME_WAIT"]).map(\.value) == ["60 s × [1, 1.127]"])
    #expect(try end(of: kernels, .named(["no such thing"])).alike(namedBy: ["no such thing"]).isEmpty)
  }

  @Test func anEndThatGivesNothingIsSkippedForItsNeighbour() throws {
    let bisection = try end(of: "-- aa aa bb -- --", .mostConsequential)
    #expect(bisection.ends?.oldest == 1 && bisection.ends?.newest == 3)
    #expect(bisection.findings.first?.search.changes.map(\.first) == [3])
    #expect(try end(of: "-- -- aa", .all).ends == nil)
    #expect(try end(of: "-- --", .all).ends == nil)
  }

  /// A fix that went into an older series alone: its ends tell nothing of it.
  @Test func onlyRunningAllFindsAChangeThereAndBack() throws {
    let kernels = "aa ba aa aa"
    #expect(try end(of: kernels, .all).findings.isEmpty)
    let every = try end(of: kernels, .all, isEvery: true)
    #expect(every.ran == 4 && every.findings.first?.search.changes.map(\.first) == [1, 2])
  }

  @Test func aSettingThatCameIsFound() throws {
    var bisection = Bisection(count: 3, aim: .named(["tcp_x"]), by: Scenarios.catalogue)
    let setting = Environment.Setting("net.ipv4.tcp_x", "1", standard: "1")
    let other = Environment.Setting("net.ipv4.tcp_sack", "1", standard: "1")
    while let place = bisection.next(atMost: 1).first {
      bisection.take(try record("aa", settings: place == 0 ? [other] : [other, setting]), at: place)
    }
    let finding = try #require(bisection.findings.first)
    #expect(finding.search.changes.map(\.before) == ["no such setting"])
    #expect(finding.search.changes.map(\.first) == [1] && finding.notice == nil)
  }
}

/// A record that another is held to.
@Suite(.tags(.pure)) struct HeldAgainstTests {
  @Test func aChangeIsToldFromWhatCouldNotBeTold() throws {
    let before = try Sample.record()
    let same = HeldRecord(before, to: before, by: Scenarios.catalogue)
    // Four behaviours, and two settings of which the default is known.
    #expect(same.changes.isEmpty && same.isDecided && same.same == 6)
    let changed = HeldRecord(try Sample.record(errno: "EPIPE"), to: before, by: Scenarios.catalogue)
    #expect(changed.changes.map(\.values) == [["ECONNREFUSED", "EPIPE"]] && changed.isDecided)
    // Git must skip it, and not take it for the same.
    let unknown = HeldRecord(
      try Sample.record(life: .notMeasured("too busy")), to: before, by: Scenarios.catalogue)
    #expect(unknown.changes.isEmpty && !unknown.isDecided)
    #expect(
      HeldRecord(
        try Sample.record(errno: "EPIPE"), to: before, by: Scenarios.catalogue, namedBy: ["TIME_WAIT"]
      ).changes.isEmpty)
    #expect(
      !HeldRecord(
        Record(command: "", environment: Environment(), sections: []), to: before, by: Scenarios.catalogue
      ).isDecided)
  }

  @Test func onlySectionsThatHoldTheNameAreRun() throws {
    let record = try Sample.record()
    #expect(HeldRecord.sections(of: record, namedBy: ["nobody LISTENS"]) == ["closed port"])
    #expect(HeldRecord.sections(of: record, namedBy: []).count == 3)
    #expect(HeldRecord.sections(of: record, namedBy: ["nothing"]).isEmpty)
  }
}
