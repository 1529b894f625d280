/// The number of ephemeral ports that connections from one address to one destination use.
///
/// A port can be used again for each other destination: what runs out is the set of four-tuples, and connect() then
/// fails with EADDRNOTAVAIL. A program that binds a port before it connects runs out earlier (``bindable``), for then
/// the port serves one destination only. Which ports were bound so the kernel does not tell, so ``left`` is the most
/// that there can be.
package struct PortUse: Hashable, Sendable {
  package let source: Address
  package let destination: Endpoint
  /// Ports in use, in any state.
  package var used: Int { timeWait + established + others }
  package private(set) var timeWait = 0
  package private(set) var established = 0
  package private(set) var others = 0
  /// Of those in TIME_WAIT, how many connect() may take again now (``CensusSettings/mayReuse(_:)``).
  package private(set) var reusable = 0
  /// Ports that the kernel may choose from.
  package let available: Int
  /// Of those, how many a program listens on or has bound: connect() takes none of them, whatever the destination.
  package let blocked: Int
  /// The number of ports that bind() of this source address with port 0 can get.
  package fileprivate(set) var bindable = 0

  package var left: Int { max(0, available - blocked - used + reusable) }

  /// All pairs of a source and a destination, the fewest left first; none where the range of ports is not known.
  static func all(of survey: Survey, listening: Listening, directions: Directions) -> [PortUse] {
    guard let ports = survey.settings.ports else { return [] }
    let blocked = survey.boundPorts.union(listening.ports).count { ports.contains($0) }
    var uses: [Pair: PortUse] = [:]
    for socket in [survey.sockets, survey.connections].joined() {
      let tuple = socket.record.tuple
      guard ports.contains(tuple.local.port), directions.of(socket) == .outgoing else { continue }
      let pair = Pair(source: tuple.local.address, destination: tuple.remote)
      uses[
        pair,
        default: PortUse(
          source: pair.source, destination: pair.destination, available: ports.count, blocked: blocked)
      ].add(socket, survey.settings)
    }
    let bound = BoundPorts(survey, ports)
    for (pair, use) in uses { uses[pair]?.bindable = max(0, ports.count - bound.count(at: use.source)) }
    return uses.values.sorted { first, second in
      if first.left != second.left { return first.left < second.left }
      if first.used != second.used { return first.used > second.used }
      return first.destination != second.destination
        ? first.destination < second.destination : first.source < second.source
    }
  }

  private mutating func add(_ socket: FoundSocket, _ settings: CensusSettings) {
    switch socket.record.state {
    case .timeWait:
      timeWait += 1
      if settings.mayReuse(socket.record) { reusable += 1 }
    case .established: established += 1
    default: others += 1
    }
  }

  private init(source: Address, destination: Endpoint, available: Int, blocked: Int) {
    self.source = source
    self.destination = destination
    self.available = available
    self.blocked = blocked
  }

  private struct Pair: Hashable {
    var source: Address
    var destination: Endpoint
  }
}

extension CensusSettings {
  /// Tells whether connect() may take the port of this TIME_WAIT again now: tcp_tw_reuse is 1, or 2 and the connection was
  /// one of loopback; this machine's connections have timestamps; and it is older than tcp_tw_reuse_delay. That this
  /// connection had them the kernel does not tell.
  package func mayReuse(_ record: SocketRecord) -> Bool {
    guard record.state == .timeWait,
      mayReuse(from: record.tuple.local.address, to: record.tuple.remote.address),
      let timer = record.timer, timer.kind == .timeWait
    else { return false }
    return Self.timeWait - timer.milliseconds > reuseDelay
  }

  /// The same for any TIME_WAIT between these two that is old enough.
  package func mayReuse(from source: Address, to destination: Address) -> Bool {
    guard timestamps != 0 else { return false }
    return timeWaitReuse == 1 || timeWaitReuse == 2 && (source.isLoopback || destination.isLoopback)
  }

  /// Milliseconds; a constant before the setting was there.
  package var reuseDelay: Int { timeWaitReuseDelay ?? 1_000 }

  /// Milliseconds of TIME_WAIT, `TCP_TIMEWAIT_LEN`.
  private static let timeWait = 60_000
}

/// The ephemeral ports that bind() does not give away, by the local address.
private struct BoundPorts {
  private var byAddress: [Address: Set<UInt16>] = [:]
  private var anywhere: Set<UInt16>

  init(_ survey: Survey, _ ports: EphemeralPorts) {
    anywhere = survey.boundPorts.filter(ports.contains)
    for socket in [survey.sockets, survey.connections, survey.listeners].joined() {
      let local = socket.record.tuple.local
      guard ports.contains(local.port) else { continue }
      if local.address.isWildcard {
        anywhere.insert(local.port)
      } else {
        byAddress[local.address, default: []].insert(local.port)
      }
    }
  }

  func count(at address: Address) -> Int { (byAddress[address] ?? []).union(anywhere).count }
}
