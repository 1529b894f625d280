import Benches
import Documents
import Grounds
import Linux
import Testing
import Traces

extension BenchesTests {
  /// Packetdrill scripts on a real kernel.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here")) struct ScriptRunTests {
    private func decision(_ text: String) throws -> ScriptDecision {
      let script = ScriptExamples.script(text)
      #expect(script.unread.isEmpty, "\(script.unread)")
      return try ScriptRunner().run(script).decision
    }

    @Test(arguments: ScriptExamples.all) func whatTheKernelDoesIsConfirmed(text: String) throws {
      #expect(try decision(text) == .confirmed)
    }

    @Test(arguments: [
      ("ack 1 <mss 1460,nop,nop,sackOK,nop,wscale 8>", "ack 2 <mss 1460,nop,nop,sackOK,nop,wscale 8>", 10),
      ("> P. 1:2001(2000) ack 1", "> . 1:2001(2000) ack 1", 14), ("= 2000", "= 1999", 13),
      ("tcpi_snd_cwnd >= cwnd", "tcpi_snd_cwnd < cwnd", 16),
    ]) func aScriptThatIsWrongDiffersInItsLine(right: String, wrong: String, line: Int) throws {
      let script = ScriptExamples.script(ScriptExamples.write.replacing(right, with: wrong))
      guard case .contradicted(_, let difference) = try ScriptRunner().run(script).decision else {
        Issue.record("no difference")
        return
      }
      #expect(script.events[difference.event].line == line)
    }

    @Test func whatWasNotReadIsNotRun() throws {
      let script = ScriptExamples.script("0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 `touch /tmp/x`")
      let (runs, decision) = try ScriptRunner().run(script)
      guard case .undecided = decision else {
        Issue.record("\(decision)")
        return
      }
      #expect(runs.isEmpty)
    }

    @Test func aSettingThatIsMissingLeavesItUndecided() throws {
      let text = ScriptExamples.write.replacing("tcp_timestamps", with: "tcp_of_another_kernel")
      guard case .undecided(.notOnThisKernel(let reason)) = try decision(text) else {
        Issue.record("no reason")
        return
      }
      #expect(reason.contains("tcp_of_another_kernel"))
    }

    @Test func theMachinesSettingsStayAsTheyAre() throws {
      let before = try Sysctl.read("net.ipv4.tcp_timestamps")
      _ = try decision(ScriptExamples.write)
      #expect(try Sysctl.read("net.ipv4.tcp_timestamps") == before)
    }

    @Test(arguments: [
      "+0 fcntl(3, F_SETOWN, 1) = 0", "+0 ioctl(3, 35073, [1]) = 0",
      "+0 setsockopt(3, SOL_TCP, TCP_CONGESTION, \"none-of-these\", 13) = 0",
      "+0 socket(AF_PACKET, SOCK_RAW, 0) = 4", "+0 read(3, ..., -1) = 0",
    ]) func whatWouldActOutsideTheNamespaceIsNotDone(call: String) throws {
      let text = "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n" + call.replacing("AF_PACKET", with: "17")
      guard case .undecided = try decision(text) else {
        Issue.record("\(call) was done")
        return
      }
    }

    @Test func aCallThatDoesNotReturnIsADifference() throws {
      let text = """
        0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
        +0 bind(3, ..., ...) = 0
        +0 listen(3, 1) = 0
        +0 accept(3, ..., ...) = 4
        """
      guard case .contradicted(_, let difference) = try decision(text) else {
        Issue.record("no difference")
        return
      }
      #expect(difference.kind == .waiting)
    }
  }
}
