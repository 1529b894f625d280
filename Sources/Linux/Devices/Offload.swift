internal import CLinux
import Glibc
package import SystemPackage

/// Work on segments that the kernel puts off or leaves to the device. With it a capture shows several segments
/// as one.
package enum Offload: CaseIterable, Sendable {
  /// The device cuts large segments (TSO).
  case tcpSegmentation
  /// The kernel cuts large segments just before the device (GSO).
  case genericSegmentation
  /// The kernel joins what was received (GRO).
  case genericReceive

  var command: UInt32 {
    switch self {
    case .tcpSegmentation: UInt32(ETHTOOL_STSO)
    case .genericSegmentation: UInt32(ETHTOOL_SGSO)
    case .genericReceive: UInt32(ETHTOOL_SGRO)
    }
  }
}

extension Interface {
  /// Switches an offload on or off.
  ///
  /// - Throws: EOPNOTSUPP where the device cannot.
  ///
  /// The corresponding C function is `ioctl` with `SIOCETHTOOL`.
  package func set(_ offload: Offload, _ on: Bool) throws(Errno) {
    let socket = try Socket.tcp(.ipv4)
    _ = try result { unsafe clinux_ethtool_set(socket.rawValue, name, offload.command, on ? 1 : 0) }
  }

  /// Switches every offload off, so that what is captured are the segments themselves.
  ///
  /// The corresponding C function is `ioctl` with `SIOCETHTOOL`.
  package func turnOffOffloads() throws(Errno) {
    for offload in Offload.allCases { try set(offload, false) }
  }
}
