import Benches
import Claims
import Documents
import Grounds
import Kinds
import Notations
import Records
import Scenarios
import TCP
import Testing
import Traces

@testable import trust

/// The deliberate changes that a record must tell of, each at its place and by name.
@Suite(.tags(.pure)) struct DeliberateChangeTests {
  private let change = DeliberateChange.setting(
    "somaxconn", "2", "SYNs that are kept after listen(4) (tcp_syncookies: 1)",
    "backlog of listen() (by default)")

  @Test func aChangeIsFoundByTheWholeNamesOfAllItsFigures() {
    let names = change.expected
    #expect(change.lacking(among: names + ["another figure (by default)"]).isEmpty)
    // Neither a figure that resembles it, nor the same under another condition, nor one of two.
    for others in [
      ["SYNs that are kept after listen(4)", "backlog of listen() (by default) too"],
      ["SYNs that are kept after listen(4) (tcp_syncookies: 0)", "listen"], [],
    ] {
      #expect(change.lacking(among: others) == names, "\(others)")
    }
    #expect(change.lacking(among: [names[1]]) == [names[0]])
  }

  @Test func whatIsExpectedIsAFigureOrALadderThatARecordHas() throws {
    let pages = try BuiltInPages.recorded.map { try $0.read() }
    var names: Set<String> = []
    for runnable in RunList.recorded(from: pages, in: Scenarios.catalogue) {
      names.insert(Record.name(of: runnable.variant(on: .wire, .ipv4)))
    }
    for scenario in Scenarios.catalogue.scenarios {
      for figure in scenario.figures {
        for conditions in scenario.conditions(of: figure, everyTimer: false) {
          names.insert(
            Change.Subject(section: scenario.name.rawValue, what: figure.name, setBy: conditions.setBy).name)
        }
      }
    }
    #expect(DeliberateChange.all.count > 40)
    for change in DeliberateChange.all {
      #expect(!change.expected.isEmpty && change.lacking(among: Array(names)).isEmpty, "\(change.name)")
    }
  }

  /// A connection is tried before any run: a rule that counted the segments of all would be spent on it.
  @Test func theSegmentsOfEachConnectionAreCountedApart() throws {
    let change = try #require(
      DeliberateChange.all.first { $0.expected == ["three-steps, table 3"] && $0.name.contains("too few") })
    guard case .wire(let make) = change.world else {
      Issue.record("no wire")
      return
    }
    let rule = make()
    func fates(ofPort port: UInt16) -> [AlteredWire.Fate] {
      let ends = [port, 80].map { Endpoint(Address(10, 0, 0, 1), $0) }
      return [(ends[0], ends[1]), (ends[1], ends[0])].map { source, destination in
        let segment = Segment(flags: .ack, sequence: SequenceNumber(1), acknowledgment: SequenceNumber(1))
        var departure = Departure(
          packet: Packet(source: source, destination: destination, segment: segment), bytes: [], time: 0)
        return rule(&departure)
      }
    }
    #expect(fates(ofPort: 1) == [.vanish, .pass] && fates(ofPort: 2) == [.vanish, .pass])
    #expect(fates(ofPort: 2) == [.pass, .pass])
  }
}
