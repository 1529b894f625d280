package import Benches
package import Documents
package import Linux
package import SystemPackage
package import TCP
package import Traces

/// A wire in whose hands segments change: the world turned round, for tests that must be able to fail.
package final class AlteredWire: Bench {
  /// What becomes of a packet. To change what the probe sees and leave to the kernels what they sent, change only
  /// `packet`; `bytes` are what arrives.
  package typealias Rule = (inout Departure) -> Fate
  package enum Fate { case pass, vanish, double }

  private let wire: Wire
  private let rule: Rule
  private let afterEntering: () throws -> Void
  private var doubled: Departure?

  /// - Parameter afterEntering: runs in a party's namespace after whatever was done there.
  package init(
    family: Family, afterEntering: @escaping () throws -> Void = {}, rule: @escaping Rule
  ) throws(BenchError) {
    wire = try Wire(family: family)
    self.rule = rule
    self.afterEntering = afterEntering
  }

  package var kind: BenchKind { wire.kind }
  package var family: Family { wire.family }
  package var addresses: Both<Address> { wire.addresses }
  package var segmentObserver: ObserverReport { wire.segmentObserver }
  package var placementObstacle: String? { wire.placementObstacle }
  package var holdsPackets: Bool { wire.holdsPackets }
  package var isPrivate: Bool { true }
  package var settings: HostSettings { wire.settings }

  package func enter<R: ~Copyable>(_ party: Party, _ body: () throws -> R) throws -> R {
    try wire.enter(party) {
      let result = try body()
      try afterEntering()
      return result
    }
  }
  package func nextPorts() -> Both<UInt16> { wire.nextPorts() }
  package func deliver(_ departure: Departure) throws(Errno) { try wire.deliver(departure) }
  package func setLoss(_ isLossy: Bool, at descriptor: borrowing Socket) throws(Errno) {
    wire.setLoss(isLossy, at: descriptor)
  }

  package func departure(until deadline: Int64) throws(Errno) -> Departure? {
    if let doubled {
      self.doubled = nil
      return doubled
    }
    while var departure = try wire.departure(until: deadline) {
      switch rule(&departure) {
      case .pass: return departure
      case .vanish: continue
      case .double:
        doubled = departure
        return departure
      }
    }
    return nil
  }
}
