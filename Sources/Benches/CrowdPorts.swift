import Linux
import SystemPackage

/// The ports that the kernel may choose from.
extension Crowd {
  /// The kernel looks through all even ports before it takes an odd one. So it is offered a few at a time, or it
  /// would look longer for the last than TIME_WAIT lasts; and all of them, before it is believed that none is left.
  ///
  /// - Returns: whether there is something left to offer.
  func widen() throws -> Bool {
    guard let offered else { return false }
    if offered.upperBound < ports.upperBound {
      try offer(first: offered.upperBound + 1)
    } else {
      try offerAll()
    }
    return true
  }

  func offer(first: UInt16) throws {
    let last = first + min(UInt16(Crowd.together - 1), ports.upperBound - first)
    offered = first...last
    try Sysctl.write("net.ipv4.ip_local_port_range", "\(first) \(last)")
  }

  func offerAll() throws {
    guard offered != nil else { return }
    offered = nil
    try Sysctl.write("net.ipv4.ip_local_port_range", "\(ports.lowerBound) \(ports.upperBound)")
  }

  /// The ports that the kernel chooses from, in the calling thread's namespace.
  ///
  /// - Throws: `Errno` where the setting cannot be read.
  static func ports() throws -> ClosedRange<UInt16> {
    let text = try Sysctl.read("net.ipv4.ip_local_port_range")
    let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { UInt16($0) }
    guard numbers.count == 2, numbers[0] <= numbers[1], numbers[0] > 1 else { throw Errno.invalidArgument }
    return numbers[0]...numbers[1]
  }
}
