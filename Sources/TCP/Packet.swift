/// A segment in the IP packet that carries it: bytes in, value out, and back.
package struct Packet: Hashable, Sendable {
  package var source: Endpoint
  package var destination: Endpoint
  package var segment: Segment
  /// The segment's data; its count is `segment.length`.
  package var payload: [UInt8]
  /// The header's urgent pointer, whether or not the URG flag gives it a meaning.
  package var urgentPointer: UInt16

  package init(
    source: Endpoint, destination: Endpoint, segment: Segment, payload: [UInt8] = [],
    urgentPointer: UInt16 = 0
  ) {
    self.source = source
    self.destination = destination
    self.segment = segment
    self.payload = payload
    self.urgentPointer = urgentPointer
    self.segment.length = payload.count
  }

  /// The TCP packet in these octets, which begin with the IP header; nil where they are none.
  ///
  /// Checksums are not looked at: a packet that never left the machine may have none yet.
  /// Fragments and IPv6 extension headers are refused. Octets behind the packet's own length are padding.
  package init?(bytes: [UInt8]) {
    guard let version = bytes.first.map({ $0 >> 4 }) else { return nil }
    let addresses: (source: [UInt8], destination: [UInt8])
    let body: ArraySlice<UInt8>
    switch version {
    case 4:
      let headerLength = Int(bytes[0] & 0x0F) * 4
      guard headerLength >= 20, bytes.count >= headerLength, bytes[9] == 6 else { return nil }
      // Neither "more fragments" nor an offset.
      guard UInt16(bigEndian: bytes, at: 6) & 0x3FFF == 0 else { return nil }
      let total = Int(UInt16(bigEndian: bytes, at: 2))
      guard total >= headerLength, total <= bytes.count else { return nil }
      addresses = (Array(bytes[12..<16]), Array(bytes[16..<20]))
      body = bytes[headerLength..<total]
    case 6:
      guard bytes.count >= 40, bytes[6] == 6 else { return nil }
      let total = 40 + Int(UInt16(bigEndian: bytes, at: 4))
      guard total <= bytes.count else { return nil }
      addresses = (Array(bytes[8..<24]), Array(bytes[24..<40]))
      body = bytes[40..<total]
    default: return nil
    }
    guard let source = Address(bytes: addresses.source),
      let destination = Address(bytes: addresses.destination),
      body.count >= 20
    else { return nil }
    let offset = Int(body[body.startIndex + 12] >> 4) * 4
    guard offset >= 20, offset <= body.count,
      let options = Option.read(body.dropFirst(20).prefix(offset - 20))
    else { return nil }
    self.init(
      source: Endpoint(source, UInt16(bigEndian: body, at: 0)),
      destination: Endpoint(destination, UInt16(bigEndian: body, at: 2)),
      segment: Segment(
        flags: Flags(rawValue: body[body.startIndex + 13]),
        sequence: SequenceNumber(UInt32(bigEndian: body, at: 4)),
        acknowledgment: SequenceNumber(UInt32(bigEndian: body, at: 8)),
        window: UInt16(bigEndian: body, at: 14), options: options),
      payload: Array(body.dropFirst(offset)), urgentPointer: UInt16(bigEndian: body, at: 18))
  }

  /// The packet's octets with both checksums right. Options are padded with no-operations to four octets.
  package var bytes: [UInt8] { bytes(congestion: 0) }

  /// The same with a mark of congestion in the IP header (CE, RFC 3168 section 5).
  package var markedBytes: [UInt8] { bytes(congestion: 3) }

  private func bytes(congestion: UInt8) -> [UInt8] {
    var options = segment.options.flatMap(\.bytes)
    while options.count % 4 != 0 { options.append(1) }
    var tcp = source.port.bigEndianBytes + destination.port.bigEndianBytes
    tcp += segment.sequence.rawValue.bigEndianBytes + segment.acknowledgment.rawValue.bigEndianBytes
    tcp += [UInt8((20 + options.count) / 4) << 4, segment.flags.rawValue] + segment.window.bigEndianBytes
    tcp += [0, 0] + urgentPointer.bigEndianBytes + options + payload
    let addresses = source.address.bytes + destination.address.bytes
    // The pseudo header: addresses, protocol 6, length (RFC 9293 section 3.1).
    let sum = onesComplementSum(addresses + [0, 6] + UInt16(tcp.count).bigEndianBytes + tcp)
    tcp.replaceSubrange(16..<18, with: (~UInt16(sum)).bigEndianBytes)
    return ipHeader(length: tcp.count, addresses: addresses, congestion: congestion) + tcp
  }

  private func ipHeader(length: Int, addresses: [UInt8], congestion: UInt8) -> [UInt8] {
    if source.address.family == .ipv6 {
      return [0x60, congestion << 4, 0, 0] + UInt16(length).bigEndianBytes + [6, 64] + addresses
    }
    var header: [UInt8] = [0x45, congestion] + UInt16(20 + length).bigEndianBytes
    header += [0, 0, 0x40, 0, 64, 6, 0, 0] + addresses
    header.replaceSubrange(10..<12, with: (~UInt16(onesComplementSum(header))).bigEndianBytes)
    return header
  }
}

extension Packet: CustomStringConvertible {
  package var description: String { "\(source) > \(destination) \(segment)" }
}
