package import TCP

/// Capture files built octet by octet, in every format that is read.
package struct CaptureBytes {
  package enum Format: CaseIterable {
    case pcapMicro, pcapNano, pcapMicroBig, pcapNanoBig, pcapng, pcapngBig

    package var isBig: Bool { [.pcapMicroBig, .pcapNanoBig, .pcapngBig].contains(self) }
    package var isNano: Bool { [.pcapNano, .pcapNanoBig].contains(self) }
    package var isPcapng: Bool { [.pcapng, .pcapngBig].contains(self) }
  }

  package enum Link: CaseIterable {
    case ethernet, tagged, raw, cooked, cooked2, null

    package var number: UInt32 {
      switch self {
      case .ethernet, .tagged: 1
      case .raw: 101
      case .cooked: 113
      case .cooked2: 276
      case .null: 0
      }
    }

    package func header(isSix: Bool) -> [UInt8] {
      let type: [UInt8] = isSix ? [0x86, 0xDD] : [0x08, 0x00]
      switch self {
      case .ethernet: return Array(1...12) + type
      case .tagged: return Array(1...12) + [0x88, 0xA8, 0, 5, 0x81, 0x00, 0, 7] + type
      case .raw: return []
      case .cooked: return [UInt8](repeating: 0, count: 14) + type
      case .cooked2: return type + [UInt8](repeating: 0, count: 18)
      case .null: return isSix ? [10, 0, 0, 0] : [2, 0, 0, 0]
      }
    }
  }

  package let format: Format
  package let link: Link
  package private(set) var bytes: [UInt8] = []
  package var snap = 1 << 18

  package init(_ format: Format = .pcapng, _ link: Link = .raw) {
    (self.format, self.link) = (format, link)
    if format.isPcapng {
      add(block: 0x0A0D_0D0A, number(0x1A2B_3C4D) + short(1) + short(0) + [UInt8](repeating: 0xFF, count: 8))
      add(
        block: 1,
        short(UInt16(link.number)) + short(0) + number(0) + short(9) + short(1) + [9, 0, 0, 0] + number(0))
    } else {
      bytes = number(format.isNano ? 0xA1B2_3C4D : 0xA1B2_C3D4) + short(2) + short(4) + number(0) + number(0)
      bytes += number(0x40000) + number(link.number)
    }
  }

  package mutating func add(_ packet: Packet, at time: Int64, interface: UInt8 = 0) {
    add(packet.bytes, isSix: packet.source.address.family == .ipv6, at: time, interface: interface)
  }

  /// Adds a packet from its IP header on. Only the second Linux cooked header names its interface.
  package mutating func add(_ packet: [UInt8], isSix: Bool = false, at time: Int64, interface: UInt8 = 0) {
    var header = link.header(isSix: isSix)
    if link == .cooked2 { header[7] = interface }
    let frame = header + packet
    let kept = Array(frame.prefix(snap))
    let lengths = number(UInt32(kept.count)) + number(UInt32(frame.count))
    if format.isPcapng {
      let ticks = number(UInt32(time >> 32)) + number(UInt32(truncatingIfNeeded: time))
      add(
        block: 6,
        number(0) + ticks + lengths + kept + [UInt8](repeating: 0, count: (4 - kept.count % 4) % 4))
    } else {
      let fraction = time % 1_000_000_000
      bytes +=
        number(UInt32(time / 1_000_000_000)) + number(UInt32(format.isNano ? fraction : fraction / 1000))
      bytes += lengths + kept
    }
  }

  package mutating func add(block type: UInt32, _ body: [UInt8]) {
    let length = number(UInt32(body.count + 12))
    bytes += number(type) + length + body + length
  }

  private func number(_ value: UInt32) -> [UInt8] {
    let octets = stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    return format.isBig ? octets : octets.reversed()
  }

  private func short(_ value: UInt16) -> [UInt8] {
    let octets = [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)]
    return format.isBig ? octets : octets.reversed()
  }
}
