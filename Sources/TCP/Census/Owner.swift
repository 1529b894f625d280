/// The holder of a socket.
package enum Owner: Hashable, Comparable, Sendable {
  /// Every process that has a descriptor of it, by ascending numbers.
  case processes([HoldingProcess])
  /// In TIME_WAIT: the kernel keeps it, whatever becomes of the program.
  case kernel
  /// A program closed it, and the kernel brings the connection to its end.
  case orphan
  /// It waits in its listener's queue: no program has called accept() for it. The endpoint is that of the listener, or
  /// the connection's own where nobody listens there.
  case notAccepted(Endpoint)
  /// A process of somebody else that may not be seen; the user who made the socket, if it is told.
  case hidden(user: UInt32)
  /// No process that can be seen has it: one in another PID namespace, the kernel itself, or one that is gone now.
  case unknown(user: UInt32)
}

/// A process, by its number and its name.
package struct HoldingProcess: Hashable, Comparable, Sendable {
  package var number: Int
  package var name: String

  package init(number: Int, name: String) {
    self.number = number
    self.name = name
  }

  package static func < (first: Self, second: Self) -> Bool {
    (first.number, first.name) < (second.number, second.name)
  }
}

extension Owner {
  package static func < (first: Owner, second: Owner) -> Bool {
    func rank(_ owner: Owner) -> (Int, [HoldingProcess], Endpoint, UInt32) {
      let nowhere = Endpoint(Address(0, 0, 0, 0), 0)
      return switch owner {
      case .processes(let processes): (0, processes, nowhere, 0)
      case .kernel: (1, [], nowhere, 0)
      case .orphan: (2, [], nowhere, 0)
      case .notAccepted(let listener): (3, [], listener, 0)
      case .hidden(let user): (4, [], nowhere, user)
      case .unknown(let user): (5, [], nowhere, user)
      }
    }
    let (one, other) = (rank(first), rank(second))
    if one.0 != other.0 { return one.0 < other.0 }
    if one.1 != other.1 { return one.1.lexicographicallyPrecedes(other.1) }
    return one.2 != other.2 ? one.2 < other.2 : one.3 < other.3
  }
}

extension Survey {
  /// The holder of this socket. Without an inode it is no program's (``SocketRecord/inode``); why, its state says.
  func owner(of socket: FoundSocket, listening: Listening) -> Owner {
    guard socket.record.inode != 0 else {
      switch socket.record.state {
      case .timeWait: return .kernel
      // A connection that its program closes leaves these at once, so no program has had this one.
      case .closeWait, .established:
        let local = socket.record.tuple.local
        return .notAccepted(listening.endpoint(for: local) ?? local)
      default: return .orphan
      }
    }
    if let holders = holders[socket.record.inode] {
      var processes: [HoldingProcess] = []
      for holder in holders where processes.last?.number != holder.process {
        processes.append(HoldingProcess(number: holder.process, name: holder.name))
      }
      return .processes(processes)
    }
    return unreadable > 0 || hidesProcesses ? .hidden(user: socket.user) : .unknown(user: socket.user)
  }
}
