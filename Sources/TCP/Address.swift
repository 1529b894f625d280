/// The family of an address.
package enum Family: String, Codable, CaseIterable, Sendable {
  case ipv4, ipv6

  /// `IPv4`, `IPv6`.
  package var name: String { self == .ipv4 ? "IPv4" : "IPv6" }
}

/// An IP address: 4 octets or 16.
///
/// It needs no memory of its own, so that a table of 100,000 sockets is one block.
package struct Address: Hashable, Sendable {
  package let family: Family
  /// The octets as a number of 128 bits; of an IPv4 address the lower 32 of them.
  private let high: UInt64
  private let low: UInt64

  /// An address of 4 or 16 octets, in network order; nil for any other count.
  package init?(bytes: some Collection<UInt8>) { self.init(octets: bytes) }

  /// The same of a part of a message; its code is not generic, which a table of 100,000 sockets notices.
  package init?(bytes: ArraySlice<UInt8>) { self.init(octets: bytes) }

  @inline(__always)
  private init?(octets bytes: some Collection<UInt8>) {
    switch bytes.count {
    case 4: family = .ipv4
    case 16: family = .ipv6
    default: return nil
    }
    var (high, low): (UInt64, UInt64) = (0, 0)
    for byte in bytes { (high, low) = (high << 8 | low >> 56, low << 8 | UInt64(byte)) }
    self.high = high
    self.low = low
  }

  package init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
    family = .ipv4
    high = 0
    low = UInt64(a) << 24 | UInt64(b) << 16 | UInt64(c) << 8 | UInt64(d)
  }

  /// An IPv6 address of eight groups.
  package init(groups: (UInt16, UInt16, UInt16, UInt16, UInt16, UInt16, UInt16, UInt16)) {
    func number(_ a: UInt16, _ b: UInt16, _ c: UInt16, _ d: UInt16) -> UInt64 {
      UInt64(a) << 48 | UInt64(b) << 32 | UInt64(c) << 16 | UInt64(d)
    }
    family = .ipv6
    high = number(groups.0, groups.1, groups.2, groups.3)
    low = number(groups.4, groups.5, groups.6, groups.7)
  }

  /// The octets in network order.
  package var bytes: [UInt8] {
    func octets(_ number: UInt64) -> [UInt8] {
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
    }
    return family == .ipv4 ? Array(octets(low).suffix(4)) : octets(high) + octets(low)
  }

  /// Tells whether it is an IPv4-mapped IPv6 address (RFC 4291 section 2.5.5.2).
  package var isMapped: Bool { family == .ipv6 && high == 0 && low >> 32 == 0xFFFF }

  /// The IPv4 address in an IPv4-mapped IPv6 address, else the address itself.
  package var unmapped: Address { isMapped ? Address(family: .ipv4, high: 0, low: low & 0xFFFF_FFFF) : self }

  /// The IPv4-mapped IPv6 address of an IPv4 address; an IPv6 address itself.
  package var mapped: Address {
    family == .ipv4 ? Address(family: .ipv6, high: 0, low: 0xFFFF << 32 | low) : self
  }

  /// Tells whether it leads back to the same host: 127.0.0.0/8, also mapped, and ::1.
  package var isLoopback: Bool {
    let inner = unmapped
    return inner.family == .ipv4 ? inner.low >> 24 == 127 : inner.high == 0 && inner.low == 1
  }

  /// Tells whether it stands for each address of the host: 0.0.0.0 and ::.
  package var isWildcard: Bool { high == 0 && low == 0 }

  private init(family: Family, high: UInt64, low: UInt64) {
    self.family = family
    self.high = high
    self.low = low
  }

  /// The address that stands for all of a host: `0.0.0.0`, `::`.
  package static func wildcard(_ family: Family) -> Address { Address(family: family, high: 0, low: 0) }

  package static func loopback(_ family: Family) -> Address {
    switch family {
    case .ipv4: Address(127, 0, 0, 1)
    case .ipv6: Address(groups: (0, 0, 0, 0, 0, 0, 0, 1))
    }
  }
}

extension Address: CustomStringConvertible {
  /// `192.0.2.1`, or RFC 5952's form of an IPv6 address.
  package var description: String {
    let bytes = bytes
    if family == .ipv4 { return bytes.map(String.init).joined(separator: ".") }
    // RFC 5952 section 5.
    if isMapped { return "::ffff:\(unmapped)" }
    let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    // The longest run of two zero groups or more, the first of equals, is written "::" (RFC 5952 4.2).
    var best = 0..<0
    var start = 0
    for index in 0...groups.count where index == groups.count || groups[index] != 0 {
      if index - start > best.count, index - start > 1 { best = start..<index }
      start = index + 1
    }
    func hex(_ part: ArraySlice<UInt16>) -> String {
      part.map { String($0, radix: 16) }.joined(separator: ":")
    }
    return best.isEmpty
      ? hex(groups[...]) : hex(groups[..<best.lowerBound]) + "::" + hex(groups[best.upperBound...])
  }
}

/// An address and a port.
package struct Endpoint: Hashable, Sendable {
  package var address: Address
  package var port: UInt16

  package init(_ address: Address, _ port: UInt16) {
    self.address = address
    self.port = port
  }
}

extension Endpoint: CustomStringConvertible {
  /// `192.0.2.1:80`, `[2001:db8::1]:80`.
  package var description: String {
    address.family == .ipv4 ? "\(address):\(port)" : "[\(address)]:\(port)"
  }
}

extension Endpoint: Comparable {
  /// IPv4 before IPv6, then by address and port.
  package static func < (first: Endpoint, second: Endpoint) -> Bool {
    first.address != second.address ? first.address < second.address : first.port < second.port
  }
}

extension Address: Comparable {
  /// IPv4 before IPv6, then by number.
  package static func < (first: Address, second: Address) -> Bool {
    first.family != second.family
      ? first.family == .ipv4 : (first.high, first.low) < (second.high, second.low)
  }
}

/// One end of a connection as that end sees it.
package struct FourTuple: Hashable, Codable, Sendable {
  package var local: Endpoint
  package var remote: Endpoint

  package init(local: Endpoint, remote: Endpoint) {
    self.local = local
    self.remote = remote
  }

  /// The same connection, seen from the other end.
  package var reversed: FourTuple { FourTuple(local: remote, remote: local) }
}
