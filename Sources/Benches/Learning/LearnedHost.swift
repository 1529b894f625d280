import Learning
import Linux
import SystemPackage
import TCP

/// A host of its own with one TUN device, on which timers and limits do not come in the way of a machine.
final class LearnedHost {
  let local: Address
  let remote: Address
  private let host: Host
  private let tunnel: Box<Tunnel>

  init(_ family: Family) throws {
    // Addresses that are set aside for documentation (RFC 5737, RFC 3849).
    let addresses =
      switch family {
      case .ipv4: (Address(198, 51, 100, 1), Address(198, 51, 100, 2))
      case .ipv6:
        (
          Address(groups: (0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)),
          Address(groups: (0x2001, 0xdb8, 0, 0, 0, 0, 0, 2))
        )
      }
    (local, remote) = addresses
    host = try Host(private: (), settings: HostSettings(LearningSettings.all))
    tunnel = try host.enter {
      let tunnel = Box(try Tunnel.open(name: "tun0"))
      let interface = tunnel.value.interface
      try interface.setMTU(1500)
      try interface.bringUp()
      try interface.add(addresses.0, prefix: addresses.0.bytes.count * 8)
      // No timer of data fires, no ACK is delayed, and the window has room for more than a word sends.
      try interface.addRoute(
        to: addresses.1, leastTimeout: .seconds(LearningSettings.leastTimeout), acksAtOnce: true,
        initialWindow: 1000)
      return tunnel
    }
  }

  /// A socket that was closed in the middle of a word would keep the namespace for minutes.
  deinit { try? host.enter { try Sysctl.write("net.ipv4.tcp_orphan_retries", "1") } }

  func enter<R: ~Copyable>(_ body: () throws -> R) throws -> R { try host.enter(body) }

  /// Gives the kernel a segment. It is processed, and answered, before the write returns: the device hands it to the
  /// protocol in the writer's own context, and a segment that is sent goes from the socket through the queue into the
  /// device in the sender's. A test compares it with a variant that waits.
  func write(_ bytes: [UInt8]) throws(Errno) { try tunnel.value.write(bytes) }

  /// The next packet that the kernel has sent; nil where there is none.
  func read() throws(Errno) -> [UInt8]? { try tunnel.value.read() }
}
