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
