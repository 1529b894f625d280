import Benches
import Claims
import Documents
import Grounds
import Linux
import Scenarios
import Testing
import Traces

extension Run.Source {
  /// The page of `tcpprobe time-wait`.
  fileprivate static var timeWait: Run.Source? {
    BuiltInPages.page("time-wait").map { Run.Source(name: $0.id, text: $0.source) }
  }
}

extension ScenariosTests {
  /// What Linux does with TIME_WAIT: the page of the command says it, and the kernel decides.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct TimeWaitTests {
    /// All but those that wait for a minute, and those that make thousands.
    static let quick = ["T1.", "T2.3", "T2.4", "T3.", "T4."]

    @Test(arguments: Ground.wires) func everyLineOfThePageIsWhatTheKernelDoes(ground: Ground) throws {
      let page = try #require(Run.Source.timeWait)
      let assessment = try Assessment(running: [page], on: try ground.bench(), sections: Self.quick)
      #expect(assessment.claims.count == 3 + 2 + 3 + 15)
      for claim in assessment.claims {
        #expect(claim.verdict.kind == .confirmed, "\(claim.id): \(claim.verdict)")
        #expect(!claim.verdict.evidence.isEmpty, "\(claim.id)")
      }
    }

    @Test(
      arguments: [
        (
          "tcp_max_tw_buckets", "0", "contradicted",
          ["T1.1", "T2.1", "T2.2", "T2.3", "T2.4", "T4.1", "T4.3", "T4.6", "T4.7", "T4.10"]
        ),
        // A segment does nothing to a TIME_WAIT that is not there.
        ("tcp_max_tw_buckets", "0", "undecided", ["T3.3", "T4.11", "T4.12", "T4.13", "T4.14", "T4.15"]),
        ("tcp_timestamps", "0", "contradicted", ["T4.5"]), ("tcp_rfc1337", "1", "contradicted", ["T4.14"]),

        // Only with tcp_tw_reuse at 1.
        ("tcp_tw_reuse_delay", "1", "conditional", ["T4.7"]),
      ])
    func anotherWorldTurnsThem(setting: String, value: String, verdict: String, claims: [String]) throws {
      let bench = try #require(Ground.wires.first).bench()
      let name = "net.ipv4." + setting
      guard (try? Sysctl.read(name)) != nil else { return print("skipped: this kernel has no \(name)") }
      for party in Party.allCases { try bench.enter(party) { try Sysctl.write(name, value) } }
      let page = try #require(Run.Source.timeWait)
      // Where there is no TIME_WAIT, there is no minute to wait for.
      let assessment = try Assessment(running: [page], on: bench, sections: claims, longest: 100)
      for claim in claims {
        #expect(assessment.verdict(claim) == verdict, "\(claim)")
      }
    }

    @Test(arguments: [
      PageChange("T2.4", "tcp_fin_timeout: 5", "by default", "confirmed"),
      PageChange("T4.2", "| succeeds ", "| EADDRINUSE ", "contradicted"),
      PageChange("T4.3", "| old socket: without SO_REUSEADDR |", "| by default |", "contradicted"),
      PageChange("T4.8", "| tcp_tw_reuse: 1 ", "| tcp_tw_reuse: 0 ", "contradicted"),
      PageChange("T4.9", "| tcp_tw_reuse: 0 ", "| tcp_tw_reuse: 1 ", "contradicted"),
      PageChange(
        "T4.12", "| SYN+ACK, and TIME_WAIT is over | timestamp of the SYN: none",
        "| ACK, and TIME_WAIT stays | timestamp of the SYN: none", "contradicted"),
      PageChange(
        "T4.12",
        "lower sequence number in TIME_WAIT | SYN+ACK, and TIME_WAIT is over | timestamp of the SYN: later",
        "lower sequence number in TIME_WAIT | ACK, and TIME_WAIT stays | timestamp of the SYN: later",
        "contradicted"),
      PageChange(
        "T4.11", "higher sequence number in TIME_WAIT | ACK, and TIME_WAIT restarts",
        "higher sequence number in TIME_WAIT | SYN+ACK, and TIME_WAIT is over", "contradicted"),
    ])
    func anotherPageTurnsThem(change: PageChange) throws {
      let page = try #require(
        Run.Source.timeWait?.changed(change.old, to: change.new), "the page no longer says \(change.old)")
      let bench = try #require(Ground.wires.first).bench()
      let assessment = try Assessment(running: [page], on: bench, sections: [change.claim])
      #expect(assessment.verdict(change.claim) == change.verdict)
    }

    /// Without a timestamp the number decides, with one the timestamp does: the condition is part of the figure.
    @Test func aSynInTimeWaitIsMeasuredWithAndWithoutTimestamps() throws {
      let bench = try #require(Ground.wires.first).bench()
      let (lower, higher) =
        (
          "a SYN with a lower sequence number in TIME_WAIT",
          "a SYN with a higher sequence number in TIME_WAIT"
        )
      let opened = "SYN+ACK, and TIME_WAIT is over"
      let refused = "ACK, and TIME_WAIT restarts"
      let expected: [Condition.SynTimestamp: [String: String]] = [
        .none: [lower: "ACK, and TIME_WAIT stays", higher: opened],
        .earlier: [lower: refused, higher: refused], .later: [lower: opened, higher: opened],
      ]
      for (timestamp, values) in expected {
        let found = try Grounds.figures(
          of: .segmentsInTimeWait, under: [.timestampOfSyn(timestamp)], on: bench)
        #expect(found == values, "\(timestamp)")
      }
    }

    @Test(.enabled(if: !Ground.loopbacks.isEmpty, "no loopback can be set up here"))
    func whatOnlyAWireCanMakeUpStaysUndecidedOnLoopback() throws {
      let bench = try #require(Ground.loopbacks.first).bench()
      let page = try #require(Run.Source.timeWait)
      let assessment = try Assessment(
        running: [page], on: bench, sections: ["T4.11", "T4.14", "T4.2", "T4.8"])
      for claim in ["T4.11", "T4.14"] { #expect(assessment.verdict(claim) == "undecided") }
      for claim in ["T4.2", "T4.8"] { #expect(assessment.verdict(claim) == "confirmed") }
    }
  }
}
