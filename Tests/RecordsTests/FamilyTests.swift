import Documents
import Kinds
import Records
import Scenarios
import TCP
import Testing
import Traces

/// Records of both address families.
@Suite(.tags(.pure)) struct FamilyTests {
  /// - Parameters:
  ///   - errno: of IPv6.
  ///   - ack: of IPv6's ladder.
  private static func record(errno: String = "ECONNREFUSED", ack: Int = 5001, own: String = "ECONNREFUSED")
    throws
    -> Record
  {
    var environment = Sample.environment
    environment.facts.append(Environment.Fact(Environment.Name.family, "ipv4, ipv6"))
    var record = try Sample.record(errno: own, environment: environment)
    record.sections[0].traces = [.init(setBy: "by default", NormalTrace(lines: ["client close(): 0"]))]
    let others = try Sample.record(errno: errno, ack: ack).sections
    record.sections += others.map { section in
      var section = section
      section.name += ", IPv6"
      section.traces = [.init(setBy: "by default", NormalTrace(lines: ["client > SYN 0 win 1"]))]
      return section
    }
    return record
  }

  @Test(arguments: [("ECONNREFUSED", 5001), ("ETIMEDOUT", 5001), ("ECONNREFUSED", 5002), ("EPERM", 5002)])
  func whatIsWrittenIsReadAgain(errno: String, ack: Int) throws {
    let record = try Self.record(errno: errno, ack: ack)
    let again = try Record(reading: record.markdown, name: "sample")
    #expect(again.markdown == record.markdown)
    #expect(again.count == 8 && again.sections.map(\.name) == record.sections.map(\.name))
    #expect(again.sections.map(\.rows) == record.sections.map(\.rows))
    #expect(again.sections.map(\.traces) == record.sections.map(\.traces))
    #expect(again.sections.map { $0.ladder?.rungs.count } == record.sections.map { $0.ladder?.rungs.count })
  }

  @Test func whatIsTheSameOnBothStandsThereOnce() throws {
    let same = try Self.record().markdown
    #expect(
      same.components(of: "| connect() where nobody listens") == 1 && !same.contains("by default, IPv6"))
    let other = try Self.record(errno: "ETIMEDOUT").markdown
    #expect(other.components(of: "| connect() where nobody listens") == 2)
    #expect(other.contains("by default, IPv4") && other.contains("by default, IPv6"))
  }

  @Test func theLogOfAKernelIsOfNoFamily() throws {
    var before = try Self.record()
    before.add(kernelMessages: [])
    var after = try Self.record()
    after.add(kernelMessages: ["WARNING: net/ipv4/tcp.c"])
    let again = try Record(reading: after.markdown, name: "sample")
    #expect(again.sections.map(\.name).sorted() == after.sections.map(\.name).sorted())
    #expect(!after.markdown.contains("by default, IPv4"))
    let comparison = Comparison(before, again, by: Scenarios.catalogue)
    #expect(comparison.changes.map(\.subject.section) == [KernelMessages.section])
    #expect(comparison.changes.map(\.family) == [nil])
  }

  @Test func aFigureThatOneFamilyLacksIsNotTakenForTheOthers() throws {
    var record = try Self.record()
    record.sections[4].rows.removeFirst()
    record.sections.removeLast()
    let again = try Record(reading: record.markdown, name: "sample")
    #expect(again.sections.map(\.rows) == record.sections.map(\.rows))
  }

  @Test func aChangeOnBothIsToldOnce() throws {
    let comparison = Comparison(
      try Self.record(), try Self.record(errno: "EPERM", own: "EPERM"), by: Scenarios.catalogue)
    #expect(comparison.changes.count == 1 && comparison.changes[0].family == nil)
  }

  @Test func aChangeOnOneSaysOnWhich() throws {
    let before = try Self.record()
    let six = Comparison(before, try Self.record(errno: "EPERM"), by: Scenarios.catalogue)
    #expect(six.changes.map(\.family) == [.ipv6])
    // The sysctls and figures that are declared of a section are those of both.
    #expect(six.changes[0].notice == .programs)
    let four = Comparison(before, try Self.record(own: "EPERM"), by: Scenarios.catalogue)
    #expect(four.changes.map(\.family) == [.ipv4])
  }

  @Test(arguments: Family.allCases)
  func aRecordOfOneFamilyIsComparedWithThatFamily(family: Family) throws {
    let both = try Self.record(errno: "EPERM")
    let one = both.limited(to: family)
    #expect(one.families == [family] && one.count == 4)
    for (before, after) in [(both, one), (one, both)] {
      let comparison = Comparison(before, after, by: Scenarios.catalogue)
      #expect(comparison.changes.isEmpty && comparison.sightChanges.isEmpty && comparison.same == 4)
    }
  }
}

extension String {
  fileprivate func components(of text: String) -> Int {
    split(separator: text, omittingEmptySubsequences: false).count - 1
  }
}
