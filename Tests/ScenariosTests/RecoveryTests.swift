import Benches
import Claims
import Grounds
import Linux
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// What is sent before ACKs come and after losses, and what programs can read.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct RecoveryTests {
    @Test(arguments: Ground.wires) func lossesAreToldByBlocks(ground: Ground) throws {
      let bench = try ground.bench()
      let found = try ScenariosTests.figures(.recovery, [], on: bench)
      #expect(
        found["SACK blocks while three segments are missing"] == "2-2; 4-4 2-2; 6-6 4-4 2-2; 6-7 4-4 2-2")
      #expect(found["segments received behind a gap before it is sent again"] == "1")
      #expect(found["answer to data that came twice"] == "ACK and ACK with SACK")
      #expect(found["counters of a spurious timeout"]?.contains("TCPLossUndo") ?? false)
      let without = try ScenariosTests.figures(.recovery, [.setting("tcp_sack", "0")], on: bench)
      #expect(without["SACK blocks while three segments are missing"] == "none")
      #expect(without["segments received behind a gap before it is sent again"] == "3")
    }

    @Test func withoutDSACKWhatCameTwiceIsNotTold() throws {
      let bench = try AlteredWire(
        family: .ipv4, afterEntering: { try Sysctl.write("net.ipv4.tcp_dsack", "0") }
      ) { _ in .pass }
      let found = try ScenariosTests.figures(.recovery, [], on: bench)
      #expect(found["answer to data that came twice"] == "ACK and ACK")
      #expect(found["counters of a spurious timeout"]?.contains("DSACK") == false)
    }

    @Test(arguments: ["reno", "cubic"]) func tenSegmentsAreSentFirstAndAgainAfterIdleTime(control: String)
      throws
    {
      let bench = try #require(Ground.wires.first).bench()
      let found = try ScenariosTests.figures(.initialWindow, [.congestionControl(control)], on: bench)
      #expect(found["segments sent before the first ACK"] == "10")
      #expect(found["the congestion window after idle time"] == "as in the beginning")
    }

    @Test func aSettingKeepsTheWindowThroughIdleTime() throws {
      let setting = "net.ipv4.tcp_slow_start_after_idle"
      let bench = try AlteredWire(family: .ipv4, afterEntering: { try Sysctl.write(setting, "0") }) { _ in
        .pass
      }
      let found = try ScenariosTests.figures(.initialWindow, [.congestionControl("cubic")], on: bench)
      #expect(found["the congestion window after idle time"] == "as before")
    }

    @Test(arguments: Ground.all) func programsReadWhatIsThere(ground: Ground) throws {
      let found = try ScenariosTests.figures(.programsView, [], on: try ground.bench())
      let length = try #require(
        found["length of struct tcp_info"]?.split(separator: " ").first.flatMap { Int($0) })
      #expect(length >= 232)
      if length >= 248 {
        #expect(
          found["timeouts in TCP_INFO of a connection that lost nothing"]
            == "total_rto 0, total_rto_recoveries 0, total_rto_time 0")
      }
      for state in ["ESTABLISHED", "LISTEN"] {
        #expect(found["sock_diag's attributes in \(state)"]?.contains("INFO:\(length)") ?? false)
        #expect(found["sock_diag's attributes in \(state)"]?.contains("CONG:6") ?? false)
      }
      #expect(found["sock_diag's attributes in TIME_WAIT"]?.contains("INFO") == false)
      #expect(found["columns of /proc/net/tcp"]?.hasPrefix("sl local_address rem_address st ") ?? false)
      #expect(found["counters of TcpExt in /proc/net/netstat"]?.contains(" TCPTimeouts ") ?? false)
      #expect(found["counters of Tcp in /proc/net/snmp"]?.contains("RetransSegs") ?? false)
      let tracepoints = try ScenariosTests.figures(.tracepoints, [], on: try ground.bench())
      #expect(tracepoints.count == Scenario.tracepoints.declaration.figures.count)
      guard let names = tracepoints["tracepoints of events/sock"], names != "undecided" else {
        return print("skipped: tracefs cannot be read")
      }
      #expect(names.contains("inet_sock_set_state"))
      #expect(tracepoints["fields of sock:inet_sock_set_state"]?.contains("oldstate newstate") ?? false)
    }

    @Test(
      .enabled(if: !Ground.loopbacks.isEmpty, "no loopback can be set up here"),
      arguments: [
        Scenario.congestionNotification, .answers, .crossedSyns, .challengeLimits, .windowEdge,
        .initialWindow,
        .recovery,
      ])
    func whatOnlyAWireCanDoStaysUndecidedOnLoopback(id: Scenario) throws {
      let bench = try #require(Ground.loopbacks.first).bench()
      for conditions in id.declaration.conditions {
        let found = try ScenariosTests.figures(id, conditions, on: bench)
        #expect(!found.isEmpty)
        for (name, value) in found { #expect(value == "undecided", "\(name)") }
      }
    }
  }
}
