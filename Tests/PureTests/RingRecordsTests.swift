import Chance
import Kinds
import Linux
import TCP
import Testing

@Suite(.tags(.pure)) struct RingRecordsTests {
  // From the ring of sock:inet_sock_set_state on Linux 6.18, x86-64: a client leaves CLOSED for [::1]:37265, and
  // a child of 127.0.0.1:60011 comes into being.
  static let stateChanges = octets(
    """
    09000000 0100 7000 6d3e0000 713e0000 b96700cef7010000 00000000 00000000 4c000000
    ef08 00 01 713e0000 803aca048188ffff 07000000 02000000 0000 9191 0a00 0600 00000000 00000000
    00000000000000000000000000000001 00000000000000000000000000000001 00000000
    09000000 0100 7000 6d3e0000 713e0000 b2420bcef7010000 00000000 00000000 4c000000
    ef08 10 03 713e0000 c0e5b01b8188ffff 0a000000 03000000 6bea 2e92 0200 0600 7f000001 7f000001
    00000000000000000000ffff7f000001 00000000000000000000ffff7f000001 00000000
    """)

  // From the ring of timer:timer_start on the same machine: the timer of a SYN, HZ = 250.
  static let timerStart = octets(
    """
    09000000 0100 6000 6d3e0000 713e0000 f80309d4f7010000 01000000 00000000 3c000000
    d201 01 02 713e0000 90325a048188ffff e0d10282ffffffff ec1c070001000000 f01c070001000000 f21b070001000000
    01008017 00000000 00000000
    """)

  // PERF_RECORD_LOST as <linux/perf_event.h> describes it: identifier, count.
  static let lost = octets("02000000 0000 1800 0100000000000000 0500000000000000")

  @Test func aStateChangeIsRead() throws {
    let format = TracepointFormat(TracepointFormatTests.stateChange)
    let samples = RingRecords(Self.stateChanges[...]).samples
    let changes = samples.compactMap { StateChange($0, format: format) }
    try #require(changes.count == 2)
    #expect(changes[0].old == .closed && changes[0].new == .synSent)
    #expect(changes[0].tuple.local == Endpoint(.loopback(.ipv6), 0))
    #expect(changes[0].tuple.remote == Endpoint(.loopback(.ipv6), 37265))
    #expect(changes[0].time == 2_163_824_682_937 && changes[0].tid == 15985)
    #expect(changes[1].old == .listen && changes[1].new == .synReceived)
    #expect(changes[1].tuple.local == Endpoint(Address(127, 0, 0, 1), 60011))
    #expect(changes[1].tuple.remote == Endpoint(Address(127, 0, 0, 1), 37422))
    #expect(changes[1].socket == 0xFFFF_8881_1BB0_E5C0)
  }

  @Test func fieldsMayStandElsewhere() throws {
    // Before Linux 5.6 the protocol had one octet, and the addresses behind it were not aligned.
    let format = TracepointFormat(
      TracepointFormatTests.stateChange
        .replacing("__u16 protocol;\toffset:30;\tsize:2", with: "__u8 protocol;\toffset:30;\tsize:1")
        .replacing("offset:32", with: "offset:31").replacing("offset:36", with: "offset:35"))
    var sample = try #require(RingRecords(Self.stateChanges[...]).samples.last)
    sample.raw.remove(at: 31)
    let change = try #require(StateChange(sample, format: format))
    #expect(change.tuple.remote == Endpoint(Address(127, 0, 0, 1), 37422))
  }

  @Test func whatIsNotTCPIsNoStateChange() throws {
    let format = TracepointFormat(TracepointFormatTests.stateChange)
    var sample = try #require(RingRecords(Self.stateChanges[...]).samples.first)
    // IPPROTO_SCTP.
    sample.raw[30] = 132
    #expect(StateChange(sample, format: format) == nil)
  }

  @Test func aTimersStartIsRead() throws {
    let format = TracepointFormat(TracepointFormatTests.timerStart)
    let addresses = TimerAddresses([0xFFFF_FFFF_8202_D1E0: .write])
    let sample = try #require(RingRecords(Self.timerStart[...]).samples.first)
    let start = try #require(TimerStart(sample, format: format, addresses: addresses))
    #expect(start.function == .write)
    #expect(start.jiffies == 250)
    #expect(start.timer == 0xFFFF_8881_045A_3290)
    #expect(TimerStart(sample, format: format, addresses: TimerAddresses([:])) == nil)
  }

  @Test func aTimerLiesInOneOfTwoNeighbours() throws {
    let format = TracepointFormat(TracepointFormatTests.timerStart)
    let addresses = TimerAddresses([0xFFFF_FFFF_8202_D1E0: .write])
    let sample = try #require(RingRecords(Self.timerStart[...]).samples.first)
    let start = try #require(TimerStart(sample, format: format, addresses: addresses))
    // On Linux 6.18 the timer stands 1104 octets behind its socket, and IPv4 sockets stand 2368 octets apart (slabinfo).
    let socket = start.timer - 1104
    #expect(start.lies(inSocket: socket))
    #expect(!start.lies(inSocket: socket - 2368) && !start.lies(inSocket: socket + 2368))
  }

  @Test func recordsOfLossAreAddedUp() {
    let records = RingRecords((Self.lost + Self.timerStart + Self.lost)[...])
    #expect(records.lost == 10 && records.samples.count == 1)
  }

  @Test func symbolsAreFoundInWholeWords() {
    // Three lines of /proc/kallsyms of the same kernel, and one that only begins alike.
    let lines = """
      ffffffff82006870 t tw_timer_handler
      ffffffff8202c2e0 t tcp_delack_timer
      ffffffff8202d1e0 t tcp_write_timer
      ffffffff8202d1f0 t tcp_keepalive_timer_other

      """
    let addresses = TimerAddresses.read(Array(lines.utf8)[...])
    #expect(addresses[0xFFFF_FFFF_8202_D1E0] == .write)
    #expect(addresses[0xFFFF_FFFF_8200_6870] == .timeWait)
    #expect(addresses[0xFFFF_FFFF_8202_D1F0] == nil)
    #expect(addresses.filter?.components(" || ") == 3)
  }

  @Test func noRingTrapsTheReader() {
    var random = SplitMix64(seed: 4)
    let states = TracepointFormat(TracepointFormatTests.stateChange)
    let timers = TracepointFormat(TracepointFormatTests.timerStart)
    let addresses = TimerAddresses([0xFFFF_FFFF_8202_D1E0: .write])
    for _ in 0..<2_000 {
      let golden = Self.stateChanges + Self.lost + Self.timerStart
      for bytes in [random.damaged(golden), random.bytes(upTo: 300)] {
        for sample in RingRecords(bytes[...]).samples {
          _ = StateChange(sample, format: states)
          _ = TimerStart(sample, format: timers, addresses: addresses)
        }
        _ = TimerAddresses.read(bytes[...])
      }
    }
  }
}

extension String {
  /// How many parts this separator makes of the text.
  fileprivate func components(_ separator: String) -> Int { split(separator: separator).count }
}
