import Chance
import Kinds
import Linux
import SystemPackage
import TCP
import Testing

@Suite(.tags(.kernel), .onItsOwnThread) struct NetlinkTests {
  // Captured on Linux 6.18, x86-64: SOCK_DIAG_BY_FAMILY of 127.0.0.1:8080 with its peer 127.0.0.1:40000, which
  // had sent 100 octets. Request 7.
  static let established = octets(
    """
    98010000 1400 0000 07000000 ed3a0000 02 01 00 00 1f90 9c40
    7f000001 00000000 00000000 00000000 7f000001 00000000 00000000 00000000
    00000000 b33e0000 00000000 00000000 64000000 00000000 00000000 ac2e0100
    0500 0800 00000000 0800 0f00 00000000 0c00 1500 0100000000000000 0600 1600 5200 0000 1c01 0200
    010000000007aa01400d0300409c000000800000180200000000000000000000000000000000000000000000000000000000
    00000000000000000000ffff0000cbff00000e00000007000000ffffff7f0a000000cbff00000300000000000000cbff0000
    000000002336f5920f000000ffffffffffffffff000000000000000064000000000000000100000003000000000000000e00
    0000010000000000000000000000000000000000000000000000000000000000000000000000000000000100000000000000
    0000000000000000000000000000000000000000000000000000000000000100000001000000000000000000000000000000
    000000000000000000000000000000000000000000000000000000000000
    """)

  // The same machine and the same question of [::1]:40000 and [::1]:8081, after both had closed.
  static let timeWait = octets(
    """
    60000000 1400 0000 07000000 ed3a0000 0a 06 03 00 9c40 1f91
    00000000 00000000 00000000 00000001 00000000 00000000 00000000 00000001
    00000000 b93e0000 00000000 58ea0000 00000000 00000000 00000000 00000000
    0800 0f00 00000000
    """)

  // The same, of ports that nobody has: NLMSG_ERROR with -ENOENT, and the request.
  static let nothing = octets(
    """
    5c000000 0200 0000 07000000 ed3a0000 feffffff
    48000000 1400 0100 07000000 00000000 0206 0200 ff0f0000 0001 0002
    7f000001 00000000 00000000 00000000 7f000001 00000000 00000000 00000000 00000000 ffffffff ffffffff
    """)

  private func answer(_ datagram: [UInt8], isDump: Bool = false, wasCut: Bool = false) -> DiagnosisAnswer {
    var answer = DiagnosisAnswer(to: 7, isDump: isDump)
    answer.take(datagram[...], wasCut: wasCut)
    return answer
  }

  @Test func anEstablishedSocketIsRead() throws {
    let answer = answer(Self.established)
    #expect(answer.isComplete && answer.failure == nil)
    let seen = try #require(answer.sightings.first)
    #expect(
      seen.record
        == SocketRecord(
          tuple: FourTuple(
            local: Endpoint(Address(127, 0, 0, 1), 8080), remote: Endpoint(Address(127, 0, 0, 1), 40000)),
          state: .established, receiveQueue: 100, inode: 77484))
    #expect(seen.info?.bytes.count == 280)
    #expect(seen.info?[.bytesReceived] == 100)
    #expect(seen.info?[.sndMss] == 32768)
  }

  @Test func aMinisocketInTimeWaitIsRead() throws {
    let seen = try #require(answer(Self.timeWait).sightings.first)
    #expect(seen.record.state == .timeWait)
    #expect(seen.record.timer == KernelTimer(kind: .timeWait, milliseconds: 59992, retries: 0))
    #expect(seen.record.tuple.local == Endpoint(.loopback(.ipv6), 40000))
    #expect(seen.info == nil)
  }

  @Test func aRefusalIsTheAnswersFailure() {
    let answer = answer(Self.nothing)
    #expect(answer.isComplete && answer.sightings.isEmpty)
    #expect(answer.failure == .noSuchFileOrDirectory)
  }

  @Test func anIPv4PeerOfAnIPv6SocketIsGivenAsIPv4() throws {
    // The golden record with both addresses made IPv4-mapped.
    var bytes = Self.timeWait
    for start in [24, 40] {
      bytes.replaceSubrange(start + 10..<start + 16, with: [0xFF, 0xFF, 127, 0, 0, 1])
    }
    let seen = try #require(answer(bytes).sightings.first)
    #expect(seen.record.tuple.local == Endpoint(Address(127, 0, 0, 1), 40000))
  }

  @Test func aDumpGoesOnUntilItsEnd() {
    // NLMSG_DONE with 0, as a dump of any kernel ends.
    let done = octets("14000000 0300 0200 07000000 00000000 00000000")
    #expect(!answer(Self.established, isDump: true).isComplete)
    let whole = answer(Self.established + Self.timeWait + done, isDump: true)
    #expect(whole.isComplete && whole.failure == nil && whole.sightings.count == 2)
  }

  @Test func aDumpThatIsNotWholeIsAFailure() {
    // NLM_F_DUMP_INTR on the last message.
    let interrupted = octets("14000000 0300 1200 07000000 00000000 00000000")
    #expect(answer(Self.established + interrupted, isDump: true).failure == .interrupted)
    #expect(answer(Self.established, isDump: true, wasCut: true).failure == .messageTooLong)
  }

  @Test func anAnswerToAnotherRequestIsPassedOver() {
    var late = DiagnosisAnswer(to: 8, isDump: false)
    late.take(Self.established[...])
    #expect(!late.isComplete && late.sightings.isEmpty)
  }

  @Test func everyCutOfAnAnswerIsRefused() {
    for count in 1..<Self.established.count {
      let cut = answer(Array(Self.established.prefix(count)))
      #expect(cut.failure == .badMessage && cut.sightings.isEmpty && cut.isComplete)
    }
  }

  @Test func noOctetsTrapTheReader() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<3_000 {
      _ = answer(random.bytes(upTo: 200), isDump: Bool.random(using: &random))
      let golden = [Self.established, Self.timeWait, Self.nothing].randomElement(using: &random) ?? []
      _ = answer(random.damaged(golden + Self.timeWait))
      _ = Sighting(diagnosis: random.damaged(golden).dropFirst(16))
    }
  }
}
