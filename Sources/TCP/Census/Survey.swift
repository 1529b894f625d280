/// One look at a network namespace's sockets: what the kernel says, before anything is counted.
package struct Survey: Sendable {
  /// Where the sockets were read.
  package enum Source: Hashable, Sendable {
    case diagnosis
    /// /proc/net/tcp, because sock_diag cannot be asked for this reason.
    case table(because: String)
  }

  package var source: Source
  package var namespace: NetworkNamespace?
  package var settings: CensusSettings
  /// Those in the states that a census counts.
  package var sockets: [FoundSocket] = []
  /// Connections in ESTABLISHED: they use ports too.
  package var connections: [FourTuple] = []
  /// Ports that somebody listens on.
  package var listening: Set<UInt16> = []
  /// Who has the socket with this inode.
  package var holders: [UInt64: SocketHolder] = [:]
  /// Processes whose descriptors may not be read.
  package var unreadable = 0
  /// Whether whoever looked may read the descriptors of other users' processes.
  package var isPrivileged = false

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
  /// Milliseconds since the last segment from the peer (`tcpi_last_ack_recv`); nil where it is not told.
  package var silence: Int?

  package init(record: SocketRecord, user: UInt32 = 0, silence: Int? = nil) {
    self.record = record
    self.user = user
    self.silence = silence
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
  /// Whether it is the one that the machine started with; nil where that cannot be told.
  package var isInitial: Bool?

  package init(name: String, isInitial: Bool?) {
    self.name = name
    self.isInitial = isInitial
  }
}
