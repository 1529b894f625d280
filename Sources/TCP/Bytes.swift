/// Numbers in network order.

extension FixedWidthInteger where Self: UnsignedInteger {
  /// The number that stands at `offset`, most significant octet first. The octets must be there.
  init(bigEndian bytes: some RandomAccessCollection<UInt8>, at offset: Int) {
    let first = bytes.index(bytes.startIndex, offsetBy: offset)
    let last = bytes.index(first, offsetBy: Self.bitWidth / 8)
    self = bytes[first..<last].reduce(0) { $0 << 8 | Self($1) }
  }

  var bigEndianBytes: [UInt8] {
    stride(from: Self.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> Self($0)) }
  }
}

/// The Internet checksum over these octets (RFC 1071), before the final complement.
func onesComplementSum(_ bytes: some Collection<UInt8>) -> UInt32 {
  var sum: UInt32 = 0
  var high = true
  for byte in bytes {
    sum += high ? UInt32(byte) << 8 : UInt32(byte)
    if sum > 0xFFFF { sum = (sum & 0xFFFF) + 1 }
    high.toggle()
  }
  return sum
}
