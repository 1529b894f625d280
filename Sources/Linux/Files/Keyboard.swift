internal import CLinux
import Glibc
package import SystemPackage

/// A terminal that gives each key at once and shows none of them, until this value ends: then it is as it was before.
///
/// The keys that send signals still do, but for the one that stops the program: a stopped program would leave the
/// terminal in this mode.
package struct Keyboard: ~Copyable {
  private let descriptor: CInt
  private let before: termios

  /// Takes the terminal behind this descriptor.
  ///
  /// - Throws: ENOTTY where it is none.
  ///
  /// The corresponding C functions are `tcgetattr` and `tcsetattr`.
  package init(_ descriptor: CInt) throws(Errno) {
    var mode = termios()
    _ = try result { unsafe tcgetattr(descriptor, &mode) }
    let old = mode
    mode.c_lflag &= ~tcflag_t(ICANON | ECHO | IEXTEN)
    unsafe withUnsafeMutableBytes(of: &mode.c_cc) { characters in
      unsafe characters[Int(VMIN)] = 1
      unsafe characters[Int(VTIME)] = 0
      // _POSIX_VDISABLE is 0 on Linux.
      unsafe characters[Int(VSUSP)] = 0
    }
    _ = try result { unsafe tcsetattr(descriptor, TCSADRAIN, &mode) }
    self.descriptor = descriptor
    before = old
  }

  deinit {
    var mode = before
    _ = unsafe tcsetattr(descriptor, TCSADRAIN, &mode)
  }

  /// The octets that were typed since the last call, after waiting for some until the deadline; empty where none were.
  ///
  /// - Parameter others: descriptors that end the wait, too, where they can be read.
  /// - Returns: nil at the end of the input.
  ///
  /// The corresponding C functions are `ppoll` and `read`.
  package borrowing func read(orReadable others: [CInt] = [], until deadline: Int64) throws(Errno) -> [UInt8]?
  {
    guard try waitReadable([descriptor] + others, until: deadline)[0] else { return [] }
    var part = [UInt8](repeating: 0, count: 256)
    let number = descriptor
    let count = try result(retrying: true) { unsafe Glibc.read(number, &part, part.count) }
    return count == 0 ? nil : Array(part[..<count])
  }
}
