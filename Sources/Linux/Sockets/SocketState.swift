internal import CLinux
import Glibc
package import SystemPackage

/// The kernel's state of a socket, and filters that make it refuse segments.
extension Socket {
  /// The error that a connection ran into since the last call, or nil; asking forgets it.
  ///
  /// The corresponding C function is `getsockopt` with `SO_ERROR`.
  package borrowing func pendingError() throws(Errno) -> Errno? {
    let number = try get(Option<Int>(.socket, SO_ERROR))
    return number == 0 ? nil : Errno(rawValue: CInt(number))
  }

  /// The number of the socket's network namespace, which no other namespace gets before the machine starts anew.
  ///
  /// - Throws: ENOPROTOOPT before Linux 5.14.
  ///
  /// The corresponding C function is `getsockopt` with `SO_NETNS_COOKIE`.
  package borrowing func namespaceCookie() throws(Errno) -> UInt64 {
    // The kernel wants exactly the count that it gives.
    guard let cookie = UInt64(octets: try get(.socket, CLINUX_SO_NETNS_COOKIE, count: 8)) else {
      throw .invalidArgument
    }
    return cookie
  }

  /// Lets no segment in: the kernel drops each one for this socket as if the network had lost it.
  ///
  /// The corresponding C function is `setsockopt` with `SO_ATTACH_FILTER`.
  package borrowing func rejectAll() throws(Errno) {
    _ = try result { clinux_attach_constant_filter(rawValue, 0) }
  }

  /// The number of segments that the kernel has dropped at this socket, as a filter makes it do; nil before Linux 4.12.
  ///
  /// The corresponding C function is `getsockopt` with `SO_MEMINFO`.
  package borrowing func dropCount() throws(Errno) -> Int? {
    do throws(Errno) {
      // The last of nine numbers (SK_MEMINFO_DROPS).
      return UInt32(octets: try get(.socket, CLINUX_SO_MEMINFO).dropFirst(32).prefix(4)).map(Int.init)
    } catch {
      guard error == .protocolNotAvailable else { throw error }
      return nil
    }
  }

  /// The octets of the kernel's memory that the send queue takes up, and those that it may; nil before Linux 4.12.
  ///
  /// The corresponding C function is `getsockopt` with `SO_MEMINFO`.
  package borrowing func sendMemory() throws(Errno) -> (used: Int, limit: Int)? {
    do throws(Errno) {
      let numbers = try get(.socket, CLINUX_SO_MEMINFO)
      // SK_MEMINFO_WMEM_QUEUED and SK_MEMINFO_SNDBUF.
      guard let used = UInt32(octets: numbers.dropFirst(20)),
        let limit = UInt32(octets: numbers.dropFirst(12))
      else { return nil }
      return (Int(used), Int(limit))
    } catch {
      guard error == .protocolNotAvailable else { throw error }
      return nil
    }
  }

  /// The packet with the SYN that made this connection, which can be asked for once; empty where none was kept.
  ///
  /// The corresponding C function is `getsockopt` with `TCP_SAVED_SYN`.
  package borrowing func savedSyn() throws(Errno) -> [UInt8] {
    try get(.tcp, CLINUX_TCP_SAVED_SYN, count: 500)
  }

  /// Lets segments in again.
  ///
  /// - Throws: ENOENT where none were rejected.
  ///
  /// The corresponding C function is `setsockopt` with `SO_DETACH_FILTER`.
  package borrowing func acceptAll() throws(Errno) {
    // The value is not looked at, but an int has to be there.
    try set(.socket, CLINUX_SO_DETACH_FILTER, CInt(0).octets)
  }
}
