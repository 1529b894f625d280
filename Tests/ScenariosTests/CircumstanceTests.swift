import Benches
import Claims
import Documents
import Grounds
import Linux
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// The settings, options and figures that a scenario declares are those of its runs.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct CircumstanceTests {
    /// The others are those of ``MinuteTests``, those of ``CrowdTests``, and what ``EveryTimerTests`` shortens.
    static let ids = Scenarios.all.filter { $0.declaration.isRecorded && $0.declaration.wait < 60 }

    @Test(arguments: ids)
    func allThatARunSetsAndLeavesIsDeclared(id: Scenario) throws {
      let bench = try #require(Ground.wires.first).bench()
      let declared = id.declaration
      // An option that has its value already is not seen to be set.
      let control = try bench.enter(.left) { try Sysctl.read("net.ipv4.tcp_congestion_control") }
      var unset = declared.given.map(\.condition).filter { $0 != .congestionControl(control) }
      for conditions in declared.conditions {
        var set: Set<Condition> = []
        var runner = Runner(on: bench).withoutTable
        runner.circumstances = { set.insert($0.named) }
        var trace = try id.run(under: conditions, with: runner, on: bench)
        // Among other tests the machine may stall in each try of a run; a record would try it again, too.
        for _ in 0..<5 where trace.end == .stalled {
          trace = try id.run(under: conditions, with: runner, on: bench)
        }
        #expect(trace.end == .finished, "\(id) under \(conditions.setBy)")
        expectDeclaredFigures(of: id, under: conditions, in: trace)
        let given = declared.given(under: conditions)
        let unnamed = set.filter { circumstance in
          !given.contains(circumstance) && !conditions.contains { $0.shortName == circumstance.shortName }
        }
        #expect(
          unnamed.isEmpty,
          "\(id.name.rawValue) under \(conditions.setBy) sets \(unnamed.map(\.description).sorted())")
        unset.removeAll(where: set.contains)
        if trace.end != .finished { unset = [] }
        for event in trace.events {
          // What this kernel lacks was not run.
          guard case .measurement(let figure) = event.what, figure.missing != nil else { continue }
          unset = []
        }
      }
      #expect(unset.isEmpty, "\(id.name.rawValue) never sets \(unset)")
    }

    @Test func aMadeUpSegmentWithoutTimestampsIsSeen() throws {
      let bench = try #require(Ground.wires.first).bench()
      var set: Set<Condition> = []
      var runner = Runner(on: bench)
      runner.circumstances = { set.insert($0) }
      for timestamp in [Condition.SynTimestamp.later, .none] {
        set = []
        _ = try Scenario.segmentsInTimeWait.run(
          under: [.timestampOfSyn(timestamp)], with: runner, on: bench)
        #expect(set == (timestamp == .none ? [.madeUpWithoutTimestamps] : []))
      }
    }

    @Test func anOptionAndASettingOfARunAreSeen() throws {
      let bench = try #require(Ground.wires.first).bench()
      var set: Set<Condition> = []
      var runner = Runner(on: bench)
      runner.circumstances = { set.insert($0) }
      _ = try Scenario.zeroWindow.run(under: [], with: runner, on: bench)
      #expect(set == [Condition("SO_RCVBUF", "8192"), Condition("TCP_MAXSEG", "1000")])
    }
  }
}

extension Condition {
  /// A port that the kernel or the bench chose is another one in each run.
  fileprivate var named: Condition {
    let ports = value.split { " \t".contains($0) }
    guard shortName == "ip_local_port_range", ports.count == 2, ports[0] == ports[1] else { return self }
    return Condition(name, "one port")
  }
}
