package import SystemPackage
package import TCP

extension Survey {
  /// Looks at the sockets of the calling thread's namespace, changing nothing: sock_diag where it can be asked,
  /// else /proc/net/tcp.
  ///
  /// - Parameters:
  ///   - states: of ``Census/allStates``, those whose sockets' processes are looked for.
  ///   - everyProcess: whether the processes of connections in ESTABLISHED are looked for, too.
  ///   - obstacle: why sock_diag is not asked; nil where it can be.
  /// - Throws: what ``SocketTable`` throws where neither can be read; EINTR where the table changed so quickly that it
  ///   could not be read whole.
  package static func take(
    states: Set<State> = Census.allStates, everyProcess: Bool = false,
    obstacle: String? = SocketDiagnosis.availability()
  ) throws(Errno) -> Survey {
    var surveys = [try read(obstacle: obstacle)]
    addHolders(to: &surveys, states: states, everyProcess: everyProcess)
    if let own = surveys[0].namespace?.name {
      let search = NamespaceSearch()
      surveys[0].otherNamespaces = search.found.keys.count { $0 != own }
      surveys[0].unreadNamespaces = search.unreadable
    }
    return surveys[0]
  }

  /// The same for each network namespace that ``NamespaceSearch`` finds, the calling thread's first; for those, too, that
  /// only a socket of some process keeps.
  ///
  /// - Parameter search: the ways to the others; some may have ended since.
  /// - Returns: the surveys, and by their names the namespaces that could not be looked at, with the reason.
  package static func takeAll(
    states: Set<State> = Census.allStates, everyProcess: Bool = false,
    by search: NamespaceSearch = NamespaceSearch(inDescriptors: true)
  ) throws(Errno) -> (surveys: [Survey], unread: [String: String]) {
    var surveys = [try read(obstacle: SocketDiagnosis.availability())]
    var unread: [String: String] = [:]
    var looked: Set<String> = []
    if let own = surveys[0].namespace?.name { looked.insert(own) }
    func lookAtOthers(of search: inout NamespaceSearch) {
      for (name, way) in search.found.sorted(by: { $0.key < $1.key }) where !looked.contains(name) {
        do {
          surveys.append(
            try Namespace.opened(way).enter { try read(obstacle: SocketDiagnosis.availability()) })
          looked.insert(name)
          unread[name] = nil
        } catch {
          // A way ends with its process or descriptor, whose number may be another file's by now. There may be another
          // way to the same namespace, and else it is gone, too.
          let gone: [Errno] = [
            .noSuchFileOrDirectory, .noSuchProcess, .badFileDescriptor, .inappropriateIOCTLForDevice,
          ]
          let isGone = (error as? Errno).map(gone.contains) ?? false
          unread[name] = isGone ? nil : "\(error)"
          search.forget(name)
        }
      }
    }
    var search = search
    surveys[0].unreadNamespaces = search.unreadable
    lookAtOthers(of: &search)
    search.lookThroughSockets(except: Set(surveys.flatMap(\.inodes)))
    lookAtOthers(of: &search)
    addHolders(to: &surveys, states: states, everyProcess: everyProcess)
    return (surveys, unread)
  }

  /// Surveys the calling thread's namespace, without processes.
  private static func read(obstacle: String?) throws(Errno) -> Survey {
    var survey = Survey(source: .diagnosis, namespace: .current(), settings: .read())
    survey.counters = .read()
    if let obstacle {
      survey.source = .table(because: obstacle)
      try survey.readTable()
    } else {
      try survey.askDiagnosis()
    }
    return survey
  }

  /// Of all sockets that have one.
  private var inodes: [UInt64] {
    (sockets + connections + listeners).map(\.record.inode).filter { $0 != 0 }
  }

  /// Looks once for the processes of all sockets: inodes are the machine's, whatever the namespace.
  private static func addHolders(to surveys: inout [Survey], states: Set<State>, everyProcess: Bool) {
    var inodes: Set<UInt64> = []
    for survey in surveys {
      for socket in survey.sockets where states.contains(socket.record.state) {
        inodes.insert(socket.record.inode)
      }
      for socket in survey.connections where everyProcess || socket.stall != nil {
        inodes.insert(socket.record.inode)
      }
      for socket in survey.listeners { inodes.insert(socket.record.inode) }
    }
    inodes.remove(0)
    let holders = SocketHolders(of: inodes)
    let hidesProcesses = SocketHolders.areHidden()
    let isPrivileged = Privileges.ofThisThread().hasPtrace
    for index in surveys.indices {
      surveys[index].holders = holders.found
      surveys[index].unreadable = holders.unreadable
      surveys[index].hidesProcesses = hidesProcesses
      surveys[index].isPrivileged = isPrivileged
    }
  }

  private mutating func askDiagnosis() throws(Errno) {
    // TCP_INFO costs the socket's lock and 280 octets: only where it has something to say, which is how long the peer
    // has been silent.
    let silent: Set<State> = [.closeWait, .closing, .finWait1, .finWait2, .lastAck]
    let quick = Census.allStates.subtracting(silent).union([.established, .listen, .synReceived, .closed])
    for (states, withInfo) in [(silent, true), (quick, false)] {
      try SocketDiagnosis.dump(nil, states: states, withInfo: withInfo) { sighting in
        let silence = sighting.info?[.lastAckRecv].map { Int(clamping: $0) }
        add(
          FoundSocket(
            record: sighting.record, user: sighting.user, silence: silence, isMapped: sighting.isMapped))
      }
    }
    try askSinceWhen()
  }

  /// Asks since when connections in ESTABLISHED stand still: few of many do, so one by one.
  private mutating func askSinceWhen() throws(Errno) {
    let diagnosis = try SocketDiagnosis.open()
    for index in connections.indices {
      guard let stall = connections[index].stall,
        let info = try diagnosis.look(up: connections[index].record.tuple)?.info
      else { continue }
      // A peer with a closed window answers each probe: what it has not taken since is the data.
      let field: InfoField = stall == .zeroWindow ? .lastDataSent : .lastAckRecv
      connections[index].silence = info[field].map { Int(clamping: $0) }
    }
  }

  private mutating func readTable() throws(Errno) {
    try SocketTable.open().forEachSocket { add($0) }
  }

  private mutating func add(_ socket: FoundSocket) {
    switch socket.record.state {
    case .established: connections.append(socket)
    case .listen: listeners.append(socket)
    case .synReceived: requests[socket.record.tuple.local, default: 0] += 1
    case .closed: boundPorts.insert(socket.record.tuple.local.port)
    case let state where Census.allStates.contains(state): sockets.append(socket)
    default: break
    }
  }
}

extension CensusSettings {
  /// The settings of the calling thread's namespace.
  static func read() -> CensusSettings {
    func text(_ name: String) -> String? { try? Sysctl.read("net.ipv4." + name) }
    func number(_ name: String) -> Int? { text(name).flatMap { Int($0) } }
    var settings = CensusSettings()
    settings.ports = text("ip_local_port_range").flatMap {
      EphemeralPorts(range: $0, reserved: text("ip_local_reserved_ports") ?? "")
    }
    settings.finTimeout = number("tcp_fin_timeout")
    settings.orphanRetries = number("tcp_orphan_retries")
    settings.retries = number("tcp_retries2")
    settings.synRetries = number("tcp_syn_retries")
    settings.synLinearTimeouts = number("tcp_syn_linear_timeouts")
    settings.retransmissionLimit = number("tcp_rto_max_ms")
    settings.invalidRateLimit = number("tcp_invalid_ratelimit")
    settings.timestamps = number("tcp_timestamps")
    settings.synCookies = number("tcp_syncookies")
    settings.synBacklog = number("tcp_max_syn_backlog")
    settings.abortOnOverflow = number("tcp_abort_on_overflow")
    settings.timeWaitReuse = number("tcp_tw_reuse")
    settings.timeWaitReuseDelay = number("tcp_tw_reuse_delay")
    settings.maximumTimeWait = number("tcp_max_tw_buckets")
    return settings
  }
}

extension CensusCounters {
  /// The counters of the calling thread's namespace.
  static func read() -> CensusCounters {
    let known = (try? Counters.read()) ?? [:]
    var counters = CensusCounters()
    counters.listenOverflows = known["ListenOverflows"]
    counters.listenDrops = known["ListenDrops"]
    counters.timeWaitOverflow = known["TCPTimeWaitOverflow"]
    return counters
  }
}

extension NetworkNamespace {
  /// The calling thread's, or nil where /proc is not mounted.
  ///
  /// The corresponding C function is `readlink` of /proc/thread-self/ns/net.
  static func current() -> NetworkNamespace? {
    guard let name = try? System.link("/proc/thread-self/ns/net") else { return nil }
    // Since Linux 6.18 the first namespace has this number (`NET_NS_INIT_INO`); before that, the first cookie.
    if name == "net:[4026531833]" { return NetworkNamespace(name: name, isInitial: true) }
    let cookie = try? Socket.tcp(.ipv4).namespaceCookie()
    return NetworkNamespace(name: name, isInitial: cookie.map { $0 == 1 })
  }
}
