/// How many of the ephemeral ports connections from one address to one destination use.
///
/// A port can be used again for each other destination: what runs out is the set of four-tuples, and connect() then
/// fails with EADDRNOTAVAIL. A program that binds a port before it connects may run out before.
package struct PortUse: Hashable, Sendable {
  package let source: Address
  package let destination: Endpoint
  /// Ports in use, in any state.
  package var used: Int { timeWait + established + others }
  package private(set) var timeWait = 0
  package private(set) var established = 0
  package private(set) var others = 0
  /// Ports that the kernel may choose from.
  package let available: Int

  package var left: Int { max(0, available - used) }

  /// All pairs of a source and a destination, the busiest first; none where the range of ports is not known.
  static func all(of survey: Survey) -> [PortUse] {
    guard let ports = survey.settings.ports else { return [] }
    var uses: [Pair: PortUse] = [:]
    func add(_ tuple: FourTuple, _ kind: WritableKeyPath<PortUse, Int>) {
      guard ports.contains(tuple.local.port), !survey.isIncoming(tuple) else { return }
      let pair = Pair(source: tuple.local.address, destination: tuple.remote)
      let none = PortUse(source: pair.source, destination: pair.destination, available: ports.count)
      uses[pair, default: none][keyPath: kind] += 1
    }
    for socket in survey.sockets {
      add(socket.record.tuple, socket.record.state == .timeWait ? \.timeWait : \.others)
    }
    for tuple in survey.connections { add(tuple, \.established) }
    return uses.values.sorted {
      $0.used != $1.used ? $0.used > $1.used : Peer.service($0.destination) < .service($1.destination)
    }
  }

  private init(source: Address, destination: Endpoint, available: Int) {
    self.source = source
    self.destination = destination
    self.available = available
  }

  private struct Pair: Hashable {
    var source: Address
    var destination: Endpoint
  }
}
