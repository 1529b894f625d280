import Kinds
import Linux
import Testing

/// Two readings of the files that the kernel keeps its counters in.
@Suite(.tags(.kernel), .onItsOwnThread) struct CounterReadingTests {
  private func reading(_ tcp: String, _ extended: String, six: String = "") -> CounterReading {
    CounterReading(groups: [Array(tcp.utf8), Array(extended.utf8)], lines: Array(six.utf8))
  }

  @Test func onlyWhatMovedIsTold() {
    let before = reading(
      "Ip: Forwarding InReceives\nIp: 1 10\nTcp: MaxConn ActiveOpens CurrEstab\nTcp: -1 5 3\n",
      "TcpExt: TCPTimeouts TCPLossProbes\nTcpExt: 7 8\n", six: "Ip6InReceives   \t20\nIcmp6InMsgs \t4\n")
    let after = reading(
      "Ip: Forwarding InReceives\nIp: 1 12\nTcp: MaxConn ActiveOpens CurrEstab\nTcp: -1 6 1\n",
      "TcpExt: TCPTimeouts TCPLossProbes\nTcpExt: 7 8\n", six: "Ip6InReceives   \t20\nIcmp6InMsgs \t5\n")
    #expect(
      after.moved(since: before) == [
        "Ip.InReceives": 2, "Tcp.ActiveOpens": 1, "Tcp.CurrEstab": -2, "Icmp6.InMsgs": 1,
      ])
    #expect(after.moved(since: after).isEmpty)
  }

  /// Whoever reads while names differ, as no kernel does, is told nothing false.
  @Test func whatDoesNotPairIsLeftOut() {
    let before = reading("Tcp: A B\nTcp: 1 2\n", "")
    #expect(reading("Tcp: A C\nTcp: 1 3\n", "").moved(since: before).isEmpty)
    #expect(reading("Tcp: A B\nTcp: 1\n", "").moved(since: before).isEmpty)
    #expect(reading("Tcp: A B\nTcp: 1 x\n", "").moved(since: before).isEmpty)
    #expect(reading("Tcp: A B\n", "").moved(since: before).isEmpty)
  }

  @Test func theKernelCountsAConnection() throws {
    let before = try CounterReading.now()
    _ = try TestConnection()
    let moved = try CounterReading.now().moved(since: before)
    #expect(moved["Tcp.ActiveOpens"] ?? 0 >= 1)
    #expect(moved["Tcp.PassiveOpens"] ?? 0 >= 1)
  }
}
