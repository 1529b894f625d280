import Claims
import Documents
import Notations
import Kinds
import Records
import Scenarios
import Testing
import Traces

/// Comparisons of two records that were not made and watched alike.
@Suite(.tags(.pure)) struct SightTests {
  typealias Name = Environment.Name
  private static let onWire = "wire, state tracepoint, timer tracepoint, sock_diag, TCP_INFO, /proc/net/tcp"
  private static let onLoopback = "capture, sock_diag, TCP_INFO, /proc/net/tcp"
  private static let withoutSegments = "sock_diag, TCP_INFO, /proc/net/tcp"

  private func environment(_ bench: String?, _ observers: String?, _ privileges: String? = nil) -> Environment
  {
    var environment = Sample.environment
    let facts = [(Name.bench, bench), (Name.observers, observers), (Name.privileges, privileges)]
    environment.facts += facts.compactMap { name, value in value.map { Environment.Fact(name, $0) } }
    return environment
  }

  private func record(_ environment: Environment, rows: [Record.Row] = [], states: (String, String)? = nil)
    throws
    -> Record
  {
    var record = try Sample.record(environment: environment)
    record.sections[1].rows += rows
    guard let states, let ladder = record.sections[0].ladder else { return record }
    let text = ladder.markdown.replacing(states.0, with: states.1)
    record.sections[0].ladder = try Page(reading: text, name: "sample").ladders.first
    return record
  }

  @Test func laddersAreNotComparedWhereOneRecordSawNoSegments() throws {
    let seen = try record(environment("loopback", Self.onLoopback))
    var unseen = try record(environment("loopback", Self.withoutSegments))
    // What is left of a ladder are its calls.
    let text = "| client | server |\n| --- | --- |\n| close() | |\n| | close() |\n"
    unseen.sections[0].ladder?.rungs = try Page(reading: text, name: "calls").ladders[0].rungs
    for comparison in [
      Comparison(seen, unseen, by: Scenarios.catalogue), Comparison(unseen, seen, by: Scenarios.catalogue),
    ] {
      #expect(comparison.changes.isEmpty && comparison.same == 3)
      #expect(comparison.skips.map(\.subject.what) == [nil])
      #expect(comparison.skips[0].reason.description.hasPrefix("segments were not visible for the"))
      #expect(comparison.sightChanges.map(\.name) == [Name.observers])
    }
    // In a table of many they are no difference either.
    #expect(KernelTable([seen, unseen, seen], by: Scenarios.catalogue).rows.isEmpty)
  }

  @Test func statesAreComparedOnlyWhereTheyWereSeenAsClosely() throws {
    let wire = try record(environment("wire", Self.onWire))
    let loopback = try record(
      environment("loopback", Self.onLoopback), states: ("[FIN_WAIT_1]", ""))
    let comparison = Comparison(wire, loopback, by: Scenarios.catalogue)
    #expect(comparison.changes.isEmpty && comparison.same == 4)
    #expect(comparison.sightChanges.map(\.name) == [Name.bench, Name.observers])
    #expect(KernelTable([wire, loopback], by: Scenarios.catalogue).rows.isEmpty)
    // On one bench, with the same observers, it is a change, and so is another segment anywhere.
    let other = try record(environment("wire", Self.onWire), states: ("[FIN_WAIT_1]", "[CLOSING]"))
    #expect(Comparison(wire, other, by: Scenarios.catalogue).changes.map(\.notice) == [.programs])
    #expect(KernelTable([wire, other], by: Scenarios.catalogue).rows.map(\.kind) == [.programs])
    let longer = try record(environment("loopback", Self.onLoopback), states: ("ACK:5001", "ACK:5002"))
    #expect(Comparison(wire, longer, by: Scenarios.catalogue).changes.map(\.notice) == [.packets])
  }

  @Test(arguments: [
    ("window of a SYN", "wire", "loopback", nil as String?, nil as String?, "the bench"),
    ("sock_diag's attributes in LISTEN", "wire", "wire", "root", "none", "privileges"),
  ])
  func aFigureThatDependsOnWhereItWasMeasuredIsNoChange(
    name: String, first: String, second: String, before: String?, after: String?, reason: String
  ) throws {
    func record(_ bench: String, _ privileges: String?, _ value: String) throws -> Record {
      try self.record(
        environment(bench, Self.onWire, privileges),
        rows: [Record.Row(name, .measured(Value(reading: value)), setBy: "by default")])
    }
    let one = try record(first, before, "64240")
    let comparison = Comparison(one, try record(second, after, "65495"), by: Scenarios.catalogue)
    #expect(comparison.changes.isEmpty)
    #expect(comparison.skips.map(\.reason) == [.needs("\(reason) to be the same")])
    let table = KernelTable([one, try record(second, after, "65495")], by: Scenarios.catalogue)
    #expect(table.rows.isEmpty && table.notCompared == 1)
    // Where it is the same, it is; where it was measured alike, or nobody says how, it is a change.
    #expect(Comparison(one, try record(second, after, "64240"), by: Scenarios.catalogue).same == 5)
    #expect(Comparison(one, try record(first, before, "65495"), by: Scenarios.catalogue).changes.count == 1)
    #expect(Comparison(one, try record(first, nil, "65495"), by: Scenarios.catalogue).changes.count == 1)
  }

  @Test func theCommittedRecordsAreReadAndHaveNothingUnlike() throws {
    let before = try HeldRecordTests.record("6.1.192")
    let comparison = Comparison(before, try HeldRecordTests.record("6.12.118"), by: Scenarios.catalogue)
    #expect(comparison.sightChanges.isEmpty && comparison.changes.count > 10)
  }
}
