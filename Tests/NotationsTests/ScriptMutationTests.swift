import Chance
import Documents
import Kinds
import Notations
import Testing

/// Scripts with random changes: reading them never traps, and whatever was not read has a line of the file.
@Suite(.tags(.pure)) struct ScriptMutationTests {
  private static let parts = [
    "--mss=1000", "`sysctl -q net.ipv4.tcp_sack=$((2*3)) > /dev/null 2>&1`", "+0 `nstat | grep TcpExtA`",
    "0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3", "+.1...0.2 connect(3, ..., ...) = -1 EINPROGRESS (x)",
    "+0 < S. 0:0(0) ack 1 win 5 <mss 1000,sackOK,TS val 1 ecr 2,nop,wscale 7>", "* > F. 1:9(8) ack 2 <...>",
    "+.1~+.2 > P.3 1:9(8) ack 2 win 9 <nop,nop,sack 1:3 5:7>", "+0 < [ect1] icmp unreachable [1:1(0)]",
    "+0 poll([{fd=3, events=POLLIN|0x4, revents=...}], 1, 0) = 1", "/* a\ncomment */", "// more",
    "+0 setsockopt(3, SOL_TCP, TCP_FASTOPEN_KEY, \"\\x1f\\n\" \"a\", 2) = 0",
    "+0 %{ n = (1 + 2) * 3; assert n <= tcpi_rtt < 5 or not n, 'x' }%",
  ]

  @Test(arguments: 0..<40) func aDamagedScriptIsReadWithoutATrap(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<50 {
      let lines = (0..<8).map { _ in random.one(of: Self.parts) }
      let octets = random.damaged(Array(lines.joined(separator: "\n").utf8))
      let text = String(decoding: octets, as: UTF8.self)
      let script = Script(reading: text, name: "damaged.pkt")
      let last = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
      #expect(script.unread.allSatisfy { 1...last ~= $0.line && !($0.note ?? "").isEmpty }, "\(text)")
      #expect(script.events.allSatisfy { 1...last ~= $0.line })
    }
  }

  @Test func everyPartIsRead() {
    for part in Self.parts where !part.hasPrefix("/") {
      let script = Script(reading: part + "\n+0 > . 1:1(0)", name: "part.pkt")
      #expect(script.unread.isEmpty == !part.contains("[ect1] icmp"), "\(part): \(script.unread)")
    }
  }
}
