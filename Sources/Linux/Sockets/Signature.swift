internal import CLinux
import Glibc
package import SystemPackage
package import TCP

extension Socket {
  /// Signs all segments to an address, and takes none from it that is not signed with the same key.
  ///
  /// - Parameter key: at most 80 octets.
  /// - Throws: ENOPROTOOPT where the kernel was built without it.
  ///
  /// The corresponding C function is `setsockopt` with `TCP_MD5SIG`.
  package borrowing func sign(with key: String, to endpoint: Endpoint) throws(Errno) {
    let text = Array(key.utf8.prefix(80))
    // struct tcp_md5sig: an address of 128 octets, flags, a prefix, the key's length, a device, and the key.
    var octets = endpoint.socketAddress
    octets += [UInt8](repeating: 0, count: 128 - octets.count)
    octets += [0, 0] + UInt16(text.count).octets + UInt32(0).octets
    octets += text + [UInt8](repeating: 0, count: 80 - text.count)
    try set(.tcp, CLINUX_TCP_MD5SIG, octets)
  }
}
