import Glibc

/// One file, by whichever of its names or descriptors it is reached.
package struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let inode: UInt64

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }

  /// Of the file that this path leads to; nil where there is none.
  ///
  /// The corresponding C function is `stat`.
  package init?(of path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// Of an ordinary file that this descriptor has open; nil for anything else.
  ///
  /// The corresponding C function is `fstat`.
  package init?(ofOrdinary descriptor: CInt) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    self.init(status)
  }
}
