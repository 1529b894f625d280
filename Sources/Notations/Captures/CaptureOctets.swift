/// Numbers in captured octets. The octets must be there.
extension [UInt8] {
  /// In network order.
  func number16(at place: Int) -> UInt16 { UInt16(self[place]) << 8 | UInt16(self[place + 1]) }

  /// In network order.
  func number32(at place: Int) -> UInt32 {
    UInt32(self[place]) << 24 | UInt32(self[place + 1]) << 16 | UInt32(self[place + 2]) << 8
      | UInt32(self[place + 3])
  }

  /// In network order.
  func number64(at place: Int) -> UInt64 {
    UInt64(number32(at: place)) << 32 | UInt64(number32(at: place + 4))
  }

  /// In the byte order of the machine that wrote the file.
  func number16(at place: Int, isBig: Bool) -> UInt16 {
    isBig ? number16(at: place) : number16(at: place).byteSwapped
  }

  /// In the byte order of the machine that wrote the file.
  func number32(at place: Int, isBig: Bool) -> UInt32 {
    isBig ? number32(at: place) : number32(at: place).byteSwapped
  }

  func number128(at place: Int) -> UInt128 {
    UInt128(number64(at: place)) << 64 | UInt128(number64(at: place + 8))
  }
}
