import Benches
import Claims
import Documents
import Grounds
import Linux
import Scenarios
import Testing
import Traces

/// A timer that is waited out, in a world whose defaults are short.
struct ShortWorld: Sendable, CustomStringConvertible {
  /// Settings of both namespaces.
  var settings: [String: String]
  var id: Scenario
  /// The figures of a run that nothing shortens, in such a world; lengths as their bounds.
  var expected: [String: String]

  var description: String { "\(id): \(settings)" }

  static let all = [
    ShortWorld(
      settings: ["tcp_syn_retries": "1", "tcp_syn_linear_timeouts": "0"], id: .synRetries,
      expected: [
        "SYN schedule": "1 s, 2 s", "SYNs without an answer": "2", "connect() without an answer": "ETIMEDOUT",
        "time until connect() gives up": "3 s × [1, 1.127]",
      ]),
    ShortWorld(
      settings: ["tcp_synack_retries": "0"], id: .synAckRetries,
      expected: [
        "SYN+ACKs without an answer": "1", "request after the last SYN+ACK": "nothing",
        "life of a request without an answer": "1 s × [1, 1.127]",
      ]),
    ShortWorld(
      settings: ["tcp_retries2": "2"], id: .retransmissions,
      expected: [
        // The loss probe that goes before them is none of them.
        "retransmission schedule": "200 ms, 400 ms, 800 ms", "retransmissions without an answer": "2",
        "recv() after the last retransmission": "ETIMEDOUT",
      ]),
    ShortWorld(
      settings: ["tcp_retries2": "3"], id: .windowProbes,
      expected: [
        "window probes without an answer": "3", "connection while the window stays 0": "ETIMEDOUT",
        "time until lost window probes end a connection": "3 s × [1, 1.127]",
      ]),
    ShortWorld(
      settings: ["tcp_keepalive_time": "2", "tcp_keepalive_intvl": "1", "tcp_keepalive_probes": "1"],
      id: .keepalive,
      expected: [
        "keepalive schedule": "2 s, 1 s", "keepalive probes without an answer": "1",
        "read after unanswered keepalive probes": "ETIMEDOUT",
        "time until the first keepalive probe": "2 s × [1, 1.127]",
        "time until keepalive gives up": "3 s × [1, 1.127]",
      ]),
    ShortWorld(
      settings: ["tcp_orphan_retries": "1"], id: .orphanRetries,
      expected: [
        // One, a loss probe, and two timeouts within the 600 ms that a count of 1 stands for.
        "FINs that an orphan sends without an answer": "4",
        "state remaining of an orphan without an answer": "nothing",
      ]),
    ShortWorld(
      settings: ["tcp_fin_timeout": "2"], id: .orphanTimer,
      expected: [
        "timer of an orphan in FIN_WAIT_2": "2 s",
        "life of an orphan in FIN_WAIT_2": "2 s × [1, 1.127]",
        "state remaining of an orphan after FIN_WAIT_2": "nothing",
      ]),
  ]
}

extension ScenariosTests {
  /// What takes hours in the guests of `tcpprobe kernels`, by the same way through the program in seconds.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct EveryTimerTests {
    @Test(arguments: ShortWorld.all) func whatIsWaitedOutIsToldToItsEnd(world: ShortWorld) throws {
      let bench = try #require(Ground.wires.last).bench()
      for (name, value) in world.settings {
        let name = "net.ipv4." + name
        guard (try? bench.enter(.left) { try Sysctl.read(name) }) != nil else { continue }
        for party in Party.allCases { try bench.enter(party) { try Sysctl.write(name, value) } }
      }
      let conditions = try #require(world.id.declaration.long.first).conditions
      let trace = try world.id.run(under: conditions, with: Runner(on: bench), on: bench)
      #expect(trace.end == .finished)
      expectDeclaredFigures(of: world.id, under: conditions, in: trace)
      var found: [String: String] = [:]
      for case .measurement(let figure) in trace.events.map(\.what) {
        #expect(
          Scenarios.catalogue.scenario(measuring: figure.name)?.name == world.id.name,
          "\(figure.name) is declared by another scenario")
        let isDeclared = Scenarios.catalogue.figure(figure.name)?.variants.includes(conditions) ?? false
        #expect(isDeclared, "\(figure.name) is not said to be left by this run")
        found[figure.name] = figure.missing?.description ?? figure.kept?.description
      }
      for (name, value) in world.expected { #expect(found[name] == value, "\(name)") }
    }

    @Test func onLoopbackItIsSaidWhyNothingIsWaitedFor() throws {
      guard let ground = Ground.loopbacks.first else { return print("skipped: no loopback can be set up") }
      for id in Scenarios.all where id != .orphanTimer {
        for conditions in id.declaration.long.map(\.conditions) {
          let found = try Grounds.figures(of: id, under: conditions, on: ground.bench())
          #expect(!found.isEmpty && found.values.allSatisfy { $0.contains("--on wire") }, "\(id): \(found)")
        }
      }
    }

    @Test func onlyWhoAsksForEveryTimerHasItWaitedOut() throws {
      let usual = RunList.recorded(from: [], in: Scenarios.catalogue)
      let every = RunList.recorded(from: [], in: Scenarios.catalogue, everyTimer: true)
      func isLong(_ runnable: Runnable) -> Bool {
        if case .scenario(_, let conditions) = runnable { conditions.contains(.waitedOut) } else { false }
      }
      #expect(!usual.contains(where: isLong))
      #expect(every.filter { !isLong($0) }.count == usual.count)
      let waits = every.filter(isLong).map { RunList.wait(for: $0, in: Scenarios.catalogue) }
      #expect(waits.count == 8 && waits.max() == 7875, "\(waits)")
      #expect(usual.map { RunList.wait(for: $0, in: Scenarios.catalogue) }.max() == 60)
    }
  }
}
