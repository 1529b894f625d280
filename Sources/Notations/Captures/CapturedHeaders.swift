import TCP

/// The two ends of a packet in an order that does not depend on its direction.
struct FlowKey: Hashable {
  /// The lower address, and the higher one. An IPv4 address stands in the lower 32 bits.
  var low: UInt128
  var high: UInt128
  /// The ports of both, and the family above them.
  var ports: UInt64

  /// The end with the lower address, or with the higher one.
  func endpoint(isHigh: Bool) -> Endpoint? {
    let (address, port) = isHigh ? (high, ports & 0xFFFF) : (low, ports >> 16 & 0xFFFF)
    let length = ports >> 32 == 4 ? 4 : 16
    let octets = (0..<length).reversed().map { UInt8(truncatingIfNeeded: address >> (8 * $0)) }
    return Address(bytes: octets).map { Endpoint($0, UInt16(port)) }
  }
}

/// The headers of a captured packet of TCP's; its data is only counted.
struct CapturedHeaders {
  var key: FlowKey
  /// It goes from the end with the lower address to the other.
  var isFromLow: Bool
  var sequence: UInt32
  var acknowledgment: UInt32
  var flags: UInt8
  var window: UInt16
  /// Octets of data, by the headers: less may have been captured.
  var length: Int
  /// The place of the options, as far as they were captured.
  var options: Range<Int>
  /// Set where the packet is an ICMP error about a segment: its type and code. The segment is the one that it is about.
  var icmp: UInt16?

  /// The reason why a packet gives no segment.
  enum Refusal: Error {
    /// Neither TCP nor an ICMP error about a segment.
    case otherProtocol
    /// A part of a packet, behind the first.
    case fragment
    /// Less was captured than the headers.
    case cut
    /// A length in a header contradicts another one.
    case malformed
  }

  /// The packet with its IP header at `start`.
  ///
  /// - Parameters:
  ///   - end: the end of what was captured.
  ///   - wire: octets from `start` on that the packet had on its way.
  init(_ octets: [UInt8], _ start: Int, _ end: Int, wire: Int) throws(Refusal) {
    try self.init(octets, start, end, wire: wire, isQuoted: false)
  }

  private init(_ octets: [UInt8], _ start: Int, _ end: Int, wire: Int, isQuoted: Bool) throws(Refusal) {
    let captured = end - start
    guard captured >= 20 else { throw .cut }
    switch octets[start] >> 4 {
    case 4:
      let header = Int(octets[start] & 0x0F) * 4
      guard header >= 20 else { throw .malformed }
      guard captured >= header else { throw .cut }
      // A large packet that the device will cut may have no length of its own.
      let stated = Int(octets.number16(at: start + 2))
      let total = stated == 0 ? wire : stated
      guard total >= header else { throw .malformed }
      if octets.number16(at: start + 6) & 0x1FFF != 0 { throw .fragment }
      let source = UInt128(octets.number32(at: start + 12))
      let destination = UInt128(octets.number32(at: start + 16))
      try self.init(
        octets, start + header, end, size: total - header, protocol: octets[start + 9], source, destination,
        family: 4, isQuoted: isQuoted)
    case 6:
      guard captured >= 40 else { throw .cut }
      let stated = Int(octets.number16(at: start + 4))
      let size = stated == 0 ? wire - 40 : stated
      let (place, proto) = try Self.behindExtensions(octets, start + 40, end, first: octets[start + 6])
      guard size >= place - start - 40 else { throw .malformed }
      let source = octets.number128(at: start + 8)
      let destination = octets.number128(at: start + 24)
      try self.init(
        octets, place, end, size: size - (place - start - 40), protocol: proto, source, destination,
        family: 6,
        isQuoted: isQuoted)
    default: throw .otherProtocol
    }
  }

  /// The place and the protocol behind the extension headers of IPv6 (RFC 8200 section 4).
  private static func behindExtensions(
    _ octets: [UInt8], _ start: Int, _ end: Int, first: UInt8
  ) throws(Refusal) -> (Int, UInt8) {
    var (place, proto) = (start, first)
    while true {
      switch proto {
      // Hop-by-hop, routing, destination, mobility, HIP, shim6.
      case 0, 43, 60, 135, 139, 140:
        guard place + 2 <= end else { throw .cut }
        proto = octets[place]
        place += (Int(octets[place + 1]) + 1) * 8
      case 44:
        guard place + 8 <= end else { throw .cut }
        if octets.number16(at: place + 2) & 0xFFF8 != 0 { throw .fragment }
        proto = octets[place]
        place += 8
      case 51:
        guard place + 2 <= end else { throw .cut }
        proto = octets[place]
        place += (Int(octets[place + 1]) + 2) * 4
      default: return (place, proto)
      }
    }
  }

  private init(
    _ octets: [UInt8], _ start: Int, _ end: Int, size: Int, protocol proto: UInt8, _ source: UInt128,
    _ destination: UInt128, family: UInt64, isQuoted: Bool
  ) throws(Refusal) {
    if !isQuoted, proto == 1 || proto == 58 {
      self = try Self.quoted(octets, start, end, isSix: proto == 58)
      return
    }
    guard proto == 6 else { throw .otherProtocol }
    // An ICMP error quotes eight octets of a segment at least.
    guard end - start >= (isQuoted ? 8 : 16) else { throw .cut }
    let (from, to) = (octets.number16(at: start), octets.number16(at: start + 2))
    isFromLow = source != destination ? source < destination : from <= to
    let ports =
      isFromLow ? UInt64(from) << 16 | UInt64(to) : UInt64(to) << 16 | UInt64(from)
    key =
      isFromLow
      ? FlowKey(low: source, high: destination, ports: family << 32 | ports)
      : FlowKey(low: destination, high: source, ports: family << 32 | ports)
    sequence = octets.number32(at: start + 4)
    (acknowledgment, flags, window, length, options) = (0, 0, 0, 0, start..<start)
    if isQuoted { return }
    acknowledgment = octets.number32(at: start + 8)
    let header = Int(octets[start + 12] >> 4) * 4
    guard header >= 20, header <= size else { throw .malformed }
    flags = octets[start + 13]
    window = octets.number16(at: start + 14)
    length = size - header
    options = min(start + 20, end)..<min(max(start + header, start + 20), end)
  }

  /// The segment that an ICMP error quotes: destination unreachable, time exceeded, packet too big.
  private static func quoted(
    _ octets: [UInt8], _ start: Int, _ end: Int, isSix: Bool
  ) throws(Refusal) -> CapturedHeaders {
    guard end - start >= 8 else { throw .cut }
    let isError = isSix ? 1...4 ~= octets[start] : [3, 11, 12].contains(octets[start])
    guard isError else { throw .otherProtocol }
    var headers = try CapturedHeaders(octets, start + 8, end, wire: end - start - 8, isQuoted: true)
    headers.icmp = octets.number16(at: start)
    return headers
  }
}
