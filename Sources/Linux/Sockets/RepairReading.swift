internal import CLinux
import Glibc
package import SystemPackage
package import TCP

/// The windows of a connection that is moved (`struct tcp_repair_window`), in bytes.
package struct RepairedWindow: Hashable, Sendable {
  /// The number of the segment that offered the peer's window last (SND.WL1).
  package var lastUpdate: SequenceNumber
  /// The peer's window, and the largest that it has offered.
  package var send: UInt32
  package var largest: UInt32
  /// The own window, and the number from which on it was offered (RCV.NXT then).
  package var own: UInt32
  package var offeredAt: SequenceNumber

  /// The five numbers as the kernel takes and gives them.
  var octets: [UInt8] { [lastUpdate.rawValue, send, largest, own, offeredAt.rawValue].flatMap(\.octets) }
}

extension RepairedWindow {
  /// The five numbers that the kernel gives; nil where there are not so many.
  init?(octets: [UInt8]) {
    let words = stride(from: 0, to: octets.count, by: 4).compactMap { UInt32(octets: octets[$0...]) }
    guard words.count == 5 else { return nil }
    self.init(
      lastUpdate: SequenceNumber(words[0]), send: words[1], largest: words[2], own: words[3],
      offeredAt: SequenceNumber(words[4]))
  }
}

/// Values that a program reads and sets to move a connection. All of them need CAP_NET_ADMIN in the socket's namespace.
extension Socket {
  /// The windows of an open connection.
  ///
  /// - Parameter entersRepair: false to ask without repair, which the kernel refuses.
  ///
  /// The corresponding C function is `getsockopt` with `TCP_REPAIR_WINDOW`.
  package borrowing func repairedWindow(entersRepair: Bool = true) throws(Errno) -> RepairedWindow {
    if entersRepair { try setRepair(.on) }
    let octets = try get(.tcp, CLINUX_TCP_REPAIR_WINDOW, count: 20)
    if entersRepair { try leaveRepair() }
    guard let window = RepairedWindow(octets: octets) else { throw .invalidArgument }
    return window
  }

  /// Sets what the peer would have said with an option of its SYN.
  ///
  /// - Parameters:
  ///   - kind: the option's number in a header.
  ///   - entersRepair: false to set it without repair, which the kernel refuses.
  /// - Throws: EFBIG for a shift of windows above 14; EINVAL for a value of an option that has none; EPERM outside of repair.
  ///
  /// The corresponding C function is `setsockopt` with `TCP_REPAIR_OPTIONS`.
  package borrowing func setRepairOption(
    _ kind: UInt32, to value: UInt32, entersRepair: Bool = true
  ) throws(Errno) {
    if entersRepair { try setRepair(.on) }
    let outcome = Result { () throws(Errno) in
      try set(.tcp, CLINUX_TCP_REPAIR_OPTIONS, kind.octets + value.octets)
    }
    if entersRepair { try leaveRepair() }
    try outcome.get()
  }
}
