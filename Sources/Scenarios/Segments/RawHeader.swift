import TCP
import Traces

/// The contents of a packet's headers beyond a ``TCP/Segment``: padding, reserved bits, and the IP header.
struct RawHeader {
  private let bytes: [UInt8]
  private let isIPv6: Bool
  /// The place of the TCP header.
  private let start: Int

  /// Nil for what is no packet of TCP.
  init?(_ bytes: [UInt8]) {
    guard let version = bytes.first.map({ $0 >> 4 }), version == 4 || version == 6 else { return nil }
    isIPv6 = version == 6
    start = isIPv6 ? 40 : Int(bytes[0] & 0x0F) * 4
    guard bytes.count >= start + 20 else { return nil }
    self.bytes = bytes
  }

  /// The options in their order, no-operations named as well: `MSS, SACK permitted, timestamps, NOP, window scale`.
  var options: Value {
    var names: [Value] = []
    var rest = bytes[(start + 20)..<min(bytes.count, start + Int(bytes[start + 12] >> 4) * 4)]
    while let kind = rest.first {
      names.append(.words(Self.name(ofOption: kind)))
      if kind == 0 { break }
      let length = kind == 1 ? 1 : Int(rest.dropFirst().first ?? 0)
      guard length >= 1 else { break }
      rest = rest.dropFirst(length)
    }
    return names.isEmpty ? "none" : .all(names)
  }

  /// The name of an option in IANA's registry of TCP options.
  private static func name(ofOption kind: UInt8) -> String {
    switch kind {
    case 0: "end"
    case 1: "NOP"
    case 2: "MSS"
    case 3: "window scale"
    case 4: "SACK permitted"
    case 5: "SACK"
    case 8: "timestamps"
    case 34: "Fast Open"
    case 172: "AccECN0"
    case 174: "AccECN1"
    default: "option \(kind)"
    }
  }

  /// The flags with the ninth, that Accurate ECN made of a reserved bit (RFC 9768).
  var flags: Value {
    let flags = Flags(rawValue: bytes[start + 13])
    if bytes[start + 12] & 1 != 0 { return .words("AE+\(flags)") }
    return flags.isEmpty ? "none" : .segment(flags)
  }

  var urgentPointer: UInt16 { UInt16(bytes[start + 18]) << 8 | UInt16(bytes[start + 19]) }

  /// Time to live, or hop limit.
  var hopLimit: UInt8 { bytes[isIPv6 ? 7 : 8] }

  /// Type of service, or traffic class.
  private var trafficClass: UInt8 { isIPv6 ? bytes[0] << 4 | bytes[1] >> 4 : bytes[1] }

  /// The upper six bits of it.
  var codePoint: UInt8 { trafficClass >> 2 }

  /// The lower two bits of it (RFC 3168 section 5).
  var congestion: Value {
    switch trafficClass & 3 {
    case 0: "Not-ECT"
    case 1: "ECT(1)"
    case 2: "ECT(0)"
    default: "CE"
    }
  }

  /// The label of the packet's flow (RFC 6437); nil in IPv4.
  var flowLabel: UInt32? {
    isIPv6 ? UInt32(bytes[1] & 0x0F) << 16 | UInt32(bytes[2]) << 8 | UInt32(bytes[3]) : nil
  }

  /// Identification and whether the packet may be fragmented; nil in IPv6, whose header has neither.
  var fragmentation: (identification: UInt16, isForbidden: Bool)? {
    isIPv6 ? nil : (UInt16(bytes[4]) << 8 | UInt16(bytes[5]), bytes[6] & 0x40 != 0)
  }
}

extension Event {
  /// The headers of the packet, where the event is a segment.
  var header: RawHeader? {
    if case .segment(_, let bytes) = what { RawHeader(bytes.array) } else { nil }
  }
}
