import Glibc
package import SystemPackage

/// Files that are read or written whole.
package enum WholeFile {
  /// The octets of the file at `path`; `-` is standard input.
  ///
  /// - Parameter limit: the most octets that are read.
  /// - Throws: EFBIG where it holds more, EISDIR for a folder, and what `open` and `read` throw.
  ///
  /// The corresponding C function is `read`.
  package static func read(_ path: String, limit: Int) throws(Errno) -> [UInt8] {
    let descriptor =
      path == "-"
      ? Descriptor(owning: try result { dup(STDIN_FILENO) })
      : Descriptor(owning: try result(retrying: true) { unsafe open(path, O_RDONLY | O_CLOEXEC) })
    var status = stat()
    _ = try result { unsafe fstat(descriptor.rawValue, &status) }
    // A file says how much it holds; a pipe is read until it does not fit.
    if status.st_size > limit { throw .fileTooLarge }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try result(retrying: true) { unsafe Glibc.read(descriptor.rawValue, &part, part.count) }
      if count == 0 { return bytes }
      bytes += part[..<count]
      if bytes.count > limit { throw .fileTooLarge }
    }
  }

  /// Tells whether anything has this name, be it a link that leads nowhere.
  ///
  /// The corresponding C function is `lstat`.
  package static func isTaken(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0
  }

  /// Tells whether an ordinary file is there.
  ///
  /// The corresponding C function is `stat`.
  package static func isThere(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The size of a file in octets; 0 if there is none.
  ///
  /// The corresponding C function is `stat`.
  package static func size(of path: String) -> Int {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// A new, empty file that is open for writing.
  ///
  /// The corresponding C function is `open`.
  package static func create(_ path: String) throws(Errno) -> Descriptor {
    Descriptor(
      owning: try result(retrying: true) {
        unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      })
  }

  /// Removes a file.
  ///
  /// The corresponding C function is `unlink`.
  package static func remove(file path: String) { _ = unsafe unlink(path) }

  /// The path without links, from the root on; nil where nothing is there.
  ///
  /// The corresponding C function is `realpath`.
  package static func resolved(_ path: String) -> String? {
    guard let found = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }

  /// Writes all octets to an open descriptor.
  ///
  /// - Throws: EPIPE where nobody reads any more.
  ///
  /// The corresponding C function is `write`.
  package static func write(_ bytes: [UInt8], to descriptor: CInt) throws(Errno) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = try result(retrying: true) {
        unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      }
      rest = rest.dropFirst(count)
    }
  }
}
