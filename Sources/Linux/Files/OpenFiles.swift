internal import CLinux
import Glibc
internal import SystemPackage

/// The limit of files, sockets and other descriptors that this process may have open at a time.
package enum OpenFiles {
  /// The limit; the largest number where the kernel tells none.
  ///
  /// The corresponding C function is `getrlimit` with `RLIMIT_NOFILE`.
  package static var limit: Int { (try? limits()).map { Int(clamping: $0.rlim_cur) } ?? .max }

  /// Raises the limit as far as this process may, to the hard limit.
  ///
  /// The corresponding C function is `setrlimit` with `RLIMIT_NOFILE`.
  package static func raiseLimit() {
    guard var limits = try? limits(), limits.rlim_cur < limits.rlim_max else { return }
    limits.rlim_cur = limits.rlim_max
    // Where it is refused, the limit is what it was.
    _ = unsafe clinux_set_open_files(&limits)
  }

  private static func limits() throws(Errno) -> rlimit {
    var limits = rlimit()
    _ = try result { unsafe clinux_get_open_files(&limits) }
    return limits
  }
}

extension Errno {
  /// The symbol and the meaning of this error, `EPERM (Operation not permitted)`; of a limit of this process with its
  /// value and the way to raise it.
  package var explained: String {
    let text = "\(name) (\(self))"
    guard self == .tooManyOpenFiles else { return text }
    return
      "\(text): the limit of this process is \(OpenFiles.limit) open files; ulimit -n raises it"
  }
}
