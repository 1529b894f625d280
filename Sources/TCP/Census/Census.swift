/// The sockets of a survey, counted: by state, within a state by who has them and by their other end.
package struct Census: Hashable, Sendable {
  /// The states that a connection begins and ends with, in which sockets pile up.
  package static let allStates: Set<State> = [
    .closeWait, .closing, .finWait1, .finWait2, .lastAck, .synSent, .timeWait,
  ]

  package let source: Survey.Source
  package let namespace: NetworkNamespace?
  /// Other network namespaces that this machine has; nil where nobody has looked for them.
  package let otherNamespaces: Int?
  /// Processes whose network namespace may not be read.
  package let unreadNamespaces: Int
  package let settings: CensusSettings
  package let counters: CensusCounters
  /// The states that were asked for.
  package let asked: Set<State>
  /// Those in which there is a socket, the fullest first.
  package let states: [StateGroup]
  /// Those in trouble first, then the fullest.
  package let listeners: [Listener]
  /// Connections in ESTABLISHED that stand still, the largest group first.
  package let stalls: [Group<Stall>]
  /// For each pair of a source address and a destination how many ports are used, the fewest left first.
  package let ports: [PortUse]
  /// Connections in ESTABLISHED.
  package let established: Int
  /// Processes whose descriptors may not be read.
  package let unreadable: Int
  /// True if /proc hides other users' processes (`hidepid`).
  package let hidesProcesses: Bool
  /// True if the caller may read the descriptors of other users' processes.
  package let isPrivileged: Bool
  package let filter: SocketFilter

  /// The sockets in one state.
  package struct StateGroup: Hashable, Sendable {
    package let state: State
    package let tally: Tally
    /// The largest first.
    package let owners: [Group<Owner>]
    package let peers: [Group<Peer>]
  }

  /// Sockets that have something in common.
  package struct Group<Key: Hashable & Comparable & Sendable>: Hashable, Sendable {
    package let key: Key
    package fileprivate(set) var tally = Tally()
    /// The numbers of each process's descriptors, ascending; none where no process has the sockets.
    package fileprivate(set) var descriptors: [Int: [Int]] = [:]
  }

  /// Counts the sockets that are in one of the states and that the filter admits.
  package init(
    _ survey: Survey, states: Set<State> = Census.allStates, filter: SocketFilter = SocketFilter()
  ) {
    let listening = Listening(survey)
    let directions = Directions(survey, listening: listening)
    let admits = { (socket: FoundSocket) in filter.admits(socket, in: survey, listening: listening) }
    source = survey.source
    namespace = survey.namespace
    otherNamespaces = survey.otherNamespaces
    unreadNamespaces = survey.unreadNamespaces
    settings = survey.settings
    counters = survey.counters
    asked = states
    unreadable = survey.unreadable
    hidesProcesses = survey.hidesProcesses
    isPrivileged = survey.isPrivileged
    self.filter = filter
    let wanted = survey.sockets.lazy.filter { states.contains($0.record.state) && admits($0) }
    let connections = filter == SocketFilter() ? survey.connections : survey.connections.filter(admits)
    established = connections.count
    var stalls = Grouping<Stall>()
    for socket in connections {
      guard let cause = socket.stall else { continue }
      let owner = survey.owner(of: socket, listening: listening)
      stalls.add(
        socket, to: Stall(cause: cause, owner: owner, peer: directions.peer(of: socket)),
        holders: survey.holders[socket.record.inode] ?? [])
    }
    self.stalls = stalls.sorted
    listeners = Listener.all(of: survey, listening: listening, filter: filter)
    let uses = PortUse.all(of: survey, listening: listening, directions: directions)
    if filter == SocketFilter() {
      ports = uses
    } else {
      let remotes = Set(wanted.map(\.record.tuple.remote) + connections.map(\.record.tuple.remote))
      ports = uses.filter { remotes.contains($0.destination) }
    }
    var gathered: [State: GatheredState] = [:]
    for socket in wanted {
      gathered[socket.record.state, default: GatheredState()].add(
        socket, owner: survey.owner(of: socket, listening: listening), peer: directions.peer(of: socket),
        holders: survey.holders[socket.record.inode] ?? [])
    }
    self.states = gathered.map { state, group in
      StateGroup(state: state, tally: group.tally, owners: group.owners.sorted, peers: group.peers.sorted)
    }.sorted { ($1.tally.count, $0.state.rawValue) < ($0.tally.count, $1.state.rawValue) }
  }

  package var count: Int { states.reduce(0) { $0 + $1.tally.count } }

  /// Counts the sockets in this state; ESTABLISHED is counted, too.
  package func count(of state: State) -> Int {
    state == .established ? established : states.first { $0.state == state }?.tally.count ?? 0
  }

  /// Sockets whose processes may not be seen.
  package var hidden: Int {
    states.flatMap(\.owners).reduce(0) { sum, group in
      if case .hidden = group.key { sum + group.tally.count } else { sum }
    }
  }

  /// The listeners at this endpoint.
  package func listeners(at endpoint: Endpoint) -> [Listener] { listeners.filter { $0.endpoint == endpoint } }
}

/// The sockets in one state so far.
private struct GatheredState {
  var tally = Tally()
  var owners = Grouping<Owner>()
  var peers = Grouping<Peer>()

  mutating func add(_ socket: FoundSocket, owner: Owner, peer: Peer, holders: [SocketHolder]) {
    tally.add(socket)
    owners.add(socket, to: owner, holders: holders)
    peers.add(socket, to: peer)
  }
}

/// Sockets put together that have something in common.
private struct Grouping<Key: Hashable & Comparable & Sendable> {
  private var places: [Key: Int] = [:]
  private var groups: [Census.Group<Key>] = []

  mutating func add(_ socket: FoundSocket, to key: Key, holders: [SocketHolder] = []) {
    let place = places[key] ?? groups.count
    if place == groups.count {
      places[key] = place
      groups.append(.init(key: key))
    }
    groups[place].tally.add(socket)
    for holder in holders {
      groups[place].descriptors[holder.process, default: []].append(holder.descriptor)
    }
  }

  /// The largest first.
  var sorted: [Census.Group<Key>] {
    var groups = groups
    for place in groups.indices {
      for process in groups[place].descriptors.keys { groups[place].descriptors[process]?.sort() }
    }
    return groups.sorted(by: Census.Group.isBefore)
  }
}

extension Census.Group {
  /// The larger one first; equals in an order that is the same each time.
  fileprivate static func isBefore(_ first: Self, _ second: Self) -> Bool {
    if first.tally.count != second.tally.count { return first.tally.count > second.tally.count }
    return first.key < second.key
  }
}
