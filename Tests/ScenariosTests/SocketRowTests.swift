import Benches
import Grounds
import Linux
import Scenarios
import Testing
import Traces

extension ScenariosTests {
  /// Rows of the kernel's tables, and attributes of sockets.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct SocketRowTests {
    private static let rows: [(Situation, String)] = [
      (.unconnected, "no row"),
      (.listening, "st 0A, tr 0, tm->when 0, retrnsmt 0, timeout 0, inode set, cwnd 10, ssthresh 0"),
      (.established, "st 01, tr 0, tm->when 0, retrnsmt 0, timeout 0, inode set, cwnd 10, ssthresh -1"),
      (.synSent, "st 02, tr 1, tm->when set, retrnsmt 0, timeout 0, inode set"),
      (.synReceived, "st 03, tr 1, tm->when set, retrnsmt 0, timeout 0, inode set"),
      (.full, "st 01, tr 4, tm->when set, retrnsmt 0, inode set"),
      (.finWait1, "st 04, tr 1, tm->when set, retrnsmt 0, timeout 0, inode set"),
      (.timeWait, "st 06, tr 3, tm->when set, retrnsmt 0, timeout 0, inode 0"),
    ]

    @Test(arguments: Ground.wires) func theRowHasTheTimerThatIsArmed(ground: Ground) throws {
      for (situation, row) in Self.rows {
        let found = try Grounds.figures(of: .socketRows, under: [.socket(situation)], on: ground.bench())
        #expect(found["row of /proc/net/tcp"] == row, "\(situation)")
      }
    }

    @Test(arguments: Ground.wires) func attributesFollowTheState(ground: Ground) throws {
      let bench = try ground.bench()
      guard bench.hasNetAdmin else { return print("skipped: needs CAP_NET_ADMIN") }
      let name = "sock_diag's attributes of the sockets of a port"
      for (situation, shutdown) in [
        (Situation.established, 0), (.closeWait, 1), (.finWait2, 2), (.closing, 3),
      ] {
        let found = try Grounds.figures(of: .socketRows, under: [.socket(situation)], on: ground.bench())
        #expect(
          found[name]?.hasPrefix("\(situation.state.rawValue) SHUTDOWN \(shutdown) TOS 0") == true,
          "\(situation)")
      }
    }

    @Test func aSocketOfBothFamiliesIsToldFromOneOfIPv6() throws {
      let ground = Ground.wires.first { $0.family == .ipv6 }
      guard let ground, try ground.bench().hasNetAdmin else { return print("skipped: needs IPv6") }
      let name = "sock_diag's attribute SKV6ONLY at any address"
      let found = try Grounds.figures(of: .socketRows, under: [.socket(.listening)], on: ground.bench())
      #expect(found[name] == "0 after 0, 1 after 1")
    }

    @Test(arguments: Ground.wires) func timersThatFiredAreCounted(ground: Ground) throws {
      let found = try Grounds.figures(of: .timerColumns, on: ground.bench())
      for (name, row) in Self.timers {
        #expect(found["row of /proc/net/tcp \(name)"] == row, "\(name)")
      }
    }

    private static let timers = [
      ("with SO_KEEPALIVE", "st 01, tr 2, tm->when set, retrnsmt 0, timeout 0, inode set"),
      ("with SO_KEEPALIVE and data in flight", "st 01, tr 1, tm->when set, retrnsmt 0, timeout 0, inode set"),
      ("after a retransmission timeout", "st 01, tr 1, tm->when set, retrnsmt 1, timeout 0, inode set"),
      ("after a window probe without answer", "st 01, tr 4, tm->when set, retrnsmt 0, timeout 1, inode set"),
      ("of a listener's SYN_RECV", "st 03, tr 1, tm->when set, retrnsmt 0, timeout 0, inode 0"),
      (
        "of a listener's SYN_RECV after a SYN+ACK timeout",
        "st 03, tr 1, tm->when set, retrnsmt 1, timeout 0, inode 0"
      ),
    ]

    @Test(arguments: Ground.wires) func eachSocketOfAFullBucketIsThereOnce(ground: Ground) throws {
      let found = try Grounds.figures(of: .fullBuckets, on: ground.bench())
      for (name, value) in found {
        #expect(value == "400 of 400, each once" || value.contains("tcp_child_ehash_entries"), "\(name)")
      }
      #expect(found.count == 2)
    }

    @Test(arguments: Ground.wires) func socketsOfAHostAreCounted(ground: Ground) throws {
      let found = try Grounds.figures(of: .socketCounts, on: ground.bench())
      let name = "numbers in /proc/net/sockstat"
      #expect(
        found["\(name) with a listener and a connection"]
          == "client 1 in use and 0 in TIME_WAIT, server 2 in use and 0 in TIME_WAIT")
      #expect(
        found["\(name) once the client has closed, and nothing arrives"]
          == "client 1 in use and 0 in TIME_WAIT, server 2 in use and 0 in TIME_WAIT")
      #expect(
        found["\(name) with a connection in TIME_WAIT as well"]
          == "client 1 in use and 1 in TIME_WAIT, server 3 in use and 0 in TIME_WAIT")
      // Orphans of other programs may be there.
      let orphans = try #require(found["orphans in /proc/net/sockstat before and after"])
      #expect(orphans == "0 1 1" || orphans == "undecided: needs a machine without other TCP sockets")
    }
  }
}
