internal import CLinux
import Glibc
package import SystemPackage

extension Socket {
  /// An option of a socket, by the type of its value. The options that there are stand in SocketOptions.swift.
  package struct Option<Value: SocketOptionValue>: Sendable {
    let level: Level
    let name: CInt

    init(_ level: Level, _ name: CInt) {
      self.level = level
      self.name = name
    }
  }

  /// The part of the kernel that an option belongs to.
  enum Level: Sendable {
    case socket, tcp, ipv4, ipv6

    var rawValue: CInt {
      switch self {
      case .socket: SOL_SOCKET
      case .tcp: CInt(IPPROTO_TCP)
      case .ipv4: CInt(IPPROTO_IP)
      case .ipv6: CInt(IPPROTO_IPV6)
      }
    }
  }

  /// Sets an option.
  ///
  /// - Throws: ENOPROTOOPT where this kernel lacks it, EPERM where it needs a privilege, EINVAL where the value
  ///   or the socket's state does not fit, ENOENT for a congestion control that is not there.
  ///
  /// The corresponding C function is `setsockopt`.
  package borrowing func set<Value>(_ option: Option<Value>, to value: Value) throws(Errno) {
    try set(option.level, option.name, value.octets)
  }

  /// An option's value.
  ///
  /// - Throws: ENOPROTOOPT where this kernel lacks it.
  ///
  /// The corresponding C function is `getsockopt`.
  package borrowing func get<Value>(_ option: Option<Value>) throws(Errno) -> Value {
    guard let value = Value(octets: try get(option.level, option.name)) else { throw .invalidArgument }
    return value
  }

  borrowing func set(_ level: Level, _ name: CInt, _ octets: [UInt8]) throws(Errno) {
    _ = try result { unsafe setsockopt(rawValue, level.rawValue, name, octets, socklen_t(octets.count)) }
  }

  borrowing func get(_ level: Level, _ name: CInt, count: Int = 64) throws(Errno) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    var length = socklen_t(buffer.count)
    _ = try result { unsafe getsockopt(rawValue, level.rawValue, name, &buffer, &length) }
    return Array(buffer[..<Int(length)])
  }
}

/// A value that an option of a socket can have, as the octets that the kernel takes.
package protocol SocketOptionValue: Sendable {
  /// The value in the machine's order.
  var octets: [UInt8] { get }
  /// The value in these octets; nil where they are too few.
  init?(octets: [UInt8])
}

extension Bool: SocketOptionValue {
  package var octets: [UInt8] { CInt(self ? 1 : 0).octets }
  package init?(octets: [UInt8]) {
    guard let number = CInt(octets: octets) else { return nil }
    self = number != 0
  }
}

/// A C `int`; what does not fit becomes the nearest that does.
extension Int: SocketOptionValue {
  package var octets: [UInt8] { CInt(clamping: self).octets }
  package init?(octets: [UInt8]) {
    guard let number = CInt(octets: octets) else { return nil }
    self.init(number)
  }
}

extension String: SocketOptionValue {
  package var octets: [UInt8] { Array(utf8) }
  package init?(octets: [UInt8]) { self.init(decoding: octets.prefix { $0 != 0 }, as: UTF8.self) }
}
