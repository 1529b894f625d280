package import Documents
package import Linux
package import SystemPackage
package import TCP
package import Traces

/// Two hosts with a TUN device each. Every packet between them goes through the probe's hands, so nothing moves
/// unless it says so: states that last microseconds in real time stand still and can be looked at.
package final class Wire: Bench {
  package let kind = BenchKind.wire
  package let family: Family
  package let settings: HostSettings
  package let addresses: Both<Address>
  package let segmentObserver = ObserverReport(kind: .wire)
  package let placementObstacle: String? = nil
  package let holdsPackets = true
  package let isPrivate = true

  /// The name of each host's device.
  static let device = "wire"

  private let left: End
  private let right: End
  private var ports = PortNumbers()

  /// A host and its device.
  private final class End {
    let host: Host
    let tunnel: Tunnel

    init(address: Address, other: Address, settings: HostSettings, leastTimeout: Duration?) throws {
      host = try Host(private: (), settings: settings)
      tunnel = try host.enter {
        let tunnel = try benchStep("open the TUN device of the wire", remedy: Remedies.ofTunnel) {
          try Tunnel.open(name: Wire.device)
        }
        try tunnel.interface.setMTU(1500)
        try tunnel.interface.bringUp()
        try tunnel.interface.add(address, prefix: address.bytes.count * 8)
        try tunnel.interface.addRoute(to: other, leastTimeout: leastTimeout)
        return tunnel
      }
    }

    /// A socket that was closed in the middle of a run would try for minutes to tell the other end, which nobody
    /// carries to any more, and keep the namespace for as long. Nothing is run here again, so it may give up.
    deinit { try? host.enter { try Sysctl.write("net.ipv4.tcp_orphan_retries", "1") } }
  }

  /// Sets the two hosts up.
  ///
  /// - Parameter leastTimeout: the least retransmission timeout of connections between them; nil for the kernel's own.
  /// - Throws: ``BenchError`` where the namespaces or devices cannot be made.
  package init(
    family: Family, settings: HostSettings = HostSettings(), leastTimeout: Duration? = nil
  ) throws(BenchError) {
    self.family = family
    self.settings = settings
    // Addresses that are set aside for documentation (RFC 5737, RFC 3849).
    let addresses =
      switch family {
      case .ipv4: Both(left: Address(198, 51, 100, 1), right: Address(198, 51, 100, 2))
      case .ipv6:
        Both(
          left: Address(groups: (0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)),
          right: Address(groups: (0x2001, 0xdb8, 0, 0, 0, 0, 0, 2)))
      }
    self.addresses = addresses
    left = try benchStep("set up the left host of the wire") {
      try End(
        address: addresses.left, other: addresses.right, settings: settings, leastTimeout: leastTimeout)
    }
    right = try benchStep("set up the right host of the wire") {
      try End(
        address: addresses.right, other: addresses.left, settings: settings, leastTimeout: leastTimeout)
    }
  }

  private func end(_ party: Party) -> End { party == .left ? left : right }

  package func enter<R: ~Copyable>(_ party: Party, _ body: () throws -> R) throws -> R {
    try end(party).host.enter(body)
  }

  package func nextPorts() -> Both<UInt16> {
    ports.next()
  }

  /// The descriptors that can be read where a packet has left.
  package var descriptors: [CInt] { [left.tunnel.descriptor.rawValue, right.tunnel.descriptor.rawValue] }

  package func departure(until deadline: Int64) throws(Errno) -> Departure? {
    while true {
      let ready = try waitReadable(descriptors, until: deadline)
      guard ready.contains(true) else { return nil }
      let party: Party = ready[0] ? .left : .right
      guard let bytes = try end(party).tunnel.read() else { continue }
      // What is not TCP the hosts say on their own account; it goes nowhere.
      guard let packet = Packet(bytes: bytes) else { continue }
      return Departure(packet: packet, bytes: bytes, time: Clock.monotonic())
    }
  }

  package func deliver(_ departure: Departure) throws(Errno) {
    let receiver: Party = departure.packet.destination.address == addresses.left ? .left : .right
    try end(receiver).tunnel.write(departure.bytes)
  }

  package func setLoss(_ isLossy: Bool, at descriptor: borrowing Socket) {}
}
