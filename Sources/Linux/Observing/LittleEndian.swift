/// Numbers in octets that the kernel wrote, without trust in how many it wrote.
extension ArraySlice<UInt8> {
  /// The number that stands `offset` octets after the slice's start in little-endian order, which is that of
  /// x86-64 and aarch64; nil where the slice ends before it.
  func number<Number: FixedWidthInteger>(_ type: Number.Type = Number.self, at offset: Int) -> Number? {
    let width = Number.bitWidth / 8
    guard offset >= 0, offset <= count - width else { return nil }
    var value: UInt64 = 0
    for index in (0..<width).reversed() { value = value << 8 | UInt64(self[startIndex + offset + index]) }
    return Number(truncatingIfNeeded: value)
  }

  /// The port that stands there in network order.
  func port(at offset: Int) -> UInt16? { number(UInt16.self, at: offset)?.byteSwapped }

  /// `count` octets from `offset` on; nil where the slice ends before them.
  func part(at offset: Int, count wanted: Int) -> ArraySlice<UInt8>? {
    guard offset >= 0, wanted >= 0, offset <= count, wanted <= count - offset else { return nil }
    return self[startIndex + offset..<startIndex + offset + wanted]
  }
}
