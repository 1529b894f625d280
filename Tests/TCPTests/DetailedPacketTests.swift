import Chance
import Kinds
import TCP
import Testing

/// Packets with everything in their headers that a script can name.
@Suite(.tags(.pure)) struct DetailedPacketTests {
  private func packet(_ family: Family) -> DetailedPacket {
    let addresses =
      family == .ipv4
      ? (Address(192, 0, 2, 1), Address(192, 168, 0, 1))
      : (Address.loopback(.ipv6), Address(groups: (0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)))
    return DetailedPacket(
      source: Endpoint(addresses.0, 80), destination: Endpoint(addresses.1, 8080), service: 0x2B, hopLimit: 7,
      flowLabel: family == .ipv4 ? 0 : 0xABCDE, flags: [.psh, .ack], hasAE: true, sequence: SequenceNumber(5),
      acknowledgment: SequenceNumber(9), window: 257, urgentPointer: 3,
      options: [.noOperation, .noOperation, .option(.timestamps(value: 1, echo: 2))], length: 11)
  }

  @Test(arguments: Family.allCases) func aPacketIsReadAsItWasWritten(family: Family) {
    let packet = packet(family)
    #expect(DetailedPacket(bytes: packet.bytes) == packet)
    // The plain reader reads it alike.
    #expect(Packet(bytes: packet.bytes)?.segment.length == 11)
  }

  @Test(arguments: 0..<20) func damagedPacketsAreReadWithoutATrap(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for family in Family.allCases {
      for _ in 0..<200 { _ = DetailedPacket(bytes: random.damaged(packet(family).bytes)) }
    }
  }

  @Test(arguments: [
    ([UInt8](arrayLiteral: 1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2), "nop,nop,TS val 1 ecr 2"),
    ([34, 4, 0xAB, 0xCD], "FO abcd"), ([254, 4, 0xF9, 0x89], "FOEXP"), ([0, 0], "eol,eol"),
    ([172, 8, 0, 0, 1, 0, 0, 2], "ECN e0b 1 ceb 2"), ([174, 5, 0, 1, 0], "ECN e1b 256"),
  ]) func optionsAreWrittenAsScriptsHaveThem(bytes: [UInt8], text: String) throws {
    let items = try #require(OptionItem.read(bytes[...]))
    #expect(items.map(\.description).joined(separator: ",") == text)
    #expect(items.flatMap(\.bytes) == bytes)
  }

  @Test(arguments: [[UInt8](arrayLiteral: 8), [8, 1], [8, 10, 0]]) func lengthsThatDoNotFitAreRefused(
    bytes: [UInt8]
  ) {
    #expect(OptionItem.read(bytes[...]) == nil)
  }
}
