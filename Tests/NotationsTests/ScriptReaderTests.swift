import Documents
import Kinds
import Notations
import TCP
import Testing

/// The reading of packetdrill scripts, and the messages about parts that cannot be read.
@Suite(.tags(.pure)) struct ScriptReaderTests {
  private func read(_ text: String, file: (String) -> String? = { _ in nil }) -> Script {
    Script(reading: text, name: "script.pkt", file: file)
  }

  private func event(_ text: String) throws -> Script.Event {
    let script = read(text)
    #expect(script.unread.isEmpty, "\(script.unread)")
    return try #require(script.events.last)
  }

  private func segment(_ text: String) throws -> ScriptSegment {
    switch try event(text).action {
    case .inbound(.segment(let segment)), .outbound(.segment(let segment)): return segment
    case let other:
      Issue.record("\(other)")
      return ScriptSegment(flags: [], start: 0)
    }
  }

  @Test(arguments: [
    ("+.1 > . 1:1(0)", ScriptTime.relative(.milliseconds(100))),
    ("0.25 > . 1:1(0)", .absolute(.milliseconds(250))), ("* > . 1:1(0)", .any),
    ("+1~+2.5 > . 1:1(0)", .relativeRange(.seconds(1), .milliseconds(2500))),
    (".01~.02 > . 1:1(0)", .absoluteRange(.milliseconds(10), .milliseconds(20))),
  ]) func timesAreRead(text: String, time: ScriptTime) throws {
    #expect(try event(text).time == time)
  }

  @Test func segmentsAreReadWithAllTheirParts() throws {
    let first = try segment(
      "+0 < [ect0] 80 > 8080 FPUE. 5:1005(1000) ack 7 win 257 urg 3 <nop,nop,TS val 1 ecr 2>")
    #expect(first.flags == [.fin, .psh, .urg, .ece, .ack])
    #expect((first.start, first.length, first.acknowledgment) == (5, 1000, 7))
    #expect(first.window == 257 && first.urgentPointer == 3)
    #expect(first.service == .congestion(2))
    #expect(first.ports == .init(source: 80, destination: 8080))
    #expect(first.options == [.noOperation, .noOperation, .option(.timestamps(value: 1, echo: 2))])
    #expect(try segment("+0 > S 0:0(0) <...>").options == nil)
    #expect(try segment("+0 > - 0:0(0)").flags == [])
    let counted = try segment("+0 > P.5 1:2(1) ack 1")
    #expect(counted.ace == 5 && counted.hasAE && counted.flags == [.psh, .ack, .ece])
  }

  @Test func optionsAreReadInTheirOrder() throws {
    let segment = try segment(
      "+0 < S 0:0(0) win 1 <mss 1000,sackOK,nop,wscale 7,nop,FO abcd1234,eol,eol,eol>")
    #expect(
      segment.options == [
        .option(.maximumSegmentSize(1000)), .option(.sackPermitted), .noOperation, .option(.windowScale(7)),
        .noOperation, .option(.fastOpen([0xAB, 0xCD, 0x12, 0x34])), .end, .end, .end,
      ])
    let blocks = try self.segment("+0 > . 1:1(0) ack 1 <nop,nop,sack 5:9 1:3>").options
    #expect(
      blocks == [
        .noOperation, .noOperation,
        .option(
          .sack([
            .init(left: SequenceNumber(5), right: SequenceNumber(9)),
            .init(left: SequenceNumber(1), right: SequenceNumber(3)),
          ])),
      ])
  }

  @Test func whatIsReadIsWrittenAsScriptsHaveIt() throws {
    for text in [
      "P. 1:1001(1000) ack 1 win 257 <nop,nop,TS val 1 ecr 2>", "S 0:0(0) <mss 1460,nop,nop,sackOK>",
      "R 1:1(0)", "F.3 1:1(0) ack 1", "- 0:0(0)", ". 1:1(0) ack 5 <...>",
      "S 0:5(5) <nop,nop,FOEXP,FO abcd,nop,nop>", ". 1:1(0) ack 1 <nop,ECN e0b 1 ceb 0 e1b 2>",
    ] { #expect("\(try segment("+0 > " + text))" == text) }
  }

  @Test func callsAreReadWithTheirArguments() throws {
    guard
      case .call(let call) = try event(
        "+0...0.1 recvmsg(4, {msg_name(...)=..., msg_iov(1)=[{..., 10}], msg_flags=MSG_TRUNC|MSG_EOR}, 0x40) = -1 EAGAIN (no)"
      ).action
    else {
      Issue.record("no call")
      return
    }
    #expect(call.name == "recvmsg" && call.error == "EAGAIN" && call.result == .integer(-1))
    #expect(call.end == .relative(.milliseconds(100)))
    #expect(call.arguments[1][field: "msg_flags"]?.number == 0x20 | 0x80)
    #expect(call.arguments[2] == .integer(64))
  }

  @Test func statementsAreReadAsNumbers() throws {
    let script = read(
      "+0 %{ n = 2; n += 3 # five\nassert 4 < n <= tcpi_snd_cwnd and not n == 6, 'n=%d' % n }%")
    guard case .code(let statements)? = script.events.first?.action else {
      Issue.record("\(script.unread)")
      return
    }
    #expect(statements.count == 3)
    guard case .assert(let expression) = statements[2] else {
      Issue.record("no assertion")
      return
    }
    #expect(expression.value { ["n": 5, "tcpi_snd_cwnd": 10][$0] } == 1)
    #expect(expression.value { ["n": 5, "tcpi_snd_cwnd": 4][$0] } == 0)
    #expect(expression.value { ["n": 5][$0] } == nil)
  }

  @Test func commandsAreReadWithoutAShell() {
    let defaults = "#!/bin/sh\nsysctl -q net.ipv4.tcp_rmem=\"4096 5 $((2*1024))\" > /dev/null 2>&1\n"
    let script = read(
      "`./defaults.sh\n../set_sysctls.py /proc/sys/net/ipv4/tcp_sack=0 \\\n /proc/sys/net/ipv4/tcp_frto=0x2`\n+0 `nstat | grep TcpExtA | grep -q \" 3 \"`\n`/tmp/sysctl_restore_${PPID}.sh`"
    ) { $0 == "./defaults.sh" ? defaults : nil }
    #expect(script.unread.isEmpty, "\(script.unread)")
    #expect(
      script.preparation == [
        .set("net.ipv4.tcp_rmem", "4096 5 2048", isKept: false), .set("net.ipv4.tcp_sack", "0", isKept: true),
        .set("net.ipv4.tcp_frto", "2", isKept: true),
      ])
    #expect(script.events.map(\.action) == [.shell([.counter("TcpExtA", 3), .resetCounters])])
  }

  @Test func theRouteToAWholeNetworkMayHaveItsACKsAtOnce() {
    let script = read("`ip route replace 192.0.2.0/24 dev tun0 quickack 1 rto_min 9s`\n+0 > . 1:1(0)")
    let network = Network(of: Address(192, 0, 2, 77), bits: 24)
    #expect(script.preparation == [.route(network, acksAtOnce: true, leastTimeout: .seconds(9))])
    #expect(network.address == Address(192, 0, 2, 0) && network == ScriptSettings().network)
  }

  @Test func aRowOfColonsIsNoAddress() throws {
    let colons = String(repeating: ":", count: 200_000)
    #expect(try #require(read("+0 > \(colons)").unread.first).line == 1)
    let settings = read("--remote_ip=1:2:3:4:5:6:7:8\n--local_ip=fd3d:0a0b:17d6::1\n+0 > . 1:1(0)").settings
    #expect(settings.remote == Address(groups: (1, 2, 3, 4, 5, 6, 7, 8)))
    #expect(settings.local == Address(groups: (0xfd3d, 0x0a0b, 0x17d6, 0, 0, 0, 0, 1)))
  }

  @Test func countersAreSetBackWhereNstatSetsThemBack() {
    func commands(_ text: String) -> [Script.Action] { read("+0 `\(text)`").events.map(\.action) }
    #expect(commands("nstat -n") == [.shell([.resetCounters])])
    #expect(commands("nstat -s") == [.shell([])])
    #expect(commands("nstat -s | grep TcpExtA") == [.shell([.counter("TcpExtA", nil)])])
  }

  @Test func theFamilyKeepsTheOptionsBeforeIt() {
    let options = [
      "--tolerance_percent=50", "--bind_port=99", "--connect_port=98", "--remote_ip=::9", "--mss=1000",
      "--gateway_ip=::8", "--local_ip=::7", "--mtu=1400", "--tcp_ts_tick_usecs=1000", "--strict_segments",
      "--tcp_ts_ecr_scaled", "--tolerance_usecs=7",
    ]
    func settings(_ lines: [String]) -> ScriptSettings {
      read((lines + ["+0 > . 1:1(0) ack 1"]).joined(separator: "\n")).settings
    }
    let before = settings(["--ip_version=ipv6"] + options)
    #expect(settings(options + ["--ip_version=ipv6"]) == before)
    #expect(before.bindPort == 99 && before.tolerancePart == 0.5 && before.mtu == 1400)
  }

  @Test func theHeadOfAScriptIsRead() {
    let script = read("--ip_version=ipv6\n--mss=1000\n--tolerance_usecs=7000\n+0 > . 1:1(0) ack 1")
    #expect(script.unread.isEmpty)
    #expect(script.settings.family == .ipv6 && script.settings.segmentSize == 1000)
    #expect(script.settings.tolerance == .milliseconds(7))
  }

  /// Each with the line and what must be said.
  private static let malformed: [(text: String, line: Int, expected: String)] = [
    ("+0 > P. 1:5(3) ack 1", 1, "a length of 4"),
    ("+0 > Q. 1:1(0)", 1, "the flags of a segment"),
    ("+0 < S 0:0(0) <mss 1460>", 1, "win and the window"),
    ("+0 < S 0:0(0) win 5 <mss 70000>", 1, "a segment size from 0 to 65535"),
    ("\n+0 > S 0:0(0) <mss 1460,nop>", 2, "options of 4, 8, ... 40 octets: these have 5"),
    ("+0 > S 0:0(0) <FO abc,nop,nop,nop>", 1, "an even number of hexadecimal digits"),
    ("+0 > . 1:1(0) ack 1 <nop,nop,sack 1>", 1, ": and the right edge"),
    ("+0 frobnicate(3) = 0", 1, "one of the calls that are known"),
    ("+0 close(3, 4) = 0", 1, "1 argument"),
    ("+0 fcntl(3) = 0", 1, "2 or 3 arguments"),
    ("+0 close(3)", 1, "= and the result of close"),
    ("+0 setsockopt(3, SOL_TCP, TCP_NOTHING, [1], 4) = 0", 1, "a constant of the kernel"),
    ("+0 read(3, ..., 5) = -1 ENOTHING", 1, "the symbol of an error"),
    ("* close(3) = 0", 1, "one time: only what the kernel sends has others"),
    ("+.2~+.1 > . 1:1(0)", 1, "a range of times that ends after its beginning"),
    ("+-0.5 > . 1:1(0)", 1, "a time that is not less than zero"),
    ("+0 %{ import os }%", 1, "= after import: an assertion, an assignment or print"),
    ("+0 %{ assert tcpi_nothing == 1 }%", 1, "a field of TCP_INFO"),
    ("+0 %{ assert n == 1 }%", 1, "a name that was assigned before"),
    ("+0 %{ assert tcpi_rtt == }%", 1, "a number, a field of TCP_INFO or a name"),
    ("+0 %{ assert 1", 1, "}% after the code"),
    ("+0 `rm -rf /`", 1, "other commands are not executed"),
    ("+0 `sysctl -q kernel.panic=1`", 1, "other commands are not executed"),
    ("+0 `sysctl -q net.ipv4.tcp_sack=1 > /etc/passwd`", 1, "output that goes to /dev/null"),
    ("+0 `echo $(id)`", 1, "words, quotes"),
    ("+0 `ip route replace 192.0.2.1/24 dev tun0 quickack 1`", 1, "other commands are not executed"),
    ("+0 `ip route replace 192.0.2.0/24 dev tun0 rto_min 1h`", 1, "other commands are not executed"),
    ("+0 `ip route replace 192.0.2.0/24 dev eth0 quickack 1`", 1, "other commands are not executed"),
    ("`./defaults.sh`\n+0 > . 1:1(0)", 1, "this file beside the script"),
    ("--nothing=1\n+0 > . 1:1(0)", 1, "an option that is known"),
    ("+0 < icmp unreachable nowhere [1:1(0)]", 1, "a code of ICMP errors"),
    ("99999999999999999999 > . 1:1(0)", 1, "a smaller number"),
    ("// nothing", 1, "an event: a time, and a call or a segment"),
  ]

  @Test(arguments: malformed.indices) func whatCannotBeReadIsNamedWithItsLine(index: Int) throws {
    let (text, line, expected) = Self.malformed[index]
    let unread = try #require(read(text).unread.first, "\(text) was read")
    #expect(unread.line == line)
    #expect(unread.description.contains(expected), "\(unread.description)")
  }

  @Test func readingGoesOnBehindWhatWasNotRead() {
    let script = read("+0 frobnicate() = 0\n+0 > . 1:1(0)\n+0 > Q 1:1(0)\n+0 close(3) = 0")
    #expect(script.unread.map(\.line) == [1, 3])
    #expect(script.events.map(\.line) == [2, 4])
  }

  @Test func aScriptIsToldFromAPage() {
    #expect(Script.isOne("// a script\n    0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n"))
    #expect(!Script.isOne("| client | server |\n| --- | --- |\n| SYN | |\n"))
    #expect(!Script.isOne("1. socket() is called."))
  }
}
