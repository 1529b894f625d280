import Glibc
package import SystemPackage

/// A file descriptor with one owner, closed once: when it is given up, or by ``close()``.
package struct Descriptor: ~Copyable {
  package let rawValue: CInt

  /// Takes over a descriptor that nobody else closes.
  package init(owning rawValue: CInt) { self.rawValue = rawValue }

  deinit { _ = Glibc.close(rawValue) }

  /// Closes the descriptor and tells what the kernel said of it. It is closed whatever that is.
  ///
  /// The corresponding C function is `close`.
  package consuming func close() throws(Errno) {
    let number = rawValue
    discard self
    _ = try result { Glibc.close(number) }
  }

  /// Gives the number to somebody else, who closes it.
  package consuming func release() -> CInt {
    let number = rawValue
    discard self
    return number
  }
}
