internal import CLinux
import Glibc
import Synchronization
package import SystemPackage
package import TCP

/// A call that may wait, made on a thread of its own, so that another can do something to the same socket meanwhile.
package final class WaitingCall {
  /// The calls of a program that can wait.
  package enum Kind: String, CaseIterable, Sendable {
    case accept, connect, receive = "recv", send, poll, epoll = "epoll_wait", close
  }

  /// The end of the call.
  package enum Ending: Equatable, Sendable {
    /// The return value: of accept a descriptor, which is closed by then; of poll and epoll_wait the bits.
    case returned(Int)
    case failed(Errno)
  }

  private let call: ThreadedCall<Ending>
  private let descriptor: CInt
  private var isOpen = true

  /// Makes the call on this socket, which waits from here on where a call has to. The socket must stay open until
  /// ``isAsleep(until:)`` has answered.
  ///
  /// - Parameter blocks: whether the socket is made one whose calls wait.
  /// - Throws: EAGAIN where no thread could be made.
  ///
  /// The corresponding C function is `pthread_create`.
  package convenience init(
    _ kind: Kind, on socket: borrowing Socket, remote: Endpoint, blocks: Bool = true
  ) throws(Errno) {
    try self.init(kind, number: try Self.ownNumber(of: socket), remote: remote, blocks: blocks)
  }

  /// Calls close() on the last descriptor of a socket: with another one open it would not wait, and whoever closes that one
  /// would.
  ///
  /// - Parameter last: one that ``duplicate(of:)`` gave, and whose socket is gone since.
  package convenience init(closing last: consuming Descriptor, remote: Endpoint, blocks: Bool) throws(Errno) {
    try self.init(.close, number: last.release(), remote: remote, blocks: blocks)
    // The call itself closes it.
    isOpen = false
  }

  /// Another descriptor of the socket, as calls on a thread of their own need it.
  ///
  /// The corresponding C function is `fcntl` with `F_DUPFD_CLOEXEC`.
  package static func duplicate(of socket: borrowing Socket) throws(Errno) -> Descriptor {
    Descriptor(owning: try ownNumber(of: socket))
  }

  private init(_ kind: Kind, number: CInt, remote: Endpoint, blocks: Bool) throws(Errno) {
    descriptor = number
    if blocks { _ = try result { clinux_let_block(number) } }
    call = try ThreadedCall(repeatingIf: { $0 == .failed(.interrupted) }) {
      WaitingCall.make(kind, on: number, remote: remote)
    }
  }

  private static func make(_ kind: Kind, on number: CInt, remote: Endpoint) -> Ending {
    do throws(Errno) {
      switch kind {
      case .accept:
        let descriptor = try result { accept4(number, nil, nil, CInt(SOCK_CLOEXEC.rawValue)) }
        return .returned(Int(Glibc.close(descriptor)))
      case .connect:
        let address = remote.socketAddress
        return .returned(Int(try result { unsafe clinux_connect(number, address, UInt32(address.count)) }))
      case .receive:
        var octets = [UInt8](repeating: 0, count: 1000)
        return .returned(try result { unsafe recv(number, &octets, octets.count, 0) })
      case .send:
        let octets = [UInt8](repeating: 0, count: 1000)
        return .returned(try result { unsafe Glibc.send(number, octets, octets.count, CInt(MSG_NOSIGNAL)) })
      case .poll:
        var found: Int16 = 0
        _ = try result { unsafe clinux_poll(number, Int16(POLLIN | CLINUX_POLLRDHUP), -1, &found) }
        return .returned(Int(UInt16(bitPattern: found)))
      case .epoll:
        var found: UInt32 = 0
        _ = try result {
          unsafe clinux_epoll(number, UInt32(POLLIN | CLINUX_POLLRDHUP), -1, &found)
        }
        return .returned(Int(found))
      case .close: return .returned(Int(try result { Glibc.close(number) }))
      }
    } catch {
      return .failed(error)
    }
  }

  /// A second descriptor of the socket, whose number is in use for nothing else before and after: where a process is
  /// stopped and continued, the kernel makes a waiting call again, by its number.
  ///
  /// The corresponding C function is `fcntl` with `F_DUPFD_CLOEXEC`.
  private static func ownNumber(of socket: borrowing Socket) throws(Errno) -> CInt {
    let highest = min(OpenFiles.limit, 4096) - 1
    let least = CInt(highest - Self.turns.add(1, ordering: .relaxed).newValue % max(1, highest / 4))
    let number = socket.rawValue
    do throws(Errno) {
      return try result { clinux_duplicate(number, least) }
    } catch {
      // The highest are in use.
      return try result { clinux_duplicate(number, 0) }
    }
  }

  private static let turns = Atomic(0)

  /// Closes the call's descriptor; the call may go on.
  ///
  /// The corresponding C function is `close`.
  package func close() {
    if isOpen { _ = Glibc.close(descriptor) }
    isOpen = false
  }

  /// Tells whether the kernel made the call again after its descriptor was closed, because the process was stopped and
  /// continued meanwhile: then it says nothing of what close() does to a waiting call.
  package var wasRepeatedAfterClose: Bool {
    guard !isOpen, let ending else { return false }
    return ending == .failed(.badFileDescriptor) || ending == .returned(Int(POLLNVAL))
  }

  /// The time that the call took; nil while it waits.
  package var length: Duration? {
    call.outcome.map { .nanoseconds($0.ended - $0.began) }
  }

  /// The end of the call; nil while it waits.
  package var ending: Ending? { call.outcome?.value }

  /// Tells whether the thread sleeps in the kernel, in a call that is not the wait for a lock of ours: then what it waits for
  /// has not come. Whoever is woken is no sleeper from that moment on, however long it has to wait for a processor.
  ///
  /// - Returns: true as soon as it sleeps, false as soon as its call has ended; nil where neither is so in time.
  ///
  /// The corresponding C function is `read` of /proc/self/task.
  package func isAsleep(until deadline: Int64) -> Bool? { call.isAsleep(until: deadline) }

  /// Ends the call, where it still waits, with a signal, and the thread with it.
  ///
  /// The corresponding C functions are `pthread_kill` and `pthread_join`.
  package func end() {
    call.end()
    close()
  }

  deinit { end() }
}
