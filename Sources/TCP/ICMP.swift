/// An ICMP or ICMPv6 error about a packet, as a router on the way would send it (RFC 792, RFC 4443).
package enum ICMP: String, CaseIterable, Sendable {
  case netUnreachable = "net unreachable"
  case hostUnreachable = "host unreachable"
  case protocolUnreachable = "protocol unreachable"
  case portUnreachable = "port unreachable"
  case prohibited = "administratively prohibited"
  case timeExceeded = "time exceeded"
  case fragmentationNeeded = "fragmentation needed"

  /// The largest packet that the next link takes: what the error says of it where it is about that.
  package static func nextMTU(_ family: Family) -> UInt16 { family == .ipv4 ? 1000 : 1280 }

  /// Type and code.
  private func kind(_ family: Family) -> [UInt8] {
    switch (self, family) {
    case (.netUnreachable, .ipv4): [3, 0]
    case (.hostUnreachable, .ipv4): [3, 1]
    case (.protocolUnreachable, .ipv4): [3, 2]
    case (.portUnreachable, .ipv4): [3, 3]
    case (.prohibited, .ipv4): [3, 13]
    case (.timeExceeded, .ipv4): [11, 0]
    case (.fragmentationNeeded, .ipv4): [3, 4]
    case (.netUnreachable, .ipv6): [1, 0]
    case (.hostUnreachable, .ipv6): [1, 3]
    case (.protocolUnreachable, .ipv6): [4, 1]
    case (.portUnreachable, .ipv6): [1, 4]
    case (.prohibited, .ipv6): [1, 1]
    case (.timeExceeded, .ipv6): [3, 0]
    case (.fragmentationNeeded, .ipv6): [2, 0]
    }
  }

  /// The error's octets from the IP header on, with its checksums right.
  ///
  /// - Parameters:
  ///   - packet: what it is about, from the IP header on.
  ///   - source: who says so.
  ///   - destination: the sender of the packet.
  package func bytes(about packet: [UInt8], from source: Address, to destination: Address) -> [UInt8] {
    let family = source.family
    // "Next header" stands at octet 6 of an IPv6 header: what the pointer of a parameter problem points at.
    let value =
      self == .protocolUnreachable && family == .ipv6
      ? 6 : self == .fragmentationNeeded ? UInt32(ICMP.nextMTU(family)) : 0
    let kind = kind(family)
    return ICMP.bytes(
      type: kind[0], code: kind[1], value: value, about: packet, from: source, to: destination)
  }

  /// The octets of an error by its numbers; see ``bytes(about:from:to:)``.
  ///
  /// - Parameter value: what stands behind the checksum: an MTU, a pointer.
  package static func bytes(
    type: UInt8, code: UInt8, value: UInt32, about packet: [UInt8], from source: Address,
    to destination: Address
  ) -> [UInt8] {
    let family = source.family
    let addresses = source.bytes + destination.bytes
    var message = [type, code, 0, 0] + value.bigEndianBytes + packet
    // Only ICMPv6 has a pseudo header, and its next header is 58 (RFC 4443 section 2.3).
    let pseudo = family == .ipv4 ? [] : addresses + UInt32(message.count).bigEndianBytes + [0, 0, 0, 58]
    message.replaceSubrange(2..<4, with: (~UInt16(onesComplementSum(pseudo + message))).bigEndianBytes)
    if family == .ipv6 {
      return [0x60, 0, 0, 0] + UInt16(message.count).bigEndianBytes + [58, 64] + addresses + message
    }
    var header: [UInt8] = [0x45, 0xC0] + UInt16(20 + message.count).bigEndianBytes
    header += [0, 0, 0, 0, 64, 1, 0, 0] + addresses
    header.replaceSubrange(10..<12, with: (~UInt16(onesComplementSum(header))).bigEndianBytes)
    return header + message
  }
}
