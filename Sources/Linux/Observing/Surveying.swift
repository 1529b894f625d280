package import SystemPackage
package import TCP

extension Survey {
  /// Looks at the sockets of the calling thread's namespace, changing nothing: sock_diag where it can be asked,
  /// else /proc/net/tcp.
  ///
  /// - Parameters:
  ///   - states: of ``Census/allStates``, those whose sockets' processes are looked for.
  ///   - obstacle: why sock_diag is not asked; nil where it can be.
  /// - Throws: what ``SocketTable`` throws where neither can be read; EINTR where the table changed so quickly that it
  ///   could not be read whole.
  package static func take(
    states: Set<State> = Census.allStates, obstacle: String? = SocketDiagnosis.availability()
  ) throws(Errno) -> Survey {
    var survey = Survey(source: .diagnosis, namespace: .current(), settings: .read())
    if let obstacle {
      survey.source = .table(because: obstacle)
      try survey.readTable()
    } else {
      try survey.askDiagnosis()
    }
    let wanted = survey.sockets.lazy.filter { states.contains($0.record.state) && $0.record.inode != 0 }
    let holders = SocketHolders(of: Set(wanted.map(\.record.inode)))
    survey.holders = holders.found
    survey.unreadable = holders.unreadable
    survey.isPrivileged = Privileges.ofThisThread().hasPtrace
    return survey
  }

  private mutating func askDiagnosis() throws(Errno) {
    // TCP_INFO costs the socket's lock and 280 octets: only where it has something to say, which is how long the peer
    // has been silent.
    let silent: Set<State> = [.closeWait, .closing, .finWait1, .finWait2, .lastAck]
    let quick = Census.allStates.subtracting(silent).union([.established, .listen])
    for family in Family.allCases {
      for (states, withInfo) in [(silent, true), (quick, false)] {
        try SocketDiagnosis.dump(family, states: states, withInfo: withInfo) { sighting in
          let silence = sighting.info?[.lastAckRecv].map { Int(clamping: $0) }
          add(FoundSocket(record: sighting.record, user: sighting.user, silence: silence))
        }
      }
    }
  }

  private mutating func readTable() throws(Errno) {
    try SocketTable.open().forEachSocket { add($0) }
  }

  private mutating func add(_ socket: FoundSocket) {
    switch socket.record.state {
    case .established: connections.append(socket.record.tuple)
    case .listen: listening.insert(socket.record.tuple.local.port)
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
    settings.synRetries = number("tcp_syn_retries")
    settings.timeWaitReuse = number("tcp_tw_reuse")
    settings.timeWaitReuseDelay = number("tcp_tw_reuse_delay")
    settings.maximumTimeWait = number("tcp_max_tw_buckets")
    return settings
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
