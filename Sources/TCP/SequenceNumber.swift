/// A sequence number: 32 bits that wrap (RFC 9293 section 3.4).
///
/// Two numbers are ordered by the shorter way round the circle, so `<` holds only between numbers
/// less than 2^31 apart; that is why this is not `Comparable`.
package struct SequenceNumber: RawRepresentable, Hashable, Codable, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }
  package init(_ value: UInt32) { rawValue = value }

  /// The number `count` octets later (earlier where negative), modulo 2^32.
  package static func + (number: Self, count: Int) -> Self {
    Self(number.rawValue &+ UInt32(truncatingIfNeeded: count))
  }

  /// The way from `other` to this number, from -2^31 to 2^31 - 1.
  package static func - (number: Self, other: Self) -> Int {
    Int(Int32(bitPattern: number.rawValue &- other.rawValue))
  }

  package static func < (number: Self, other: Self) -> Bool { number - other < 0 }
  package static func <= (number: Self, other: Self) -> Bool { number - other <= 0 }
}

extension SequenceNumber: CustomStringConvertible {
  package var description: String { String(rawValue) }
}
