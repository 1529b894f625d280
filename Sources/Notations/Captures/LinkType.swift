/// A link layer of captured packets, by its number in capture files (tcpdump.org/linktypes.html).
enum LinkType: Equatable {
  case loopback, ethernet, raw, linuxCooked, linuxCooked2

  init?(_ number: UInt32) {
    switch number {
    // NULL has the address family in the byte order of the machine, LOOP in network order.
    case 0, 108: self = .loopback
    case 1: self = .ethernet
    // RAW, its number on some systems, and packets of one family.
    case 12, 14, 101, 228, 229: self = .raw
    case 113: self = .linuxCooked
    case 276: self = .linuxCooked2
    default: return nil
    }
  }

  static let known = "Ethernet, raw IP, Linux cooked (SLL, SLL2) and loopback (NULL, LOOP)"

  /// The place of the IP header in a packet that stands at these places; nil where the packet is not IP.
  ///
  /// `passage` tells apart the places that one packet may be captured at: its interface or its hardware addresses.
  func network(in octets: [UInt8], _ frame: Range<Int>) -> (start: Int, passage: UInt64)? {
    let start = frame.lowerBound
    switch self {
    case .raw: return (start, 0)
    case .loopback: return frame.count >= 4 ? (start + 4, 0) : nil
    case .ethernet:
      guard frame.count >= 14 else { return nil }
      let addresses = octets.number64(at: start) ^ UInt64(octets.number32(at: start + 8)) << 16
      return Self.behindTags(octets, start + 12, frame.upperBound).map { ($0, addresses) }
    case .linuxCooked:
      guard frame.count >= 16 else { return nil }
      let passage = UInt64(octets.number16(at: start)) << 48 ^ octets.number64(at: start + 6) >> 16
      return Self.behindTags(octets, start + 14, frame.upperBound).map { ($0, passage) }
    case .linuxCooked2:
      guard frame.count >= 20 else { return nil }
      let passage = UInt64(octets.number32(at: start + 4)) << 8 | UInt64(octets[start + 10])
      let type = octets.number16(at: start)
      if Self.isIP(type) { return (start + 20, passage) }
      // A tag stands behind the header, whose first field is its type.
      guard Self.isTag(type), frame.count >= 24 else { return nil }
      return Self.behindTags(octets, start + 22, frame.upperBound).map { ($0, passage) }
    }
  }

  private static func isIP(_ type: UInt16) -> Bool { type == 0x0800 || type == 0x86DD }
  private static func isTag(_ type: UInt16) -> Bool { type == 0x8100 || type == 0x88A8 || type == 0x9100 }

  /// The place behind an EtherType and the VLAN tags that it may announce; nil where IP does not follow.
  private static func behindTags(_ octets: [UInt8], _ start: Int, _ end: Int) -> Int? {
    var place = start
    while place + 2 <= end {
      let type = octets.number16(at: place)
      if isIP(type) { return place + 2 }
      // A session of PPP over Ethernet, with IPv4 or IPv6 in it.
      if type == 0x8864, place + 10 <= end, [0x0021, 0x0057].contains(octets.number16(at: place + 8)) {
        return place + 10
      }
      guard isTag(type) else { return nil }
      place += 4
    }
    return nil
  }
}
