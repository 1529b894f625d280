internal import CLinux
import Glibc
package import SystemPackage
package import TCP

/// TCP_INFO of the connection behind a descriptor, as much of it as this kernel has.
///
/// Once TIME_WAIT begins its state is CLOSED: the minisocket is no longer behind the descriptor.
/// Throws `notSocket` and `badFileDescriptor` for what their names say.
///
/// The corresponding C function is `getsockopt`.
package func readInfo(ofDescriptor descriptor: CInt) throws(Errno) -> Info {
  // glibc's structure has 104 octets, the kernel's 232 to 280: ask for more than any has.
  var bytes = [UInt8](repeating: 0, count: 512)
  var length = socklen_t(bytes.count)
  _ = try result {
    unsafe bytes.withUnsafeMutableBytes {
      unsafe getsockopt(descriptor, CInt(IPPROTO_TCP), TCP_INFO, $0.baseAddress, &length)
    }
  }
  return Info(bytes: Array(bytes.prefix(Int(length))))
}
