import Glibc
package import SystemPackage

/// The open descriptors of this process.
package enum OwnDescriptors {
  /// The descriptors of this process that are this socket, by the inode that sock_diag and /proc/net/tcp name; none
  /// where no descriptor of ours holds it.
  ///
  /// The corresponding C functions are `readdir` and `readlink` of /proc/self/fd.
  package static func holding(socket inode: UInt64) throws(Errno) -> [CInt] {
    // 0 is what the kernel writes of a socket that nobody holds.
    guard inode > 0 else { return [] }
    return try numbers().filter { target(of: $0) == "socket:[\(inode)]" }
  }

  /// The descriptors of this process that are TCP sockets.
  ///
  /// The corresponding C functions are `readdir` of /proc/self/fd and `getsockopt` of `SO_PROTOCOL`.
  package static func ofTCP() throws(Errno) -> [CInt] {
    try numbers().filter { number in
      var (protocolNumber, length) = (CInt(0), socklen_t(MemoryLayout<CInt>.size))
      let code = unsafe getsockopt(number, SOL_SOCKET, SO_PROTOCOL, &protocolNumber, &length)
      return code == 0 && protocolNumber == CInt(IPPROTO_TCP)
    }
  }

  /// The name that the kernel has for this process.
  ///
  /// The corresponding C function is `read` of /proc/self/comm.
  package static func processName() throws(Errno) -> String {
    String(try TextFile.read("/proc/self/comm").prefix { $0 != "\n" })
  }

  /// The number of this process.
  ///
  /// The corresponding C function is `getpid`.
  package static var processID: CInt { getpid() }

  private static func numbers() throws(Errno) -> [CInt] {
    guard let folder = unsafe opendir("/proc/self/fd") else { throw Errno(rawValue: errno) }
    defer { _ = unsafe closedir(folder) }
    var numbers: [CInt] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let number = CInt(name) { numbers.append(number) }
    }
    return numbers.sorted()
  }

  /// nil where it is no longer open, as the folder's own descriptor.
  private static func target(of number: CInt) -> String? {
    var buffer = [CChar](repeating: 0, count: 64)
    guard
      let count = try? result({ unsafe readlink("/proc/self/fd/\(number)", &buffer, buffer.count) })
    else { return nil }
    return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
