/// The sockets of a survey, counted: by state, within a state by who has them and by their other end.
package struct Census: Hashable, Sendable {
  /// The states that a connection begins and ends with, in which sockets pile up.
  package static let allStates: Set<State> = [
    .closeWait, .closing, .finWait1, .finWait2, .lastAck, .synSent, .timeWait,
  ]

  package let source: Survey.Source
  package let namespace: NetworkNamespace?
  package let settings: CensusSettings
  /// Those in which there is a socket, the fullest first.
  package let states: [StateGroup]
  /// For each pair of a source address and a destination how many ports are used, the busiest first.
  package let ports: [PortUse]
  /// Connections in ESTABLISHED, which are not counted otherwise.
  package let established: Int
  /// Processes whose descriptors may not be read.
  package let unreadable: Int
  /// Whether whoever looked may read the descriptors of other users' processes.
  package let isPrivileged: Bool

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
    /// The numbers of the process's descriptors, ascending; none where no process has the sockets.
    package fileprivate(set) var descriptors: [Int] = []
  }

  /// Counts the sockets that are in one of the states.
  package init(_ survey: Survey, states: Set<State> = Census.allStates) {
    source = survey.source
    namespace = survey.namespace
    settings = survey.settings
    established = survey.connections.count
    unreadable = survey.unreadable
    isPrivileged = survey.isPrivileged
    ports = PortUse.all(of: survey)
    let wanted = survey.sockets.filter { states.contains($0.record.state) }
    self.states = Dictionary(grouping: wanted, by: \.record.state).map {
      StateGroup(state: $0, sockets: $1, of: survey)
    }.sorted { ($1.tally.count, $0.state.rawValue) < ($0.tally.count, $1.state.rawValue) }
  }

  package var count: Int { states.reduce(0) { $0 + $1.tally.count } }

  /// Sockets whose processes may not be seen.
  package var hidden: Int {
    states.flatMap(\.owners).reduce(0) { sum, group in
      if case .hidden = group.key { sum + group.tally.count } else { sum }
    }
  }
}

extension Census.StateGroup {
  fileprivate init(state: State, sockets: [FoundSocket], of survey: Survey) {
    var tally = Tally()
    var owners: [Owner: Census.Group<Owner>] = [:]
    var peers: [Peer: Census.Group<Peer>] = [:]
    for socket in sockets {
      tally.add(socket)
      let owner = survey.owner(of: socket)
      owners[owner, default: .init(key: owner)].tally.add(socket)
      if case .process = owner, let holder = survey.holders[socket.record.inode] {
        owners[owner]?.descriptors.append(holder.descriptor)
      }
      let peer = survey.peer(of: socket.record.tuple)
      peers[peer, default: .init(key: peer)].tally.add(socket)
    }
    for owner in owners.keys { owners[owner]?.descriptors.sort() }
    self.init(
      state: state, tally: tally, owners: owners.values.sorted(by: Census.Group.isBefore),
      peers: peers.values.sorted(by: Census.Group.isBefore))
  }
}

extension Census.Group {
  /// The larger one first; equals in an order that is the same each time.
  fileprivate static func isBefore(_ first: Self, _ second: Self) -> Bool {
    if first.tally.count != second.tally.count { return first.tally.count > second.tally.count }
    return first.key < second.key
  }
}
