import Synchronization
package import SystemPackage
package import TCP

/// The kernel's table of sockets, asked over netlink (NETLINK_SOCK_DIAG).
///
/// It answers for the network namespace in which it was opened, whatever thread asks. A look-up costs
/// microseconds at any size of the table and sees minisockets too; what happened between two looks it misses.
package struct SocketDiagnosis: ~Copyable, Sendable {
  private let channel: Mutex<DiagnosisChannel>

  /// Opens it in the calling thread's namespace; no privilege is needed.
  ///
  /// Throws `protocolNotSupported` where the kernel has no sock_diag.
  ///
  /// The corresponding C function is `socket`.
  package static func open() throws(Errno) -> SocketDiagnosis {
    SocketDiagnosis(channel: try DiagnosisChannel())
  }

  private init(channel: consuming sending DiagnosisChannel) { self.channel = Mutex(channel) }

  /// The socket of exactly this four-tuple, or nil.
  ///
  /// A four-tuple that is not there, the kernel answers with the listener that would take it: that is nil, too.
  /// A socket bound to an interface is not found.
  package borrowing func look(up tuple: FourTuple) throws(Errno) -> Sighting? {
    let found = try exact(tuple)
    return found?.record.tuple == tuple ? found : nil
  }

  /// The listener that a SYN to this endpoint would reach, or nil; its own address may be the wildcard.
  package borrowing func look(upListener endpoint: Endpoint) throws(Errno) -> Sighting? {
    let found = try exact(
      FourTuple(local: endpoint, remote: Endpoint(.wildcard(endpoint.address.family), 0)))
    return found?.record.state == .listen && found?.record.tuple.local.port == endpoint.port ? found : nil
  }

  /// All TCP sockets of the family that are in one of the states.
  ///
  /// Since Linux 6.8 a CLOSED socket that still has its port is among them. Where a program keeps the descriptor
  /// of a connection that is in TIME_WAIT, both have the same four-tuple: the minisocket's inode is 0.
  ///
  /// Throws `interrupted` where the table changed so that the dump is not whole (`NLM_F_DUMP_INTR`),
  /// `messageTooLong` where the kernel sent more than there was room for, and `invalidArgument` where it takes no such
  /// filter.
  package borrowing func dump(
    _ family: Family, states: Set<State> = Set(State.allCases), matching filter: DiagnosisFilter? = nil
  ) throws(Errno) -> [Sighting] {
    var request = DiagnosisRequest.dump(family, states)
    request.filter = filter
    return try channel.withLock { [request] channel throws(Errno) in try channel.ask(request) }
  }

  /// Ends all TCP connections of the family but those in TIME_WAIT, as `ss --kill` does: each is reset. Listeners stay.
  ///
  /// Throws `notPermitted` without CAP_NET_ADMIN, and `notSupported` on a kernel without
  /// CONFIG_INET_DIAG_DESTROY.
  package borrowing func endConnections(_ family: Family) throws(Errno) {
    let states = Set(State.allCases).subtracting([.listen, .timeWait, .closed])
    for sighting in try dump(family, states: states) {
      do throws(Errno) {
        _ = try channel.withLock { channel throws(Errno) in try channel.ask(.end(sighting.record.tuple)) }
      } catch .noSuchFileOrDirectory {
        // It has gone by itself.
      }
    }
  }

  /// Gives each socket of such a dump to `body` as it comes, in the calling thread's namespace; TCP_INFO is read only
  /// on demand. What was given away before an error is thrown is a part of the table.
  ///
  /// - Parameter family: nil for all: the table is walked once for them.
  package static func dump(
    _ family: Family?, states: Set<State>, withInfo: Bool, _ body: (Sighting) -> Void
  ) throws(Errno) {
    // Over a channel of its own: `body` may not run while others wait for a lock.
    var channel = try DiagnosisChannel()
    try channel.ask(.dump(family, states, withInfo: withInfo), body)
  }

  /// The kernel's answer, which may be another socket than the one that was asked for.
  private borrowing func exact(_ tuple: FourTuple) throws(Errno) -> Sighting? {
    do throws(Errno) {
      return try channel.withLock { channel throws(Errno) in try channel.ask(.exact(tuple)) }.first
    } catch .noSuchFileOrDirectory {
      return nil
    }
  }
}

extension SocketDiagnosis {
  /// nil where sock_diag can look at TCP sockets from this thread's namespace, else why not, in one line.
  package static func availability() -> String? {
    do throws(Errno) {
      // A dump of no state walks no table, and tells a missing module from a missing socket.
      _ = try SocketDiagnosis.open().dump(.ipv4, states: [])
      return nil
    } catch .noSuchFileOrDirectory {
      return "the kernel has no tcp_diag module"
    } catch {
      return "sock_diag cannot be used: \(error)"
    }
  }
}
