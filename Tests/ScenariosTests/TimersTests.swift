import Benches
import Claims
import Documents
import Grounds
import Linux
import Scenarios
import TCP
import Testing
import Traces

/// Something run in a world that is another, and what becomes of a figure.
struct TimerWorld: Sendable, CustomStringConvertible {
  /// A setting of both namespaces.
  var setting: String
  var value: String
  var id: Scenario
  var conditions: [Condition] = []
  var figure: String
  var expected: String

  var description: String { "\(setting) = \(value): \(figure)" }

  static let all = [
    TimerWorld(
      setting: "tcp_syn_linear_timeouts", value: "0", id: .synRetries,
      conditions: [Condition("TCP_SYNCNT", "1")], figure: "SYN schedule", expected: "1 s, 2 s"),
    TimerWorld(
      setting: "tcp_syn_retries", value: "3", id: .synRetries, figure: "SYN retries by default",
      expected: "tcp_syn_retries 3, tcp_syn_linear_timeouts 4"),
    TimerWorld(
      setting: "tcp_synack_retries", value: "2", id: .synAckRetries, figure: "SYN+ACK retries by default",
      expected: "tcp_synack_retries 2"),
    TimerWorld(
      setting: "tcp_retries2", value: "3", id: .retransmissions,
      conditions: [.setting("tcp_early_retrans", "0")], figure: "retransmission schedule",
      expected: "200 ms, 400 ms, 800 ms, 1.6 s"),
    TimerWorld(
      setting: "tcp_rto_min_us", value: "300000", id: .lossProbe,
      conditions: [.setting("tcp_early_retrans", "0")], figure: "timer with two segments in flight",
      expected: "retransmission timeout, RTT + 300 ms"),
    TimerWorld(
      setting: "tcp_early_retrans", value: "0", id: .lossProbe, figure: "timer with two segments in flight",
      expected: "retransmission timeout, RTT + 200 ms"),
    TimerWorld(
      setting: "tcp_rto_max_ms", value: "3000", id: .retransmissionCap,
      figure: "longest retransmission timeout", expected: "3 s"),
    TimerWorld(
      setting: "tcp_timestamps", value: "0", id: .retransmissionCap,
      figure: "longest retransmission timeout",
      expected: "needs timestamps: no echo came back (tcp_timestamps)"),
    TimerWorld(
      setting: "tcp_keepalive_time", value: "600", id: .keepalive, conditions: [.option("SO_KEEPALIVE")],
      figure: "keepalive schedule", expected: "600 s"),
    TimerWorld(
      setting: "tcp_keepalive_probes", value: "3", id: .keepalive, conditions: [.option("SO_KEEPALIVE")],
      figure: "keepalive probes without an answer", expected: "3"),
    TimerWorld(
      setting: "tcp_keepalive_intvl", value: "20", id: .keepalive,
      conditions: [.option("SO_KEEPALIVE"), .option("TCP_KEEPIDLE")], figure: "keepalive schedule",
      expected: "1 s, 20 s"),
    TimerWorld(
      setting: "tcp_orphan_retries", value: "1", id: .orphanRetries,
      conditions: [.setting("tcp_early_retrans", "0")],
      figure: "state remaining of an orphan without an answer",
      expected: "nothing"),
    TimerWorld(
      setting: "tcp_orphan_retries", value: "5", id: .orphanRetries,
      figure: "FIN retries of an orphan by default", expected: "tcp_orphan_retries 5"),
    TimerWorld(
      setting: "tcp_fin_timeout", value: "7", id: .orphanTimer, figure: "timer of an orphan in FIN_WAIT_2",
      expected: "7 s"),
    TimerWorld(
      setting: "tcp_pingpong_thresh", value: "3", id: .delayedAck, conditions: [.receiver(.replies)],
      figure: "replies with data before the receiver delays an ACK", expected: "3"),
  ]
}

extension ScenariosTests {
  /// What Linux does when nobody answers: the page of the command says it, and the kernel decides.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct TimersTests {
    /// The figures of one run, by name: their values, or why there are none.
    private func figures(_ id: Scenario, _ conditions: [Condition], on bench: any Bench) throws
      -> [String: String]
    {
      let trace = try id.run(under: conditions, with: Runner(on: bench), on: bench)
      #expect(trace.end == .finished)
      var figures: [String: String] = [:]
      for event in trace.events {
        guard case .measurement(let figure) = event.what else { continue }
        #expect(figures[figure.name] == nil, "\(figure.name) is measured twice")
        #expect(
          Scenarios.catalogue.scenario(measuring: figure.name)?.name == id.name,
          "\(figure.name) is not declared by \(id.name.rawValue)")
        figures[figure.name] = figure.missing?.description ?? figure.value?.description
      }
      return figures
    }

    @Test(arguments: Ground.wires) func everyLineOfThePageIsWhatTheKernelDoes(ground: Ground) throws {
      let page = try #require(BuiltInPages.page("timers").map { Run.Source(name: $0.id, text: $0.source) })
      // What takes seconds does not hang on the family.
      let longest = ground.family == Ground.wires.first?.family ? 10 : 2
      let assessment = try Assessment(
        running: [page], on: ground.bench(), longest: longest)
      #expect(assessment.claims.count { $0.verdict.kind == .confirmed } >= (longest > 2 ? 38 : 14))
      for claim in assessment.claims {
        #expect(
          claim.verdict.kind == .confirmed,
          "\(claim.id): \(claim.verdict.expected) / \(claim.verdict.seen) / \(claim.verdict.reason ?? "")")
      }
    }

    @Test(arguments: TimerWorld.all) func anotherSettingTurnsIt(world: TimerWorld) throws {
      let name = "net.ipv4." + world.setting
      let bench = try #require(Ground.wires.last).bench()
      guard (try? bench.enter(.left) { try Sysctl.read(name) }) != nil else {
        return print("skipped: this kernel has no \(name)")
      }
      for party in Party.allCases { try bench.enter(party) { try Sysctl.write(name, world.value) } }
      let found = try figures(world.id, world.conditions, on: bench)[world.figure]
      #expect(found == world.expected)
      for party in Party.allCases {
        #expect(try bench.enter(party) { try Sysctl.read(name) } == world.value)
      }
    }

    @Test func whereNoRSTArrivesAWriteToNobodyStaysWithoutAnAnswer() throws {
      let deaf = try AlteredWire(family: .ipv4) { $0.packet.segment.flags.contains(.rst) ? .vanish : .pass }
      let found = try figures(.synAckRetries, [.setting("tcp_synack_retries", "1")], on: deaf)
      #expect(
        found["write to an end that has dropped the request"]
          == "100 bytes written, then no RST and still open")
    }

    @Test func whereDataIsLostItIsNotWhatADeferredAcceptReturnsFor() throws {
      let lossy = try AlteredWire(family: .ipv4) { $0.packet.segment.length > 0 ? .vanish : .pass }
      let found = try figures(.deferAccept, [.afterTheHandshake(.writes)], on: lossy)
      #expect(found["accept() once data came under TCP_DEFER_ACCEPT"] == "accepts after another SYN+ACK")
    }

    @Test func aPathThatRefusesSYNsEndsTheScheduleAtOnce() throws {
      // The SYN is seen; what arrives in its place is refused.
      final class Place { weak var bench: AlteredWire? }
      let place = Place()
      let bench = try AlteredWire(family: .ipv4) { departure in
        guard departure.packet.segment.flags == .syn else { return .pass }
        let packet = departure.packet
        let reset = Packet(
          source: packet.destination, destination: packet.source,
          segment: Segment(
            flags: [.rst, .ack], sequence: SequenceNumber(0), acknowledgment: packet.segment.end),
          payload: [])
        var answer = departure
        (answer.packet, answer.bytes) = (reset, reset.bytes)
        try? place.bench?.deliver(answer)
        return .pass
      }
      place.bench = bench
      let found = try figures(.synRetries, [Condition("TCP_SYNCNT", "2")], on: bench)
      #expect(found["connect() without an answer"] == "ECONNREFUSED")
      #expect(found["SYNs without an answer"] == "1")
      #expect(found["SYN schedule"] == "no timer")
    }

    @Test func aSettingThatIsMissingIsToldOfEachFigure() throws {
      let bench = try #require(Ground.wires.first).bench()
      let conditions = [Condition.setting("tcp_retries2", "3"), .setting("tcp_no_such_setting", "1")]
      let found = try reasons(of: .retransmissions, under: conditions, on: bench)
      #expect(found.count == 4)
      for reason in found.values {
        #expect(reason == .notOnThisKernel("there is no net.ipv4.tcp_no_such_setting"))
      }
    }

    @Test(.enabled(if: !Ground.loopbacks.isEmpty, "no loopback can be set up here"))
    func onLoopbackEachFigureSaysWhyItCannotBeMeasured() throws {
      let bench = try #require(Ground.loopbacks.first).bench()
      let ids: [Scenario] = [
        .synRetries, .synAckRetries, .deferAccept, .retransmissions, .retransmissionCap, .lossProbe,
        .delayedAck, .windowProbes, .keepalive, .orphanRetries,
      ]
      for id in ids {
        for conditions in id.declaration.conditions where !conditions.isEmpty || id.declaration.wait == 0 {
          let found = try figures(id, conditions, on: bench)
          #expect(!found.isEmpty, "\(id)")
          for value in found.values { #expect(value.contains("--on wire"), "\(id): \(value)") }
        }
      }
      // This one needs no loss.
      #expect(try figures(.orphanTimer, [], on: bench) == ["timer of an orphan in FIN_WAIT_2": "60 s"])
    }
  }
}
