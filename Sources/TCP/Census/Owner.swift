/// Who has a socket.
package enum Owner: Hashable, Comparable, Sendable {
  case process(Int, name: String)
  /// In TIME_WAIT: the kernel keeps it, whatever becomes of the program.
  case kernel
  /// A program closed it, and the kernel brings the connection to its end.
  case orphan
  /// It waits in its listener's queue: no program has called accept() for it.
  case notAccepted
  /// A process of somebody else, whose descriptors may not be read; the user who made the socket, if it is told.
  case hidden(user: UInt32)
  /// No process that can be seen has it: one in another PID namespace, the kernel itself, or one that is gone now.
  case unknown(user: UInt32)
}

extension Survey {
  /// Who has this socket. Without an inode it is no program's (``SocketRecord/inode``); why, its state says.
  func owner(of socket: FoundSocket) -> Owner {
    guard socket.record.inode != 0 else {
      switch socket.record.state {
      case .timeWait: return .kernel
      // A connection that its program closes leaves CLOSE_WAIT at once, so no program has had this one.
      case .closeWait: return .notAccepted
      default: return .orphan
      }
    }
    if let holder = holders[socket.record.inode] { return .process(holder.process, name: holder.name) }
    return unreadable > 0 ? .hidden(user: socket.user) : .unknown(user: socket.user)
  }
}

/// The other end of a group of connections, as far as they have it in common.
package enum Peer: Hashable, Comparable, Sendable {
  /// This machine connected to that service.
  case service(Endpoint)
  /// A client connected to this machine's port: its own port is another each time.
  case client(Address, ofPort: UInt16)
}

extension Survey {
  func peer(of tuple: FourTuple) -> Peer {
    isIncoming(tuple) ? .client(tuple.remote.address, ofPort: tuple.local.port) : .service(tuple.remote)
  }

  /// Whether the other end connected. The kernel does not keep that: here somebody listens on the local port, or it is
  /// one that a program has named (no ephemeral one), and the peer's is not.
  func isIncoming(_ tuple: FourTuple) -> Bool {
    if listening.contains(tuple.local.port) { return true }
    guard let ports = settings.ports else { return false }
    return !ports.contains(tuple.local.port) && ports.contains(tuple.remote.port)
  }
}
