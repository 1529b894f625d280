/// The endpoints that somebody listens at.
struct Listening {
  private let byPort: [UInt16: Set<Endpoint>]

  init(_ survey: Survey) {
    var byPort: [UInt16: Set<Endpoint>] = [:]
    for listener in survey.listeners {
      let endpoint = listener.record.tuple.local
      byPort[endpoint.port, default: []].insert(endpoint)
    }
    self.byPort = byPort
  }

  func contains(_ port: UInt16) -> Bool { byPort[port] != nil }

  var ports: Dictionary<UInt16, Set<Endpoint>>.Keys { byPort.keys }

  /// The endpoint whose listener gets what is sent to this one; nil where nobody listens there.
  func endpoint(for place: Endpoint) -> Endpoint? {
    guard let known = byPort[place.port] else { return nil }
    if known.contains(place) { return place }
    // An IPv6 listener takes IPv4, too, where no other does.
    let everywhere = [
      Endpoint(.wildcard(place.address.family), place.port), Endpoint(.wildcard(.ipv6), place.port),
    ]
    return everywhere.first(where: known.contains)
  }

  /// The same for an endpoint that may be another host's: only where it is seen to be this one.
  func endpoint(calledBy tuple: FourTuple) -> Endpoint? {
    guard let found = endpoint(for: tuple.remote) else { return nil }
    let isHere =
      tuple.remote.address.isLoopback || tuple.remote.address == tuple.local.address
      || found.address == tuple.remote.address
    return isHere ? found : nil
  }
}

/// A listening socket with what waits at it.
package struct Listener: Hashable, Sendable {
  package let endpoint: Endpoint
  package let owner: Owner
  /// Connections that wait for accept().
  package let waiting: Int
  /// As many are taken, and one more: the backlog of listen(), or net.core.somaxconn. nil where it is not told.
  package let limit: Int?
  /// Handshakes that wait for their last ACK, at all listeners of this endpoint together.
  package let requests: Int
  /// As many are taken of each listener, and one more; nil where it is not told.
  package let requestLimit: Int?
  /// Listeners that have this endpoint (SO_REUSEPORT).
  package let sharers: Int
  /// Connections in CLOSE_WAIT that nobody has accepted, at all of them together.
  package let notAccepted: Int
  /// connect() calls on this machine that wait for an answer from here.
  package let unanswered: Int

  /// True if the next connection is refused: the kernel takes one more than the limit.
  package var isFull: Bool { limit.map { waiting > $0 } ?? false }
  /// The same of the SYN queue.
  package var areRequestsFull: Bool { requestLimit.map { requests >= ($0 + 1) * sharers } ?? false }
  package var isInTrouble: Bool { isFull || areRequestsFull || notAccepted > 0 || unanswered > 0 }

  /// All listeners that the filter admits: those in trouble first, then the fullest.
  static func all(of survey: Survey, listening: Listening, filter: SocketFilter) -> [Listener] {
    var (notAccepted, unanswered, sharers): ([Endpoint: Int], [Endpoint: Int], [Endpoint: Int]) = (
      [:], [:], [:]
    )
    for socket in survey.sockets {
      switch socket.record.state {
      case .closeWait where socket.record.inode == 0:
        if let place = listening.endpoint(for: socket.record.tuple.local) {
          notAccepted[place, default: 0] += 1
        }
      case .synSent:
        if let place = listening.endpoint(calledBy: socket.record.tuple) {
          unanswered[place, default: 0] += 1
        }
      default: break
      }
    }
    var requests: [Endpoint: Int] = [:]
    for (local, count) in survey.requests {
      if let place = listening.endpoint(for: local) { requests[place, default: 0] += count }
    }
    for listener in survey.listeners { sharers[listener.record.tuple.local, default: 0] += 1 }
    let hasLimits = survey.source == .diagnosis
    return survey.listeners.filter { filter.admits($0, in: survey, listening: listening) }.map { socket in
      let place = socket.record.tuple.local
      let limit = hasLimits ? socket.record.sendQueue : nil
      return Listener(
        endpoint: place, owner: survey.owner(of: socket, listening: listening),
        waiting: socket.record.receiveQueue, limit: limit, requests: requests[place] ?? 0,
        requestLimit: limit.map(survey.settings.requestLimit), sharers: sharers[place] ?? 1,
        notAccepted: notAccepted[place] ?? 0, unanswered: unanswered[place] ?? 0)
    }.sorted { $0.isBefore($1) }
  }

  private func isBefore(_ other: Listener) -> Bool {
    func rank(_ listener: Listener) -> [Int] {
      [
        listener.isFull ? 1 : 0, listener.areRequestsFull ? 1 : 0, listener.isInTrouble ? 1 : 0,
        listener.waiting * 1_000 / max(1, listener.limit ?? .max), listener.waiting, listener.requests,
      ]
    }
    let (one, two) = (rank(self), rank(other))
    if one != two { return two.lexicographicallyPrecedes(one) }
    return endpoint != other.endpoint ? endpoint < other.endpoint : owner < other.owner
  }
}

extension CensusSettings {
  /// Handshakes that a listener with this backlog lets wait. With cookies the backlog alone counts, without them three
  /// quarters of tcp_max_syn_backlog as well.
  func requestLimit(backlog: Int) -> Int {
    synCookies == 0 ? min(backlog, (synBacklog ?? .max) / 4 * 3) : backlog
  }
}
