internal import CLinux
import Glibc
package import SystemPackage

/// The events of poll() and epoll for a socket: their bits have the same places.
package struct Readiness: OptionSet, Hashable, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let input = Readiness(rawValue: UInt32(POLLIN))
  package static let urgent = Readiness(rawValue: UInt32(POLLPRI))
  package static let output = Readiness(rawValue: UInt32(POLLOUT))
  package static let error = Readiness(rawValue: UInt32(POLLERR))
  package static let hangUp = Readiness(rawValue: UInt32(POLLHUP))
  package static let readHangUp = Readiness(rawValue: UInt32(CLINUX_POLLRDHUP))

  /// Every bit that a program may ask for with its name, in the order in which they are written.
  package static let named: [(bit: Readiness, name: String)] = [
    (.input, "IN"), (.urgent, "PRI"), (.output, "OUT"), (.error, "ERR"), (.hangUp, "HUP"),
    (.readHangUp, "RDHUP"),
  ]

  static let all = Readiness(named.map(\.bit))
}

extension Readiness: CustomStringConvertible {
  /// `IN OUT RDHUP`; `nothing` where no bit is set.
  package var description: String {
    let names = Readiness.named.filter { contains($0.bit) }.map(\.name)
    return names.isEmpty ? "nothing" : names.joined(separator: " ")
  }
}

extension Socket {
  /// Polls the socket once, for all events of poll().
  ///
  /// The corresponding C function is `poll` with a timeout of 0.
  package borrowing func polled() throws(Errno) -> Readiness {
    var found: Int16 = 0
    _ = try result(retrying: true) {
      unsafe clinux_poll(rawValue, Int16(Readiness.all.rawValue), 0, &found)
    }
    return Readiness(rawValue: UInt32(UInt16(bitPattern: found)))
  }

  /// The same by epoll, level-triggered, on a set that has only this socket.
  ///
  /// The corresponding C functions are `epoll_create1`, `epoll_ctl` and `epoll_wait`.
  package borrowing func epolled() throws(Errno) -> Readiness {
    var found: UInt32 = 0
    _ = try result(retrying: true) { unsafe clinux_epoll(rawValue, Readiness.all.rawValue, 0, &found) }
    return Readiness(rawValue: found)
  }

  /// Takes the connection apart, so that the socket may be used again.
  ///
  /// - Throws: EBUSY where a call waits on the socket, on some kernels.
  ///
  /// The corresponding C function is `connect` with `AF_UNSPEC`.
  package borrowing func disconnect() throws(Errno) { _ = try result { clinux_disconnect(rawValue) } }
}
