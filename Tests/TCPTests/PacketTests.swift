import Chance
import Kinds
import TCP
import Testing

@Suite(.tags(.pure)) struct PacketTests {
  // Captured with a packet socket on the loopback of Linux 6.18: the SYN of a connection over IPv4, and a segment
  // with ten octets over IPv6. The checksum of TCP is not whole there, for the packets never leave the machine.
  static let syn = octets(
    """
    4500003c ba514000 40068268 7f000001 7f000001
    e436c739 ffa74f45 00000000 a002ffd7 fe300000 0204ffd7 0402 080ac197536100000000 01 03030a
    """)
  static let data = octets(
    """
    60044d42 002a0640 00000000000000000000000000000001 00000000000000000000000000000001
    8a58e415 5419c5ae 83188c25 80180040 00320000 0101 080af23bdcc84a75cda7 61616161616161616161
    """)

  @Test func aSynIsRead() throws {
    let packet = try #require(Packet(bytes: Self.syn))
    #expect(packet.source == Endpoint(Address(127, 0, 0, 1), 58422))
    #expect(packet.destination == Endpoint(Address(127, 0, 0, 1), 51001))
    #expect(packet.segment.flags == .syn)
    #expect(packet.segment.sequence == SequenceNumber(4_289_154_885))
    #expect(packet.segment.acknowledged == nil)
    #expect(packet.segment.window == 65495)
    #expect(
      packet.segment.options == [
        .maximumSegmentSize(65495), .sackPermitted, .timestamps(value: 3_247_919_969, echo: 0),
        .windowScale(10),
      ])
    #expect(packet.segment.sequenceLength == 1)
  }

  @Test func dataOverIPv6IsRead() throws {
    let packet = try #require(Packet(bytes: Self.data))
    #expect(packet.source == Endpoint(.loopback(.ipv6), 35416))
    #expect(packet.segment.flags == [.psh, .ack])
    #expect(packet.segment.length == 10)
    #expect(packet.payload == Array(repeating: UInt8(ascii: "a"), count: 10))
    #expect(packet.segment.options == [.timestamps(value: 4_064_009_416, echo: 1_249_234_343)])
  }

  @Test func octetsBehindAPacketArePadding() {
    #expect(Packet(bytes: Self.data + [0, 0, 0]) == Packet(bytes: Self.data))
  }

  @Test(arguments: [syn, data])
  func whatIsWrittenIsReadBack(bytes: [UInt8]) throws {
    let packet = try #require(Packet(bytes: bytes))
    #expect(Packet(bytes: packet.bytes) == packet)
  }

  @Test(arguments: [syn, data])
  func checksumsAreRight(bytes: [UInt8]) throws {
    let written = try #require(Packet(bytes: bytes)).bytes
    let isIPv4 = written[0] >> 4 == 4
    let header = isIPv4 ? 20 : 40
    // RFC 1071: the sum over what a right checksum covers, itself included, has all bits set.
    if isIPv4 { #expect(sum(written[..<20]) == 0xFFFF) }
    let addresses = written[(isIPv4 ? 12 : 8)..<header]
    let length = written.count - header
    let pseudo = Array(addresses) + [0, 0, UInt8(length >> 8), UInt8(length & 0xFF), 0, 0, 0, 6]
    #expect(sum((pseudo + written[header...])[...]) == 0xFFFF)
  }

  @Test(arguments: [syn, data])
  func everyCutOfAPacketIsRefused(bytes: [UInt8]) {
    for count in 0..<bytes.count { #expect(Packet(bytes: Array(bytes.prefix(count))) == nil) }
  }

  @Test func aFragmentIsRefused() {
    var bytes = Self.syn
    bytes[6] = 0x20
    #expect(Packet(bytes: bytes) == nil)
  }

  @Test func anOptionWhoseLengthIsWrongIsKept() throws {
    var bytes = Self.syn
    // The window scale option's kind becomes that of a maximum segment size, which has two octets.
    bytes[57] = 2
    #expect(try #require(Packet(bytes: bytes)).segment.options.last == .other(kind: 2, body: [10]))
  }

  @Test func anOptionThatRunsOutOfItsHeaderIsRefused() {
    var bytes = Self.syn
    bytes[58] = 4
    #expect(Packet(bytes: bytes) == nil)
    bytes[58] = 0
    #expect(Packet(bytes: bytes) == nil)
  }

  @Test func aMarkOfCongestionChangesTheIPHeaderOnly() throws {
    for golden in [Self.syn, Self.data] {
      let packet = try #require(Packet(bytes: golden))
      let (plain, marked) = (packet.bytes, packet.markedBytes)
      #expect(Packet(bytes: marked) == packet)
      if marked[0] >> 4 == 4 {
        #expect(marked[1] == 3)
        #expect(sum(marked[..<20]) == 0xFFFF)
        #expect(marked[20...] == plain[20...])
      } else {
        #expect(marked[1] >> 4 == 3)
        #expect(marked[2...] == plain[2...])
      }
    }
  }

  @Test func noOctetsTrapTheReaderAndWhatItReadsIsWrittenAlike() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<5_000 {
      let golden = [Self.syn, Self.data].randomElement(using: &random) ?? []
      for bytes in [random.damaged(golden), [0x45] + random.bytes(upTo: 80), [0x60] + random.bytes(upTo: 80)]
      {
        guard let packet = Packet(bytes: bytes) else { continue }
        #expect(Packet(bytes: packet.bytes) == packet)
      }
    }
  }

  /// Sixteen bits at a time, carries added back (RFC 1071), written without the module's own code.
  private func sum(_ bytes: ArraySlice<UInt8>) -> Int {
    var total = 0
    for (offset, byte) in bytes.enumerated() {
      total += offset.isMultiple(of: 2) ? Int(byte) << 8 : Int(byte)
    }
    while total > 0xFFFF { total = (total & 0xFFFF) + total >> 16 }
    return total
  }
}
