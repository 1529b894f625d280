import TCP

/// The groups of a census as JSON has them.

struct JSONTally: Encodable {
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

struct JSONOwner: Encodable {
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

struct JSONPeer: Encodable {
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

struct JSONPorts: Encodable {
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
