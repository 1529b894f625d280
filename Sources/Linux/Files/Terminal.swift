internal import CLinux
import Glibc

/// The terminal, if output goes to one.
package enum Terminal {
  /// Tells whether this descriptor is a terminal.
  ///
  /// The corresponding C function is `isatty`.
  package static func isTerminal(_ descriptor: CInt) -> Bool { isatty(descriptor) == 1 }

  /// The columns of the terminal behind this descriptor; nil where it is none or does not say.
  ///
  /// The corresponding C function is `ioctl` with `TIOCGWINSZ`.
  package static func width(_ descriptor: CInt) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// The lines of the terminal behind this descriptor; nil where it is none or does not say.
  ///
  /// The corresponding C function is `ioctl` with `TIOCGWINSZ`.
  package static func height(_ descriptor: CInt) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return nil }
    return Int(size.ws_row)
  }

  /// A variable of the environment, or nil.
  ///
  /// The corresponding C function is `getenv`.
  package static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
