import Chance
import Kinds
import Linux
import TCP
import Testing

@Suite(.tags(.pure)) struct ProcRowTests {
  // /proc/net/tcp and /proc/net/tcp6 of Linux 6.18, x86-64.
  static let heading =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode"
  static let listen =
    "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 77482 1 "
    + "00000000ead5a1c5 100 0 0 10 0                     "
  static let established =
    "1955: 0100007F:1F90 0100007F:9C40 01 00000000:00000064 00:00000000 00000000     0        0 77484 1 "
    + "00000000049de70e 20 4 30 10 -1                    "
  static let timeWait =
    "1121: 00000000000000000000000001000000:9C40 00000000000000000000000001000000:1F91 06 00000000:00000000 "
    + "03:0000176E 00000000     0        0 0 3 00000000ae8b2af9"

  private func record(_ row: String) -> SocketRecord? { SocketRecord(procRow: Array(row.utf8)[...]) }

  @Test func aListenerIsRead() {
    let expected = SocketRecord(
      tuple: FourTuple(
        local: Endpoint(Address(127, 0, 0, 1), 8080), remote: Endpoint(Address(0, 0, 0, 0), 0)),
      state: .listen, inode: 77482)
    #expect(record(Self.listen) == expected)
  }

  @Test func unreadOctetsAreInTheReceiveQueue() {
    let expected = SocketRecord(
      tuple: FourTuple(
        local: Endpoint(Address(127, 0, 0, 1), 8080), remote: Endpoint(Address(127, 0, 0, 1), 40000)),
      state: .established, receiveQueue: 100, inode: 77484)
    #expect(record(Self.established) == expected)
  }

  @Test func aTimersTicksBecomeMilliseconds() {
    let expected = SocketRecord(
      tuple: FourTuple(local: Endpoint(.loopback(.ipv6), 40000), remote: Endpoint(.loopback(.ipv6), 8081)),
      state: .timeWait, timer: KernelTimer(kind: .timeWait, milliseconds: 59980, retries: 0))
    #expect(record(Self.timeWait) == expected)
  }

  @Test func retriesComeFromTheColumnOfTheirTimer() {
    // The golden row with other numbers: the kernel counts probes in `timeout`, retransmissions in `retrnsmt`.
    func row(_ timer: String) -> String {
      "   1: 0100007F:1F90 0100007F:9C40 01 00000001:00000000 \(timer):00000014 00000002     0        5 77484 2 0"
    }
    #expect(record(row("01"))?.timer == KernelTimer(kind: .retransmission, milliseconds: 200, retries: 2))
    #expect(record(row("04"))?.timer == KernelTimer(kind: .zeroWindowProbe, milliseconds: 200, retries: 5))
    #expect(record(row("00"))?.timer == nil)
  }

  @Test func theHeadingIsNoSocket() { #expect(record(Self.heading) == nil) }

  @Test func aRowCutBeforeItsInodeIsNoSocket() {
    for count in 0..<90 { #expect(record(String(Self.timeWait.prefix(count))) == nil) }
  }

  @Test func noRowTrapsTheReader() {
    var random = SplitMix64(seed: 2)
    for _ in 0..<5_000 {
      _ = SocketRecord(procRow: random.bytes(upTo: 200)[...])
      let row =
        [Self.heading, Self.listen, Self.established, Self.timeWait].randomElement(using: &random) ?? ""
      _ = SocketRecord(procRow: random.damaged(Array(row.utf8))[...])
    }
  }
}
