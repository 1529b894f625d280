internal import CLinux
internal import SystemPackage

extension Namespace {
  /// The namespace that a socket of another process is in. The process keeps the socket as it is: it has one more
  /// descriptor for the length of this call.
  ///
  /// - Throws: ENOSYS before Linux 5.6, EPERM where the process or the namespace is somebody else's, EBADF where the
  ///   descriptor is closed.
  ///
  /// The corresponding C functions are `pidfd_getfd`, and `ioctl` with `SIOCGSKNS`.
  static func ofSocket(_ descriptor: Int, of process: borrowing Descriptor) throws(Errno) -> Namespace {
    let number = process.rawValue
    let socket = Descriptor(
      owning: try result { clinux_pidfd_getfd(number, CInt(truncatingIfNeeded: descriptor)) })
    let inside = socket.rawValue
    return Namespace(descriptor: Descriptor(owning: try result { clinux_socket_namespace(inside) }))
  }

  /// The same for a process that is told by its number.
  static func ofSocket(_ descriptor: Int, ofProcess process: Int) throws(Errno) -> Namespace {
    try ofSocket(descriptor, of: try openProcess(process))
  }

  /// The namespace's name: `net:[4026531840]`.
  ///
  /// The corresponding C function is `readlink` of /proc/self/fd.
  var name: String {
    get throws(Errno) { try System.link("/proc/self/fd/\(descriptor.rawValue)") }
  }
}

/// A descriptor of a process, by its number.
///
/// The corresponding C function is `pidfd_open`.
func openProcess(_ process: Int) throws(Errno) -> Descriptor {
  Descriptor(owning: try result { clinux_pidfd_open(CInt(truncatingIfNeeded: process)) })
}
