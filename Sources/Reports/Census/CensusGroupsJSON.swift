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

/// Whoever has a socket; of several processes the one with the lowest number, and all of them in `holders`.
struct JSONOwner: Encodable {
  var owner: String
  var process: Int?
  var name: String?
  var user: UInt32?
  var listener: JSONEndpoint?
  var descriptors: String?
  var holders: [JSONHolder]?
  var tally: JSONTally?

  struct JSONHolder: Encodable {
    var process: Int
    var name: String
    var descriptors: String?
  }

  init(_ group: Census.Group<Owner>) {
    self.init(group.key, descriptors: group.descriptors)
    tally = JSONTally(group.tally)
  }

  init(_ key: Owner, descriptors numbers: [Int: [Int]] = [:]) {
    owner = key.kind
    switch key {
    case .processes(let processes):
      holders = processes.map {
        JSONHolder(process: $0.number, name: $0.name, descriptors: numbers[$0.number].map(ranges))
      }
      process = processes.first?.number
      name = processes.first?.name
      descriptors = holders?.first?.descriptors
    case .notAccepted(let endpoint): listener = JSONEndpoint(endpoint)
    case .hidden(let user), .unknown(let user): self.user = user
    case .kernel, .orphan: break
    }
  }
}

extension Owner {
  /// The word that machines read.
  var kind: String {
    switch self {
    case .processes: "process"
    case .kernel: "kernel"
    case .orphan: "orphan"
    case .notAccepted: "not-accepted"
    case .hidden: "hidden"
    case .unknown: "unknown"
    }
  }
}

struct JSONEndpoint: Encodable {
  var address: String
  var port: UInt16

  init(_ endpoint: Endpoint) {
    address = endpoint.address.description
    port = endpoint.port
  }
}

struct JSONPeer: Encodable {
  var direction: String
  var address: String
  var port: UInt16?
  var tally: JSONTally?

  init(_ group: Census.Group<Peer>) {
    self.init(group.key)
    tally = JSONTally(group.tally)
  }

  init(_ peer: Peer) {
    switch peer {
    case .service(let endpoint):
      (direction, address, port) = ("outgoing", endpoint.address.description, endpoint.port)
    case .client(let address, let port):
      (direction, self.address, self.port) = ("incoming", address.description, port)
    case .either(let address): (direction, self.address) = ("unknown", address.description)
    }
  }
}

struct JSONListener: Encodable {
  var address: String
  var port: UInt16
  var owner: JSONOwner
  var waiting: Int
  var limit: Int?
  var isFull: Bool
  var synQueue: Int
  var synQueueLimit: Int?
  var sharers: Int
  var notAccepted: Int
  var unanswered: Int

  init(_ listener: Listener) {
    address = listener.endpoint.address.description
    port = listener.endpoint.port
    owner = JSONOwner(listener.owner)
    waiting = listener.waiting
    limit = listener.limit
    isFull = listener.isFull
    synQueue = listener.requests
    synQueueLimit = listener.requestLimit
    sharers = listener.sharers
    notAccepted = listener.notAccepted
    unanswered = listener.unanswered
  }
}

struct JSONStall: Encodable {
  var cause: String
  var owner: JSONOwner
  var peer: JSONPeer
  var tally: JSONTally

  init(_ group: Census.Group<Stall>) {
    cause = group.key.cause.rawValue
    owner = JSONOwner(group.key.owner, descriptors: group.descriptors)
    peer = JSONPeer(group.key.peer)
    tally = JSONTally(group.tally)
  }
}

struct JSONPorts: Encodable {
  var source: String
  var destination: JSONEndpoint
  var available: Int
  var blocked: Int
  var used: Int
  var reusable: Int
  var left: Int
  var bindable: Int
  var timeWait: Int
  var established: Int

  init(_ use: PortUse) {
    source = use.source.description
    destination = JSONEndpoint(use.destination)
    available = use.available
    blocked = use.blocked
    used = use.used
    reusable = use.reusable
    left = use.left
    bindable = use.bindable
    timeWait = use.timeWait
    established = use.established
  }
}
