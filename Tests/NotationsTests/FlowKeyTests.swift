import TCP
import Testing

@testable import Notations

/// The two ends of a packet as the key of a table.
@Suite(.tags(.pure)) struct FlowKeyTests {
  /// Whoever writes a capture chooses its addresses.
  @Test func addressesWhoseHalvesCancelEachOtherHaveHashesOfTheirOwn() {
    let keys = (0..<64 as Range<UInt128>).map {
      FlowKey(low: $0 << 64 | $0, high: 7 << 64 | $0 ^ 5, ports: 80)
    }
    #expect(Set(keys.map(\.hashValue)).count == keys.count)
  }

  @Test func anEndHasTheAddressOfItsFamily() {
    let four = FlowKey(low: 0xC000_0201, high: 0xC000_0202, ports: 4 << 32 | 40000 << 16 | 80)
    #expect(four.endpoint(isHigh: false) == Endpoint(Address(192, 0, 2, 1), 40000))
    #expect(four.endpoint(isHigh: true) == Endpoint(Address(192, 0, 2, 2), 80))
    let six = FlowKey(low: 1, high: 0x2001_0DB8 << 96 | 2, ports: 6 << 32 | 40000 << 16 | 80)
    #expect(six.endpoint(isHigh: false) == Endpoint(Address(groups: (0, 0, 0, 0, 0, 0, 0, 1)), 40000))
    #expect(six.endpoint(isHigh: true) == Endpoint(Address(groups: (0x2001, 0xDB8, 0, 0, 0, 0, 0, 2)), 80))
  }
}
