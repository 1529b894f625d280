internal import CLinux
import Glibc
package import SystemPackage
package import TCP

/// A TCP socket: non-blocking, closed on exec, closed once.
///
/// It belongs for ever to the network namespace of the thread that made it.
package struct Socket: ~Copyable, Sendable {
  package let descriptor: Descriptor

  /// The descriptor's number, for ``waitReadable(_:until:)``. It is the socket's as long as the socket lives.
  package var rawValue: CInt { descriptor.rawValue }

  /// Makes a socket in the calling thread's namespace.
  ///
  /// - Throws: EAFNOSUPPORT where the kernel has no IPv6, EMFILE and ENFILE where descriptors are used up.
  ///
  /// The corresponding C function is `socket`.
  package static func tcp(_ family: Family) throws(Errno) -> Socket {
    let kind = CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    return Socket(descriptor: Descriptor(owning: try result { socket(family.number, kind, 0) }))
  }

  /// Gives the socket its local endpoint; port 0 takes a free one.
  ///
  /// - Throws: EADDRINUSE where a connection or listener has it, EADDRNOTAVAIL where the address is not this
  ///   namespace's, EINVAL where the socket has one already.
  ///
  /// The corresponding C function is `bind`.
  package borrowing func bind(to endpoint: Endpoint) throws(Errno) {
    let address = endpoint.socketAddress
    _ = try result { unsafe clinux_bind(rawValue, address, UInt32(address.count)) }
  }

  /// Takes connections.
  ///
  /// - Parameter backlog: how many may wait for ``accept()``, 0 to net.core.somaxconn; the kernel takes
  ///   one more than this.
  ///
  /// The corresponding C function is `listen`.
  package borrowing func listen(backlog: Int) throws(Errno) {
    _ = try result { Glibc.listen(rawValue, CInt(clamping: backlog)) }
  }

  /// The progress of a connection when ``connect(to:)`` returns.
  package enum Connecting: Sendable {
    case done
    /// The SYN is on its way: the socket gets writable when the connection is made or has failed, and
    /// ``pendingError()`` tells which.
    case inProgress
  }

  /// Begins a connection.
  ///
  /// - Throws: EADDRNOTAVAIL where no port is free or the four-tuple is in use, ENETUNREACH where no route
  ///   leads there; ECONNREFUSED and ETIMEDOUT come from ``pendingError()`` unless a connection in progress
  ///   has failed before this is called again.
  ///
  /// The corresponding C function is `connect`.
  @discardableResult
  package borrowing func connect(to endpoint: Endpoint) throws(Errno) -> Connecting {
    let address = endpoint.socketAddress
    do throws(Errno) {
      _ = try result { unsafe clinux_connect(rawValue, address, UInt32(address.count)) }
      return .done
    } catch .nowInProgress {
      return .inProgress
    }
  }

  /// The next connection of a listener, non-blocking as this one, or nil where none waits.
  ///
  /// The corresponding C function is `accept4`.
  package borrowing func accept() throws(Errno) -> Socket? {
    let flags = CInt(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    do throws(Errno) {
      let number = try result(retrying: true) { accept4(rawValue, nil, nil, flags) }
      return Socket(descriptor: Descriptor(owning: number))
    } catch .wouldBlock {
      return nil
    }
  }

  /// Closes the socket. Unread data makes the kernel reset the connection instead of ending it.
  ///
  /// The corresponding C function is `close`.
  package consuming func close() throws(Errno) { try descriptor.close() }
}
