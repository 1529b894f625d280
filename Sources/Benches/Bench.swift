package import Documents
package import Linux
package import SystemPackage
package import TCP
package import Traces

/// A place where connections are made: two hosts, or one that is both, and a way for segments between them.
package protocol Bench: AnyObject {
  var kind: BenchKind { get }
  var family: Family { get }
  /// True if its hosts are its own, so that their settings may be changed.
  var isPrivate: Bool { get }
  /// The settings that its hosts were given instead of the kernel's defaults.
  var settings: HostSettings { get }
  /// The address of each party.
  var addresses: Both<Address> { get }
  /// The observer of the segments of this bench, with the reason where it cannot run.
  var segmentObserver: ObserverReport { get }
  /// The reason why connections cannot begin at chosen sequence numbers here; nil where they can.
  var placementObstacle: String? { get }

  /// Runs `body` in the namespace of this party.
  func enter<R: ~Copyable>(_ party: Party, _ body: () throws -> R) throws -> R

  /// Ports for the next connection; 0 lets the kernel choose.
  func nextPorts() -> Both<UInt16>

  /// The next packet that left a host, or nil where none does before the deadline.
  func departure(until deadline: Int64) throws(Errno) -> Departure?

  /// Lets a packet arrive that left. Where packets arrive by themselves, it has.
  func deliver(_ departure: Departure) throws(Errno)

  /// True if packets wait in the bench until they are delivered.
  var holdsPackets: Bool { get }

  /// Makes ready to lose, or no longer to lose, what reaches this socket. Where packets are in the bench's hands
  /// there is nothing to make ready.
  func setLoss(_ isLossy: Bool, at descriptor: borrowing Socket) throws(Errno)
}

extension Bench {
  /// Tells whether CAP_NET_ADMIN counts where its hosts are, as it does in namespaces of one's own.
  package var hasNetAdmin: Bool {
    if isPrivate { return true }
    let privileges = Privileges.ofThisThread()
    return privileges.hasNetAdmin && privileges.isInInitialUserNamespace
  }
}

/// A packet on its way.
package struct Departure {
  package var packet: Packet
  package var bytes: [UInt8]
  /// The time at which it left, on the monotonic clock, in nanoseconds.
  package var time: Int64

  package init(packet: Packet, bytes: [UInt8], time: Int64) {
    self.packet = packet
    self.bytes = bytes
    self.time = time
  }
}

extension BenchKind {
  /// A new bench of this kind, nothing run on it.
  ///
  /// - Throws: ``BenchError`` where it cannot be set up here.
  package func bench(_ family: Family, settings: HostSettings) throws(BenchError)
    -> any Bench
  {
    switch self {
    case .wire: try Wire(family: family, settings: settings)
    case .loopback: try Loopback(family: family, settings: settings)
    }
  }
}
