import Kinds
import Records
import Scenarios
import Testing
import Traces

@Suite(.tags(.pure)) struct KernelTableTests {
  private func record(_ release: String, errno: String, life: Record.Content = .measured("60 s")) throws
    -> Record
  {
    try Sample.record(
      errno: errno, life: life,
      environment: Environment(facts: [Environment.Fact(Environment.Name.release, release)]))
  }

  @Test func onlyWhatDiffersStandsInItOldestKernelFirst() throws {
    let records = [try record("6.12.1", errno: "ETIMEDOUT"), try record("6.1.9", errno: "ECONNREFUSED")]
    let table = KernelTable(records, by: Scenarios.catalogue)
    #expect(table.kernels == ["6.1.9", "6.12.1"])
    #expect(table.rows.map(\.subject.what) == ["connect() where nobody listens"])
    #expect(table.rows.first?.values == ["ECONNREFUSED", "ETIMEDOUT"])
    #expect(table.same == 3)
    #expect(KernelTable(records, by: Scenarios.catalogue, all: true).rows.count == 4)
  }

  /// The times go with their kernels, and are none where one has none.
  @Test func timesStandInTheColumnsOfTheirKernels() throws {
    let records = [try record("6.12.1", errno: "ETIMEDOUT"), try record("6.1.9", errno: "ECONNREFUSED")]
    let times = [KernelTable.Time(guest: 7900, wall: 58), KernelTable.Time(guest: 7912, wall: 61)]
    #expect(KernelTable(records, by: Scenarios.catalogue, times: times).times.map(\.wall) == [61, 58])
    #expect(KernelTable(records, by: Scenarios.catalogue, times: [times[0]]).times.isEmpty)
  }

  /// What one kernel cannot do is a difference; what could only not be told is none.
  @Test func aMissingSettingIsADifference() throws {
    let measured = try record("6.18.1", errno: "x")
    func rows(_ reason: String) throws -> Int {
      KernelTable(
        [try record("6.1.9", errno: "x", life: .notMeasured(Reason(reading: reason))), measured],
        by: Scenarios.catalogue
      ).rows.count
    }
    #expect(try rows("this kernel has no net.ipv4.tcp_rto_max_ms") == 1)
    #expect(try rows("the machine was too busy each time") == 0)
  }
}
