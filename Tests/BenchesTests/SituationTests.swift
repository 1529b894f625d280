import Benches
import Documents
import Grounds
import Linux
import TCP
import Testing
import Traces

extension BenchesTests {
  /// Sockets that are brought into a situation.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct SituationTests {
    @Test(arguments: Situation.allCases) func aSocketIsInItsSituation(situation: Situation) throws {
      var state: State?
      let trace = try running(on: try #require(Ground.wires.first)) { connection in
        connection.waiting.isPatient = true
        state = try connection.state(of: try connection.bring(into: situation))
      }
      #expect(trace.end == .finished && state == situation.state)
    }

    /// A wire that loses such segments.
    private func without(_ isLost: @escaping (Segment) -> Bool) throws -> AlteredWire {
      try AlteredWire(family: .ipv4) { isLost($0.packet.segment) ? .vanish : .pass }
    }

    @Test func aRunWhoseSocketIsNotInItsSituationIsGivenUp() throws {
      let withoutTimeWait = try AlteredWire(
        family: .ipv4, afterEntering: { try Sysctl.write("net.ipv4.tcp_max_tw_buckets", "0") }
      ) { _ in .pass }
      let withoutReset = try without { $0.flags.contains(.rst) }
      let withoutData = try without { $0.length > 0 }
      let withoutLastAck = try without(\.isPureAck)
      for (bench, situation) in [
        (withoutTimeWait, Situation.timeWait), (withoutReset, .refused), (withoutReset, .reset),
        (withoutData, .unread), (withoutData, .unreadCloseWait), (withoutLastAck, .waited),
      ] {
        let (trace, isReached) = try bringing(into: situation, on: bench)
        #expect(!isReached && trace.end != .finished, "\(situation): \(trace.end)")
      }
    }

    /// Data that is not acknowledged fills the buffer, too.
    @Test func aSendBufferIsFullOnlyWhereTheWindowIsProbed() throws {
      let (trace, isReached) = try bringing(into: .full, on: without { $0.length > 0 })
      guard case .cannotRun(let reason) = trace.end else { return #expect(Bool(false), "\(trace.end)") }
      #expect(!isReached && reason.description.contains("expected zero-window-probe"), "\(reason)")
    }

    private func bringing(
      into situation: Situation, on bench: AlteredWire
    ) throws -> (trace: Trace, isReached: Bool) {
      var isReached = false
      let variant = Variant(subject: .scenario(id: "test"), bench: .wire, family: .ipv4)
      let trace = try Runner(on: bench, tries: 1).repeatedly(variant) { connection in
        connection.waiting.isPatient = true
        _ = try connection.bring(into: situation)
        isReached = !connection.log.isDisturbed()
      } names: {
        (Both(left: "client", right: "server"), .left)
      }
      return (trace, isReached)
    }

    /// However long the machine stops between two looks.
    @Test(arguments: [5, 150, 5000]) func aTimerThatWasSetAgainHasGained(passed: Int64) {
      func look(_ milliseconds: Int, at time: Int64) -> Connection.ArmedTimer {
        Connection.ArmedTimer(
          timer: KernelTimer(kind: .timeWait, milliseconds: milliseconds, retries: 0),
          began: time * 1_000_000, ended: (time + 1) * 1_000_000)
      }
      let earlier = look(59_900, at: 100)
      #expect(look(59_900 - Int(passed), at: 100 + passed).gain(since: earlier) <= .zero)
      #expect(look(60_000 - Int(passed), at: 100 + passed).gain(since: earlier) > .milliseconds(90))
    }
  }
}
