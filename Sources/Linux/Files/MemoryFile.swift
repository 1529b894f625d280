internal import CLinux
import Glibc
package import SystemPackage

/// A file that has no name and lies in memory: nothing is left of it when nobody has it open any more.
package struct MemoryFile: ~Copyable {
  package let descriptor: Descriptor

  /// - Parameter name: the name that /proc shows of it.
  ///
  /// The corresponding C function is `memfd_create`.
  package init(named name: String, _ bytes: [UInt8] = []) throws(Errno) {
    let descriptor = Descriptor(owning: try result { unsafe clinux_memory_file(name) })
    try WholeFile.write(bytes, to: descriptor.rawValue)
    self.descriptor = descriptor
  }

  /// The path under which a process that has the descriptor opens it anew.
  package var path: String { "/proc/self/fd/\(descriptor.rawValue)" }

  /// All that is in it, up to this many octets.
  ///
  /// The corresponding C function is `pread`.
  package borrowing func contents(limit: Int = 1 << 28) throws(Errno) -> [UInt8] {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < limit {
      let count = try result(retrying: true) {
        unsafe pread(descriptor.rawValue, &part, part.count, off_t(bytes.count))
      }
      if count == 0 { break }
      bytes += part[..<count]
    }
    return bytes
  }
}
