package import TCP

/// A command of a script that acts in the private namespace alone. It is carried out without a shell.
package enum ShellCommand: Equatable, Sendable {
  /// Sets a sysctl. Where `isKept`, its value before is kept, and comes back with ``restore``.
  case set(String, String, isKept: Bool)
  /// Gives back the values that were kept.
  case restore
  /// Forgets what the kernel has learnt about peers.
  case forgetPeers
  /// Sets or takes away the queue of the device.
  case queue(Queue)
  /// Gives the route to this network, through the device, the metrics that scripts may set: ACKs are sent at once, and the
  /// least retransmission timeout.
  case route(Network, acksAtOnce: Bool, leastTimeout: Duration?)
  /// Sets the size of the largest packet of the device.
  case mtu(Int)
  /// Switches the cutting of large segments by the device, and by the kernel for it, on or off.
  case offloads(tcp: Bool?, generic: Bool?)
  /// Counts all counters from now on.
  case resetCounters
  /// Something that must be true of a counter: it has moved, and where there is a number, by so much.
  case counter(String, Int?)

  package enum Queue: Equatable, Sendable {
    case none
    /// The name of the discipline, and its limit of packets.
    case discipline(String, limit: Int?)
  }
}

/// A network: its first address, and the bits that all its addresses have in common.
package struct Network: Equatable, Sendable {
  package let address: Address
  package let bits: Int

  /// The network that an address lies in.
  package init(of address: Address, bits: Int) {
    let octets = address.bytes.enumerated().map { place, octet in
      octet & ~UInt8(truncatingIfNeeded: 0xFF >> max(0, min(8, bits - place * 8)))
    }
    self.address = Address(bytes: octets) ?? address
    self.bits = bits
  }
}

extension Network: CustomStringConvertible {
  /// `192.0.2.0/24`
  package var description: String { "\(address)/\(bits)" }

  /// Reads what ``description`` writes; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = Address(parts[0]), let bits = Int(parts[1]),
      0...address.bytes.count * 8 ~= bits
    else { return nil }
    self.init(of: address, bits: bits)
    if self.address != address { return nil }
  }
}
