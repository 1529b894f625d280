/// One look at a network namespace's sockets: what the kernel says, before anything is counted.
package struct Survey: Sendable {
  /// The source of the sockets.
  package enum Source: Hashable, Sendable {
    case diagnosis
    /// /proc/net/tcp, because sock_diag cannot be asked for this reason.
    case table(because: String)
  }

  package var source: Source
  package var namespace: NetworkNamespace?
  package var settings: CensusSettings
  package var counters = CensusCounters()
  /// Those in the states that a census counts.
  package var sockets: [FoundSocket] = []
  /// Connections in ESTABLISHED: they use ports too, and some of them stand still.
  package var connections: [FoundSocket] = []
  package var listeners: [FoundSocket] = []
  /// Connections in SYN_RECV by their end here: what waits in the SYN queues.
  package var requests: [Endpoint: Int] = [:]
  /// Ports that a program has bound and neither listens on nor connects from.
  package var boundPorts: Set<UInt16> = []
  /// The processes that have the socket with this inode, by ascending numbers.
  package var holders: [UInt64: [SocketHolder]] = [:]
  /// Processes whose descriptors may not be read.
  package var unreadable = 0
  /// True if /proc hides other users' processes (`hidepid`).
  package var hidesProcesses = false
  /// True if the caller may read the descriptors of other users' processes.
  package var isPrivileged = false
  /// Other network namespaces that this machine has; nil where nobody has looked for them.
  package var otherNamespaces: Int?
  /// Processes whose network namespace may not be read: it may be another one.
  package var unreadNamespaces = 0

  package init(source: Source, namespace: NetworkNamespace?, settings: CensusSettings) {
    self.source = source
    self.namespace = namespace
    self.settings = settings
  }
}

/// A socket as a survey finds it.
package struct FoundSocket: Hashable, Sendable {
  package var record: SocketRecord
  /// The number of the user who made it; 0 for a minisocket.
  package var user: UInt32
  /// Milliseconds since the last segment from the peer (`tcpi_last_ack_recv`), or, where the peer's window is closed,
  /// since data was sent last (`tcpi_last_data_sent`); nil where it is not told.
  package var silence: Int?
  /// True for an IPv6 socket with an IPv4 connection.
  package var isMapped: Bool

  package init(record: SocketRecord, user: UInt32 = 0, silence: Int? = nil, isMapped: Bool = false) {
    self.record = record
    self.user = user
    self.silence = silence
    self.isMapped = isMapped
  }

  /// The other end as the program here knows it.
  var peer: Endpoint {
    let remote = record.tuple.remote
    return isMapped ? Endpoint(remote.address.mapped, remote.port) : remote
  }
}

/// A process that has a socket, and the descriptor that it has it by.
package struct SocketHolder: Hashable, Sendable {
  package var process: Int
  /// The process's name, at most 15 octets (`/proc/PID/comm`).
  package var name: String
  package var descriptor: Int

  package init(process: Int, name: String, descriptor: Int) {
    self.process = process
    self.name = name
    self.descriptor = descriptor
  }
}

/// A network namespace as a person may look it up (`readlink /proc/PID/ns/net`).
package struct NetworkNamespace: Hashable, Sendable {
  /// `net:[4026531840]`.
  package var name: String
  /// True for the namespace that the machine started with; nil if that is unknown.
  package var isInitial: Bool?

  package init(name: String, isInitial: Bool?) {
    self.name = name
    self.isInitial = isInitial
  }
}

/// The counters of the namespace since it was made; nil where the kernel has no such counter.
package struct CensusCounters: Hashable, Codable, Sendable {
  /// SYNs and last ACKs of a handshake that a full accept queue refused (`ListenOverflows`).
  package var listenOverflows: UInt64?
  /// The same, and those refused for other reasons (`ListenDrops`).
  package var listenDrops: UInt64?
  /// Connections that got no TIME_WAIT, because there were tcp_max_tw_buckets (`TCPTimeWaitOverflow`).
  package var timeWaitOverflow: UInt64?

  package init() {}
}
