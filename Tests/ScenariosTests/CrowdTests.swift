import Benches
import Grounds
import Linux
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  @Suite(.enabled(if: !Ground.loopbacks.isEmpty, "no loopback can be set up here"))
  struct CrowdTests {
    private func figures(
      _ scenario: Scenario, under conditions: [Condition], _ family: Family = .ipv4
    ) throws -> [String: String] {
      let bench = try Ground(.loopback, family).bench()
      let trace = try scenario.run(under: conditions, with: Runner(on: bench), on: bench)
      expectDeclaredFigures(of: scenario, under: conditions, in: trace, mayLackSome: scenario == .crowd)
      var figures: [String: String] = [:]
      for event in trace.events {
        if case .measurement(let figure) = event.what {
          figures[figure.name] = figure.missing?.description ?? figure.value?.description
        }
      }
      return figures
    }

    @Test(arguments: Family.allCases) func eachClosedConnectionLeavesATIMEWAIT(family: Family) throws {
      let outside = try SocketCount.inTimeWait()
      let figures = try figures(.crowd, under: [.count(300)], family)
      #expect(figures["TIME_WAITs of many closed connections"] == "one for each")
      #expect(figures["connections in TIME_WAIT"] == "300")
      // None of them is outside the crowd's own namespace.
      #expect(try (SocketCount.inTimeWait() ?? 0) < (outside ?? 0) + 300)
    }

    @Test func noMoreThanThereIsRoomFor() throws {
      let figures = try figures(.crowd, under: [.count(300), .setting("tcp_max_tw_buckets", "100")])
      #expect(figures["TIME_WAITs of many closed connections"] == "100 of 300")
    }

    @Test func aCrowdGoesOnToFurtherDestinationsWhenPortsAreUsedUp() throws {
      let figures = try figures(
        .crowd, under: [.count(300), .setting("ip_local_port_range", "40000 40119")])
      #expect(figures["TIME_WAITs of many closed connections"] == "one for each")
      #expect(figures["destinations"] == "3")
    }

    @Test(arguments: Family.allCases) func aDestinationHasAsManyConnectionsAsPorts(family: Family) throws {
      let range = Condition.setting("ip_local_port_range", "40000 40199")
      let figures = try figures(.usedUpPorts, under: [range], family)
      #expect(figures["ports to one destination"] == "200")
      #expect(figures["connect() when each port to a destination is in TIME_WAIT"] == "EADDRNOTAVAIL")
      #expect(figures["connect() to another destination when each port to one is in TIME_WAIT"] == "connects")
      #expect(figures["connect() with tcp_tw_reuse at 2 when each port is in TIME_WAIT"] == "connects")
    }

    @Test func withReuseNobodyRunsOutOfPorts() throws {
      let conditions: [Condition] = [
        .setting("ip_local_port_range", "40000 40199"), .setting("tcp_tw_reuse", "1"),
        .setting("tcp_tw_reuse_delay", "1"),
      ]
      guard (try? Sysctl.read("net.ipv4.tcp_tw_reuse_delay")) != nil else {
        return print("skipped: this kernel has no tcp_tw_reuse_delay")
      }
      let figures = try figures(.usedUpPorts, under: conditions)
      #expect(figures["ports to one destination"] != "200")
      #expect(figures["connect() when each port to a destination is in TIME_WAIT"] == "connects")
    }

    @Test func theLargestCrowdIsWhatPortsAndMemoryHaveRoomFor() {
      #expect(CrowdLimit.largest(available: 64 << 20).count == 32 << 10)
      #expect(CrowdLimit.largest(available: 64 << 20).because.contains("64 MB"))
      #expect(CrowdLimit.largest(available: 1 << 40).count == 282_320)
      #expect(CrowdLimit.largest(available: 0).count == 0)
    }
  }
}
