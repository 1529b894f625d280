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

    @Test func aRunWhoseSocketIsNotInItsSituationIsGivenUp() throws {
      let withoutTimeWait = try AlteredWire(
        family: .ipv4, afterEntering: { try Sysctl.write("net.ipv4.tcp_max_tw_buckets", "0") }
      ) { _ in .pass }
      let withoutReset = try AlteredWire(family: .ipv4) { departure in
        departure.packet.segment.flags.contains(.rst) ? .vanish : .pass
      }
      for (bench, situation) in [
        (withoutTimeWait, Situation.timeWait), (withoutReset, .refused), (withoutReset, .reset),
      ] {
        var isReached = false
        let variant = Variant(subject: .scenario(id: "test"), bench: .wire, family: .ipv4)
        let trace = try Runner(on: bench, tries: 1).repeatedly(variant) { connection in
          connection.waiting.isPatient = true
          _ = try connection.bring(into: situation)
          isReached = !connection.log.isDisturbed()
        } names: {
          (Both(left: "client", right: "server"), .left)
        }
        #expect(!isReached && trace.end != .finished, "\(situation): \(trace.end)")
      }
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
