/// The family of an address.
package enum Family: String, Codable, CaseIterable, Sendable {
  case ipv4, ipv6
}

/// An IP address: 4 octets or 16, in network order.
package struct Address: Hashable, Sendable {
  package let bytes: [UInt8]

  /// An address of 4 or 16 octets; nil for any other count.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  package init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) { bytes = [a, b, c, d] }

  /// An IPv6 address of eight groups.
  package init(groups: (UInt16, UInt16, UInt16, UInt16, UInt16, UInt16, UInt16, UInt16)) {
    let all = [
      groups.0, groups.1, groups.2, groups.3, groups.4, groups.5, groups.6, groups.7,
    ]
    bytes = all.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
  }

  package var family: Family { bytes.count == 4 ? .ipv4 : .ipv6 }

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
    if family == .ipv4 { return bytes.map(String.init).joined(separator: ".") }
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
    first.bytes.count != second.bytes.count
      ? first.bytes.count < second.bytes.count : first.bytes.lexicographicallyPrecedes(second.bytes)
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
