internal import CLinux
import Glibc
package import SystemPackage

/// An option of a socket whose value is an int, by its numbers: for tables of all that a kernel has.
package struct NumberedOption: Hashable, Sendable {
  package enum Level: Sendable { case socket, tcp, ipv4, ipv6 }

  package let level: Level
  package let number: CInt

  package init(_ level: Level, _ number: CInt) {
    self.level = level
    self.number = number
  }

  fileprivate var option: Socket.Option<Int> {
    let level: Socket.Level =
      switch level {
      case .socket: .socket
      case .tcp: .tcp
      case .ipv4: .ipv4
      case .ipv6: .ipv6
      }
    return Socket.Option(level, number)
  }
}

extension Socket {
  /// Sets an option, whatever the kernel makes of the value.
  ///
  /// The corresponding C function is `setsockopt`.
  package borrowing func set(_ option: NumberedOption, to value: Int) throws(Errno) {
    try set(option.option, to: value)
  }

  /// An option's value.
  ///
  /// - Throws: ENOPROTOOPT where this kernel lacks it.
  ///
  /// The corresponding C function is `getsockopt`.
  package borrowing func get(_ option: NumberedOption) throws(Errno) -> Int { try get(option.option) }
}
