/// Numbers as the kernel's structures have them: in the machine's order, which is little-endian on every
/// machine that this program knows.
extension FixedWidthInteger {
  package var octets: [UInt8] {
    stride(from: 0, to: Self.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: self >> Self($0)) }
  }

  /// The number that begins these octets; nil where there are too few.
  package init?(octets: some Collection<UInt8>) {
    guard octets.count >= Self.bitWidth / 8 else { return nil }
    self = octets.prefix(Self.bitWidth / 8).reversed().reduce(0) { $0 << 8 | Self(truncatingIfNeeded: $1) }
  }
}
