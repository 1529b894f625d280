/// A TCP packet with everything in its headers that a script can name, without its data.
///
/// ``Packet`` has what a ladder needs; this one has the fillings among the options, the octet of service and the rest.
package struct DetailedPacket: Equatable, Sendable {
  package var source: Endpoint
  package var destination: Endpoint
  /// Service and congestion: eight bits.
  package var service: UInt8
  package var hopLimit: UInt8
  package var flowLabel: UInt32
  package var flags: Flags
  /// The flag AE, which was a part of the reserved bits (RFC 9768 has it for accurate ECN).
  package var hasAE: Bool
  package var sequence: SequenceNumber
  package var acknowledgment: SequenceNumber
  package var window: UInt16
  package var urgentPointer: UInt16
  package var options: [OptionItem]
  package var length: Int

  package init(
    source: Endpoint, destination: Endpoint, service: UInt8 = 0, hopLimit: UInt8 = 64, flowLabel: UInt32 = 0,
    flags: Flags, hasAE: Bool = false, sequence: SequenceNumber, acknowledgment: SequenceNumber,
    window: UInt16, urgentPointer: UInt16 = 0, options: [OptionItem] = [], length: Int = 0
  ) {
    self.source = source
    self.destination = destination
    self.service = service
    self.hopLimit = hopLimit
    self.flowLabel = flowLabel
    self.flags = flags
    self.hasAE = hasAE
    self.sequence = sequence
    self.acknowledgment = acknowledgment
    self.window = window
    self.urgentPointer = urgentPointer
    self.options = options
    self.length = length
  }

  /// Reads a packet from its IP header on; nil where it is no TCP, a fragment, or cut short.
  package init?(bytes: [UInt8]) {
    guard let packet = Packet(bytes: bytes) else { return nil }
    let isIPv4 = bytes[0] >> 4 == 4
    let header = isIPv4 ? Int(bytes[0] & 15) * 4 : 40
    let offset = Int(bytes[header + 12] >> 4) * 4
    guard let options = OptionItem.read(bytes[(header + 20)..<(header + offset)]) else { return nil }
    self.init(
      source: packet.source, destination: packet.destination,
      service: isIPv4 ? bytes[1] : bytes[0] << 4 | bytes[1] >> 4,
      hopLimit: isIPv4 ? bytes[8] : bytes[7],
      flowLabel: isIPv4 ? 0 : UInt32(bytes[1] & 15) << 16 | UInt32(bytes[2]) << 8 | UInt32(bytes[3]),
      flags: packet.segment.flags, hasAE: bytes[header + 12] & 1 != 0, sequence: packet.segment.sequence,
      acknowledgment: packet.segment.acknowledgment, window: packet.segment.window,
      urgentPointer: packet.urgentPointer, options: options, length: packet.payload.count)
  }

  /// The packet's octets, with zeros for data and both checksums right. Options are filled up to four octets.
  package var bytes: [UInt8] {
    var options = options.flatMap(\.bytes)
    while options.count % 4 != 0 { options.append(0) }
    var tcp = source.port.bigEndianBytes + destination.port.bigEndianBytes
    tcp += sequence.rawValue.bigEndianBytes + acknowledgment.rawValue.bigEndianBytes
    tcp += [UInt8((20 + options.count) / 4) << 4 | (hasAE ? 1 : 0), flags.rawValue] + window.bigEndianBytes
    tcp += [0, 0] + urgentPointer.bigEndianBytes + options + [UInt8](repeating: 0, count: length)
    let addresses = source.address.bytes + destination.address.bytes
    let sum = onesComplementSum(
      addresses + [0, 6] + UInt16(truncatingIfNeeded: tcp.count).bigEndianBytes + tcp)
    tcp.replaceSubrange(16..<18, with: (~UInt16(sum)).bigEndianBytes)
    return ipHeader(length: tcp.count, addresses: addresses) + tcp
  }

  private func ipHeader(length: Int, addresses: [UInt8]) -> [UInt8] {
    if source.address.family == .ipv6 {
      let first = UInt32(6) << 28 | UInt32(service) << 20 | flowLabel & 0xFFFFF
      return first.bigEndianBytes + UInt16(truncatingIfNeeded: length).bigEndianBytes + [6, hopLimit]
        + addresses
    }
    var header: [UInt8] = [0x45, service] + UInt16(truncatingIfNeeded: 20 + length).bigEndianBytes
    header += [0, 0, 0x40, 0, hopLimit, 6, 0, 0] + addresses
    header.replaceSubrange(10..<12, with: (~UInt16(onesComplementSum(header))).bigEndianBytes)
    return header
  }
}
