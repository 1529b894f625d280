import Benches
import Grounds
import Linux
import Scenarios
import Testing
import Traces

extension ScenariosTests {
  /// The metrics that the kernel keeps of a destination.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct KeptMetricsTests {
    private static let name = "metrics of a destination"

    @Test(arguments: Ground.wires) func windowsAndRoundTripsAreKept(ground: Ground) throws {
      let found = try Grounds.figures(of: .keptMetrics, on: ground.bench())
      let times = "RTT, RTTVAR, RTTVAR_US, RTT_US"
      #expect(found["\(Self.name) before any connection"] == "ESRCH")
      #expect(found["\(Self.name) after one without loss"] == "CWND 10, \(times)")
      #expect(found["\(Self.name) after a recovery"] == "CWND 8, \(times)")
      #expect(found["\(Self.name) after a timeout"] == "CWND 7, \(times)")
      let start = try #require(found["beginning of a connection to a destination with metrics"])
      #expect(start.hasPrefix("snd_cwnd 10, snd_ssthresh 2147483647, "))
      #expect(start.hasSuffix("rto of three kept round trips"))
    }

    @Test func theThresholdIsKeptUnderASetting() throws {
      let found = try Grounds.figures(
        of: .keptMetrics, under: [.setting("tcp_no_ssthresh_metrics_save", "0")],
        on: try #require(Ground.wires.first).bench())
      #expect(found["\(Self.name) after a recovery"]?.hasSuffix("SSTHRESH 7") == true)
      #expect(
        found["beginning of a connection to a destination with metrics"]?
          .hasPrefix("snd_cwnd 10, snd_ssthresh 7, ") == true)
    }

    @Test func nothingIsKeptUnderAnother() throws {
      let found = try Grounds.figures(
        of: .keptMetrics, under: [.setting("tcp_no_metrics_save", "1")],
        on: try #require(Ground.wires.first).bench())
      #expect(found["\(Self.name) after a recovery"] == "ESRCH")
      #expect(
        found["beginning of a connection to a destination with metrics"]?
          .hasSuffix("rto of its own round trip") == true)
    }

    @Test(arguments: Ground.wires) func aCookieIsKeptBeforeTheConnectionEnds(ground: Ground) throws {
      let found = try Grounds.figures(of: .keptMetrics, on: ground.bench())
      let deletion = try #require(found["deletion of a destination's metrics"])
      guard deletion == "succeeds, ESRCH" else { return print("skipped: a deletion gives \(deletion)") }
      let size = ground.family == .ipv4 ? 1460 : 1440
      #expect(
        found["attributes of a destination that gave a cookie of Fast Open"]
          == "ADDR SADDR AGE FOPEN_MSS FOPEN_COOKIE MSS \(size) cookie of 8 bytes")
    }
  }
}
