import Glibc
package import SystemPackage

/// Small files of /proc, which the kernel writes when they are read.
package enum TextFile {
  /// The whole file as text. Those under /proc/thread-self are the calling thread's, and of its namespace.
  ///
  /// The corresponding C functions are `open` and `read`.
  package static func read(_ path: String) throws(Errno) -> String {
    String(decoding: try bytes(of: path), as: UTF8.self)
  }

  /// The same as octets.
  package static func bytes(of path: String) throws(Errno) -> [UInt8] {
    let file = Descriptor(owning: try result(retrying: true) { unsafe open(path, O_RDONLY | O_CLOEXEC) })
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = try result(retrying: true) { unsafe Glibc.read(file.rawValue, &buffer, buffer.count) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  /// Writes the text in one call, as the files of /proc want it, into a file that is there.
  ///
  /// The corresponding C functions are `open` and `write`.
  package static func write(_ text: String, to path: String) throws(Errno) {
    let file = Descriptor(owning: try result(retrying: true) { unsafe open(path, O_WRONLY | O_CLOEXEC) })
    let bytes = Array(text.utf8)
    _ = try result(retrying: true) { unsafe Glibc.write(file.rawValue, bytes, bytes.count) }
  }
}
