import Kinds
import Records
import Scenarios
import TCP
import Testing
import Traces

/// The complaints of a kernel, in records and their comparison.
@Suite(.tags(.pure)) struct KernelMessagesTests {
  private static let warning = "WARNING: at net/ipv4/tcp_input.c:3190 tcp_ack"

  private func record(_ lines: [String], errno: String = "ECONNREFUSED") throws -> Record {
    var record = try Sample.record(errno: errno)
    record.add(kernelMessages: lines)
    return record
  }

  @Test func aNewWarningIsADifferenceThatOperatorsNotice() throws {
    let comparison = Comparison(
      try record([]), try record([Self.warning, Self.warning, "BUG: x"]), by: Scenarios.catalogue)
    #expect(comparison.changes.map(\.notice) == [.operators])
    #expect(
      comparison.changes.first?.difference
        == .figure(before: "none", after: .words(Self.warning + " (2 times); BUG: x")))
    #expect(!Comparison(try record(["a | b"]), try record(["a | b"]), by: Scenarios.catalogue).hasChanges)
  }

  @Test func theyAreReadBackAndAddedOnce() throws {
    var record = try record([Self.warning])
    let again = try Record(reading: record.markdown, name: "sample")
    #expect(again.sections.last?.rows == record.sections.last?.rows && again.count == record.count)
    record.add(kernelMessages: [])
    #expect(record.sections.filter { $0.name == KernelMessages.section }.count == 1)
  }

  /// A record that no guest made has none.
  @Test func whereNobodyLookedNothingHasChanged() throws {
    let comparison = Comparison(try record([Self.warning]), try Sample.record(), by: Scenarios.catalogue)
    #expect(!comparison.hasChanges && comparison.skips.count == 1)
    #expect(!Comparison(try Sample.record(), try record([Self.warning]), by: Scenarios.catalogue).hasChanges)
  }

  @Test func kernelsBesideEachOtherShowThem() throws {
    let table = KernelTable([try record([]), try record([Self.warning])], by: Scenarios.catalogue)
    #expect(table.rows.map(\.kind) == [.operators])
  }

  /// Ranked as a comparison ranks, whatever the order of the record.
  @Test func aRecordThatAnotherIsHeldToTellsTheMostConsequentialFirst() throws {
    var after = try record([Self.warning], errno: "ETIMEDOUT")
    after.sections.swapAt(0, after.sections.count - 1)
    let held = HeldRecord(after, to: try record([]), by: Scenarios.catalogue)
    #expect(held.changes.map(\.kind) == [.programs, .operators])
    #expect(held.isDecided)
  }

  /// A run that hangs there would hang in a program, too.
  @Test func aRunThatHangsNowIsAChange() throws {
    let hangs = try Sample.record(life: .notMeasured(.timedOut("no answer")))
    let held = HeldRecord(hangs, to: try Sample.record(), by: Scenarios.catalogue)
    #expect(held.changes.map(\.values.first) == ["ends"])
  }
}
