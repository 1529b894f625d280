import Kinds
import TCP
import Testing

@Suite(.tags(.pure)) struct ICMPTests {
  private let packet: [UInt8] = Array(0..<28)

  /// Header, then message: RFC 792, RFC 4443.
  @Test func anErrorQuotesThePacketBehindItsHeader() {
    let bytes = ICMP.portUnreachable.bytes(
      about: packet, from: Address(192, 0, 2, 1), to: Address(192, 0, 2, 2))
    #expect(bytes[9] == 1 && Array(bytes[20..<22]) == [3, 3] && Array(bytes[28...]) == packet)
    let six = ICMP.portUnreachable.bytes(
      about: packet, from: .loopback(.ipv6), to: .loopback(.ipv6))
    #expect(six[6] == 58 && Array(six[40..<42]) == [1, 4] && Array(six[48...]) == packet)
  }

  @Test func whereAPacketIsTooBigTheErrorSaysHowBigItMayBe() {
    let four = ICMP.fragmentationNeeded.bytes(
      about: packet, from: Address(192, 0, 2, 1), to: Address(192, 0, 2, 2))
    #expect(Array(four[20..<22]) == [3, 4] && Array(four[24..<28]) == [0, 0, 0x03, 0xE8])
    let six = ICMP.fragmentationNeeded.bytes(about: packet, from: .loopback(.ipv6), to: .loopback(.ipv6))
    #expect(Array(six[40..<42]) == [2, 0] && Array(six[44..<48]) == [0, 0, 0x05, 0x00])
  }

  /// What a checksum is about sums to all ones with it (RFC 1071).
  @Test(arguments: ICMP.allCases) func checksumsAreRight(error: ICMP) {
    func sum(_ bytes: some Sequence<UInt8>) -> UInt32 {
      var sum: UInt32 = 0
      for (index, byte) in bytes.enumerated() { sum += index % 2 == 0 ? UInt32(byte) << 8 : UInt32(byte) }
      while sum > 0xFFFF { sum = (sum & 0xFFFF) + (sum >> 16) }
      return sum
    }
    let four = error.bytes(about: packet, from: Address(192, 0, 2, 1), to: Address(192, 0, 2, 2))
    #expect(sum(four[..<20]) == 0xFFFF && sum(four[20...]) == 0xFFFF)
    let six = error.bytes(about: packet, from: .loopback(.ipv6), to: .loopback(.ipv6))
    let length = six.count - 40
    #expect(sum(Array(six[8..<40]) + [0, 0, 0, UInt8(length), 0, 0, 0, 58] + Array(six[40...])) == 0xFFFF)
  }
}
