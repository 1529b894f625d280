internal import CLinux
import Glibc
package import SystemPackage

/// An epoll set with one socket, which reports each event once, when it comes (edge-triggered).
package struct EdgeWatch: ~Copyable {
  private let set: Descriptor

  /// Begins to watch the socket for all events of epoll. What is there already is the first event.
  ///
  /// The corresponding C functions are `epoll_create1` and `epoll_ctl` with `EPOLLET`.
  package init(_ socket: borrowing Socket) throws(Errno) {
    let number = socket.rawValue
    set = Descriptor(owning: try result { clinux_watch_edges(number, Readiness.all.rawValue) })
  }

  /// The state that came with events since the last call; no bit where none came.
  ///
  /// The corresponding C function is `epoll_wait` with a timeout of 0.
  package borrowing func events() throws(Errno) -> Readiness {
    var found: UInt32 = 0
    let number = set.rawValue
    _ = try result(retrying: true) { unsafe clinux_next_event(number, &found) }
    return Readiness(rawValue: found)
  }
}
