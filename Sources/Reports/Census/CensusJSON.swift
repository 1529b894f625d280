import FoundationEssentials
package import TCP

extension Census {
  /// The census as one JSON object, whose keys the command's help explains.
  ///
  /// - Parameter isCompact: on one line, so that several make JSON Lines.
  package func jsonReport(top: Int?, isCompact: Bool = false) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting =
      isCompact
      ? [.sortedKeys, .withoutEscapingSlashes] : [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(JSONCensus(self, top: top)) else {
      // Only a number that is not finite cannot be written, and no census has one.
      preconditionFailure("a census is always JSON")
    }
    return String(decoding: data, as: UTF8.self)
  }
}

private struct JSONCensus: Encodable {
  var schema = 1
  var namespace: String?
  var isInitialNamespace: Bool?
  var source: String
  var sockets: Int
  var established: Int
  var hidden: Int
  var unreadableProcesses: Int
  var settings: CensusSettings
  var states: [JSONState]
  var ports: [JSONPorts]

  init(_ census: Census, top: Int?) {
    namespace = census.namespace?.name
    isInitialNamespace = census.namespace?.isInitial
    source = census.source == .diagnosis ? "sock_diag" : "/proc/net/tcp"
    sockets = census.count
    established = census.established
    hidden = census.hidden
    unreadableProcesses = census.unreadable
    settings = census.settings
    states = census.states.map { JSONState($0, settings: census.settings, top: top) }
    ports = census.ports.divided(after: top).shown.map(JSONPorts.init)
  }
}

private struct JSONState: Encodable {
  var state: String
  var tally: JSONTally
  var meaning: String?
  var action: String?
  var processes: [JSONOwner]
  var peers: [JSONPeer]
  var moreProcesses: Int
  var morePeers: Int

  init(_ group: Census.StateGroup, settings: CensusSettings, top: Int?) {
    let advice = Advice(on: group.state, settings: settings)
    state = group.state.rawValue
    tally = JSONTally(group.tally)
    meaning = advice?.meaning
    action = advice?.action
    let (owners, peers) = (group.owners.divided(after: top), group.peers.divided(after: top))
    processes = owners.shown.map(JSONOwner.init)
    moreProcesses = owners.hidden.count
    self.peers = peers.shown.map(JSONPeer.init)
    morePeers = peers.hidden.count
  }
}

private struct JSONTally: Encodable {
  var count: Int
  var unread: Int
  var unreadSockets: Int
  var unacknowledged: Int
  var retries: Int
  var silence: Int?
  var untimed: Int
  var timers: [JSONTimers]

  struct JSONTimers: Encodable {
    var kind: KernelTimer.Kind
    var count: Int
    var soonest: Int
    var latest: Int
  }

  init(_ tally: Tally) {
    count = tally.count
    unread = tally.unread
    unreadSockets = tally.unreadSockets
    unacknowledged = tally.unacknowledged
    retries = tally.retries
    silence = tally.silence
    untimed = tally.untimed
    timers = tally.timers.map {
      JSONTimers(kind: $0.kind, count: $0.count, soonest: $0.soonest, latest: $0.latest)
    }
  }
}

private struct JSONOwner: Encodable {
  var owner: String
  var process: Int?
  var name: String?
  var user: UInt32?
  var descriptors: String?
  var tally: JSONTally

  init(_ group: Census.Group<Owner>) {
    tally = JSONTally(group.tally)
    switch group.key {
    case .process(let number, let name):
      owner = "process"
      process = number
      self.name = name
      descriptors = ranges(group.descriptors)
    case .kernel: owner = "kernel"
    case .orphan: owner = "orphan"
    case .notAccepted: owner = "not-accepted"
    case .hidden(let user):
      owner = "hidden"
      self.user = user
    case .unknown(let user):
      owner = "unknown"
      self.user = user
    }
  }
}

private struct JSONPeer: Encodable {
  var direction: String
  var address: String
  var port: UInt16
  var tally: JSONTally

  init(_ group: Census.Group<Peer>) {
    tally = JSONTally(group.tally)
    switch group.key {
    case .service(let endpoint):
      (direction, address, port) = ("outgoing", endpoint.address.description, endpoint.port)
    case .client(let address, let port):
      (direction, self.address, self.port) = ("incoming", address.description, port)
    }
  }
}

private struct JSONPorts: Encodable {
  var source: String
  var destination: Endpoint
  var available: Int
  var used: Int
  var left: Int
  var timeWait: Int
  var established: Int

  init(_ use: PortUse) {
    source = use.source.description
    destination = use.destination
    available = use.available
    used = use.used
    left = use.left
    timeWait = use.timeWait
    established = use.established
  }
}
