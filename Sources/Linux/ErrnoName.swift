internal import CLinux
package import SystemPackage

extension Errno {
  /// The symbol of this error, `ECONNREFUSED`; `errno 600` where the C library knows none.
  ///
  /// Of two symbols with one number the usual one is written: `EAGAIN`, `EOPNOTSUPP`, `EDEADLK`.
  ///
  /// The corresponding C function is `strerrorname_np`.
  package var name: String {
    symbol ?? "errno \(rawValue)"
  }

  /// The error of this symbol (`ECONNREFUSED`), also of its second name (`EWOULDBLOCK`); nil for any other text.
  package init?(name: some StringProtocol) {
    switch name {
    case "EWOULDBLOCK": self = .wouldBlock
    case "ENOTSUP": self = .notSupportedOnSocket
    case "EDEADLOCK": self = .deadlock
    default:
      let text = String(name)
      // The kernel's numbers end at MAX_ERRNO, those with a symbol far below.
      guard let number = (1...CInt(255)).first(where: { Errno(rawValue: $0).symbol == text }) else {
        return nil
      }
      self.init(rawValue: number)
    }
  }

  private var symbol: String? {
    // The C library writes ENOTSUP; manual pages about sockets, and the kernel, write EOPNOTSUPP.
    if self == .notSupportedOnSocket { return "EOPNOTSUPP" }
    guard let symbol = unsafe strerrorname_np(rawValue) else { return nil }
    return unsafe String(cString: symbol)
  }
}
