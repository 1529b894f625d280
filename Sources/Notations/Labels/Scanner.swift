import Documents

/// Goes through a cell's octets from left to right.
struct Scanner {
  private(set) var octets: [UInt8]
  var position = 0

  init(_ octets: [UInt8]) { self.octets = octets }

  var isAtEnd: Bool { position == octets.count }
  var peek: UInt8? { isAtEnd ? nil : octets[position] }

  mutating func skipBlanks() {
    while peek?.isBlank == true { position += 1 }
  }

  /// Blanks and what may stand between the parts of a cell.
  mutating func skipSeparators() {
    while let octet = peek, octet.isBlank || octet == UInt8(ascii: ",") || octet == UInt8(ascii: ";") {
      position += 1
    }
  }

  /// Takes one of these octets, and says which.
  mutating func take(oneOf accepted: String) -> UInt8? {
    guard let octet = peek, accepted.utf8.contains(octet) else { return nil }
    position += 1
    return octet
  }

  mutating func takeWhile(_ isMeant: (UInt8) -> Bool) -> String {
    let start = position
    while let octet = peek, isMeant(octet) { position += 1 }
    return String(decoding: octets[start..<position], as: UTF8.self)
  }

  /// Letters, perhaps none.
  mutating func word() -> String { takeWhile(\.isLetter) }

  /// A number in decimal digits, or nil. One past `UInt32` comes back as some number past it: nothing overflows.
  mutating func number() -> UInt64? {
    guard peek?.isDigit == true else { return nil }
    var value: UInt64 = 0
    while let octet = peek, octet.isDigit {
      if value <= UInt32.max { value = value * 10 + UInt64(octet - UInt8(ascii: "0")) }
      position += 1
    }
    return value
  }

  /// True if a part of a cell can end here.
  var isBoundary: Bool {
    guard let octet = peek else { return true }
    return octet.isBlank || octet == UInt8(ascii: ",") || octet == UInt8(ascii: ";")
      || octet == UInt8(ascii: "[")
  }

  /// Applies `read` to the next octets; if it returns nil, nothing is taken.
  mutating func attempt<Value>(_ read: (inout Scanner) -> Value?) -> Value? {
    let start = position
    if let value = read(&self) { return value }
    position = start
    return nil
  }
}
