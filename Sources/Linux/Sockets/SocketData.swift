internal import CLinux
import Glibc
package import SystemPackage
package import TCP

/// Data through a connection, and its ends.
extension Socket {
  /// Hands octets to the kernel, as many as it takes.
  ///
  /// - Returns: how many it took, 1 to the count given.
  /// - Throws: EAGAIN where the send buffer is full, EPIPE after the connection's end, ECONNRESET after a reset.
  ///
  /// The corresponding C function is `send` with `MSG_NOSIGNAL`.
  package borrowing func send(_ bytes: [UInt8], _ flags: SendFlags = []) throws(Errno) -> Int {
    try result(retrying: true) {
      unsafe Glibc.send(rawValue, bytes, bytes.count, CInt(MSG_NOSIGNAL) | flags.rawValue)
    }
  }

  /// Takes octets that have come: nil where nothing is there yet, none at the end of the stream.
  ///
  /// - Parameter count: at most so many; at least 1.
  /// - Throws: ECONNRESET after a reset, ETIMEDOUT where the kernel gave up.
  ///
  /// The corresponding C function is `recv`.
  package borrowing func receive(upTo count: Int, _ flags: ReceiveFlags = []) throws(Errno) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    do throws(Errno) {
      let length = try result(retrying: true) { unsafe recv(rawValue, &bytes, count, flags.rawValue) }
      return Array(bytes[..<length])
    } catch .wouldBlock {
      return nil
    }
  }

  /// Ends one direction or both, and keeps the socket. Ending what is written sends a FIN.
  ///
  /// - Throws: ENOTCONN where there is no connection.
  ///
  /// The corresponding C function is `shutdown`.
  package borrowing func shutdown(_ direction: Call.Direction) throws(Errno) {
    let how =
      switch direction {
      case .read: SHUT_RD
      case .write: SHUT_WR
      case .both: SHUT_RDWR
      }
    _ = try result { Glibc.shutdown(rawValue, CInt(how)) }
  }

  /// Octets that have come and were not read. A FIN does not count.
  ///
  /// - Throws: EINVAL for a listener.
  ///
  /// The corresponding C function is `ioctl` with `SIOCINQ`.
  package borrowing func unreadCount() throws(Errno) -> Int { try count(UInt(CLINUX_SIOCINQ)) }

  /// Octets, SYN and FIN that were sent or wait, and are not acknowledged.
  ///
  /// - Throws: EINVAL for a listener.
  ///
  /// The corresponding C function is `ioctl` with `SIOCOUTQ`.
  package borrowing func unacknowledgedCount() throws(Errno) -> Int { try count(UInt(CLINUX_SIOCOUTQ)) }

  /// Octets that were written and have not left yet.
  ///
  /// - Throws: EINVAL for a listener.
  ///
  /// The corresponding C function is `ioctl` with `SIOCOUTQNSD`.
  package borrowing func unsentCount() throws(Errno) -> Int { try count(UInt(CLINUX_SIOCOUTQNSD)) }

  /// Tells whether the next octet to read is the one at the urgent mark.
  ///
  /// The corresponding C function is `ioctl` with `SIOCATMARK`.
  package borrowing func isAtMark() throws(Errno) -> Bool { try count(UInt(CLINUX_SIOCATMARK)) != 0 }

  private borrowing func count(_ request: UInt) throws(Errno) -> Int {
    var value: CInt = 0
    _ = try result { unsafe clinux_ioctl_count(rawValue, request, &value) }
    return Int(value)
  }

  /// This end's address and port.
  ///
  /// The corresponding C function is `getsockname`.
  package borrowing func localEndpoint() throws(Errno) -> Endpoint {
    let number = rawValue
    return try unsafe endpoint { unsafe clinux_getsockname(number, $0, $1) }
  }

  /// The other end's address and port.
  ///
  /// - Throws: ENOTCONN where there is no connection.
  ///
  /// The corresponding C function is `getpeername`.
  package borrowing func remoteEndpoint() throws(Errno) -> Endpoint {
    let number = rawValue
    return try unsafe endpoint { unsafe clinux_getpeername(number, $0, $1) }
  }

  private borrowing func endpoint(
    _ call: (UnsafeMutableRawPointer, UnsafeMutablePointer<UInt32>) -> CInt
  ) throws(Errno) -> Endpoint {
    var bytes = [UInt8](repeating: 0, count: 128)
    var length = UInt32(bytes.count)
    _ = try result { unsafe call(&bytes, &length) }
    guard let endpoint = Endpoint(socketAddress: bytes) else { throw .addressFamilyNotSupported }
    return endpoint
  }
}
