import Glibc
internal import SystemPackage
internal import TCP

/// Endpoints as the kernel has them: `sockaddr_in` of 16 octets and `sockaddr_in6` of 28.
extension Endpoint {
  /// Family in the machine's order, port in the network's; flow label and scope are zero.
  var socketAddress: [UInt8] {
    let port = [UInt8(port >> 8), UInt8(truncatingIfNeeded: port)]
    return switch address.family {
    case .ipv4: UInt16(AF_INET).octets + port + address.bytes + [UInt8](repeating: 0, count: 8)
    case .ipv6: UInt16(AF_INET6).octets + port + [0, 0, 0, 0] + address.bytes + [0, 0, 0, 0]
    }
  }

  /// The endpoint in these octets; nil for a family other than the two.
  init?(socketAddress bytes: [UInt8]) {
    guard bytes.count >= 16, let family = UInt16(octets: bytes[0..<2]) else { return nil }
    let part: Range<Int>
    switch CInt(family) {
    case AF_INET: part = 4..<8
    case AF_INET6: part = 8..<24
    default: return nil
    }
    guard bytes.count >= part.upperBound, let address = Address(bytes: Array(bytes[part])) else { return nil }
    self.init(address, UInt16(bytes[2]) << 8 | UInt16(bytes[3]))
  }
}

extension Family {
  /// `AF_INET` or `AF_INET6`.
  var number: CInt {
    switch self {
    case .ipv4: AF_INET
    case .ipv6: AF_INET6
    }
  }
}
