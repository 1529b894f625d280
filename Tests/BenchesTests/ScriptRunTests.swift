import Benches
import Documents
import Foundation
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
      try expectDifference(in: ScriptExamples.write.replacing(right, with: wrong), line: line)
    }

    @Test(arguments: [
      ("{onoff=1, linger=5}, [8]", "{onoff=1, linger=6}, [8]", 3), ("\"reno\", [16]", "\"ren\", [16]", 5),
      ("[16], [1]", "[17], [1]", 7),
    ]) func anotherValueOfAnOptionIsADifference(right: String, wrong: String, line: Int) throws {
      try expectDifference(in: ScriptExamples.options.replacing(right, with: wrong), line: line)
    }

    private func expectDifference(in text: String, line: Int) throws {
      let script = ScriptExamples.script(text)
      guard case .contradicted(_, let difference) = try ScriptRunner().run(script).decision else {
        Issue.record("no difference")
        return
      }
      #expect(script.events[difference.event].line == line)
    }

    @Test func whatWasNotReadIsNotRun() throws {
      let script = ScriptExamples.script("0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 `touch /tmp/x`")
      let (runs, decision) = try ScriptRunner().run(script)
      guard case .undecided(.other(let reason)) = decision else {
        Issue.record("\(decision)")
        return
      }
      #expect(runs.isEmpty && reason.contains("line 2 was not read"))
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
      let before = try Sysctl.read("net.ipv4.tcp_reordering")
      let other = before == "7" ? "6" : "7"
      let text = ScriptExamples.write.replacing(
        "tcp_timestamps=0", with: "tcp_timestamps=0 net.ipv4.tcp_reordering=\(other)")
      #expect(try decision(text) == .confirmed)
      #expect(try Sysctl.read("net.ipv4.tcp_reordering") == before)
    }

    @Test(arguments: [
      ("fcntl(3, F_SETOWN, 1) = 0", "argument 2 is none of"),
      ("fcntl(3, 4294967304, 1) = 0", "argument 2 is no int"), ("ioctl(3, 35073, [1]) = 0", "is none of"),
      ("setsockopt(3, SOL_TCP, TCP_CONGESTION, \"none-of-these\", 13) = 0", "none-of-these is not available"),
      ("setsockopt(3, SOL_TCP, TCP_CONGESTION, \"renown\", 6) = 0", "renown is not available"),
      ("setsockopt(3, SOL_TCP, TCP_CONGESTION, [120], 4) = 0", "x is not available"),
      ("setsockopt(3, SOL_TCP, 4294967309, \"none\", 4) = 0", "argument 3 is no int"),
      ("setsockopt(3, SOL_TCP, TCP_ULP, \"espintcp\", 8) = 0", "option TCP_ULP of SOL_TCP"),
      ("setsockopt(3, SOL_SOCKET, SO_ATTACH_FILTER, [0], 16) = 0", "option SO_ATTACH_FILTER"),
      ("setsockopt(3, SOL_IP, 64, [0], 4) = 0", "option 64 of SOL_IP"),
      ("getsockopt(3, SOL_IP, 64, [0], [84]) = 0", "option 64 of SOL_IP"),
      ("setsockopt(3, 263, 1, [0], 4) = 0", "option 1 of 263"),
      ("socket(17, SOCK_RAW, 0) = 4", "family 17"), ("socket(..., 5, IPPROTO_TCP) = 4", "type 5"),
      ("socket(..., 4294967297, IPPROTO_TCP) = 4", "argument 2 is no int"),
      ("socket(..., SOCK_STREAM, 132) = 4", "argument 3 is none of"),
      ("read(3, ..., -1) = 0", "of -1 octets"),
      ("readv(3, [{..., -1}], 1) = -1 EINVAL (x)", "of -1 octets"),
      ("close(4294967297) = -1 EBADF (x)", "argument 1 is no int"),
      ("close(9223372036854775807) = -1 EBADF (x)", "argument 1 is no int"),
      ("poll([{fd=4294967297, events=POLLIN, revents=0}], 1, 0) = 0", "fd is no int"),
      ("shutdown(3, 4294967296) = 0", "argument 2 is no int"),
    ]) func whatWouldActOutsideTheNamespaceIsNotDone(call: String, reason: String) throws {
      let text = "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 \(call)"
      guard case .undecided(.other(let said)) = try decision(text) else {
        Issue.record("\(call) was done")
        return
      }
      let name = try #require(call.split(separator: "(").first)
      #expect(said.hasPrefix("line 2: \(name): ") && said.contains(reason), "\(said)")
    }

    @Test(arguments: [
      "close(1) = -1 EBADF (x)", "close(2147483647) = -1 EBADF (x)", "close(-7) = -1 EBADF (x)",
      "poll([{fd=1, events=POLLOUT, revents=POLLNVAL}], 1, 0) = 1",
      "setsockopt(3, SOL_TCP, TCP_NODELAY, [1], -1) = -1 EINVAL (x)",
      "getsockopt(3, SOL_TCP, TCP_NODELAY, [0], [-1]) = -1 EINVAL (x)",
    ]) func theKernelAnswersWhatAScriptDoesWrong(call: String) throws {
      #expect(try decision("0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 \(call)") == .confirmed)
    }

    @Test(arguments: [
      ("SOCK_STREAM, IPPROTO_TCP) = 3\n+0 close(3) = 0", "there is no socket"),
      ("SOCK_DGRAM, IPPROTO_UDP) = 3", "line 2: read TCP_INFO: "),
    ]) func whatCannotBeAskedOfASocketLeavesItUndecided(made: String, reason: String) throws {
      let text = "0 socket(..., \(made)\n+0 %{ assert tcpi_state == TCP_CLOSE }%"
      guard case .undecided(.other(let said)) = try decision(text) else {
        Issue.record("no reason")
        return
      }
      #expect(said.hasPrefix(reason), "\(said)")
    }

    @Test func eachEndOfAPipeIsClosedThoughTheScriptNamesOne() throws {
      let pipes = 100
      let text = "0 pipe([5]) = 0\n" + String(repeating: "+0 pipe([5]) = 0\n", count: pipes - 1)
      let before = try openPipes()
      #expect(try decision(text) == .confirmed)
      // Other tests have some, too.
      #expect(try openPipes() < before + pipes / 2)
    }

    private func openPipes() throws -> Int {
      let folder = "/proc/self/fd"
      return try FileManager.default.contentsOfDirectory(atPath: folder).count { name in
        let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")
        return target?.hasPrefix("pipe:") ?? false
      }
    }

    @Test func theToleranceIsWaitedFor() throws {
      // Both take longer than the script says, and longer than is waited for beside the tolerance.
      let text = """
        --tolerance_usecs=4000000
        0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
        +0 setsockopt(3, SOL_SOCKET, SO_KEEPALIVE, [1], 4) = 0
        +0 setsockopt(3, SOL_TCP, TCP_KEEPIDLE, [3], 4) = 0
        +0 bind(3, ..., ...) = 0
        +0 listen(3, 1) = 0
        +0 < S 0:0(0) win 32792 <mss 1000>
        +0 > S. 0:0(0) ack 1 <mss 1460>
        +.01 < . 1:1(0) ack 1 win 257
        +0 accept(3, ..., ...) = 4
        +0...0.1 poll([{fd=4, events=POLLIN, revents=0}], 1, 3000) = 0
        +0 > . 0:0(0) ack 1
        """
      #expect(try decision(text) == .confirmed)
    }

    @Test func aDifferenceEndsTheRunThoughACallWaits() throws {
      let text = ScriptExamples.connect.replacing("> S 0:0(0) <mss 1460,", with: "> S 0:0(0) <mss 1461,")
      let script = ScriptExamples.script(text)
      let (runs, decision) = try ScriptRunner().run(script)
      guard case .contradicted(let run, let difference) = decision else {
        Issue.record("\(decision)")
        return
      }
      #expect(runs[run].steps.last?.event == difference.event)
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
