internal import CLinux
import Glibc
package import SystemPackage

/// A lock that one process at a time has, and gives back when it ends.
package struct FileLock: ~Copyable {
  private let descriptor: Descriptor

  /// Takes the lock; nil where another process has it.
  ///
  /// - Throws: EACCES, EROFS where the file cannot be made.
  ///
  /// The corresponding C functions are `open` and `flock`.
  package init?(_ path: String) throws(Errno) {
    let descriptor = Descriptor(
      owning: try result(retrying: true) {
        unsafe open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
      })
    do throws(Errno) {
      _ = try result(retrying: true) { clinux_lock(descriptor.rawValue) }
    } catch .wouldBlock {
      return nil
    }
    self.descriptor = descriptor
  }

  /// Gives the lock back.
  ///
  /// The corresponding C function is `close`.
  package consuming func release() { _ = consume self }
}
