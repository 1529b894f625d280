package import Documents
package import Linux
import SystemPackage
package import TCP

/// One end of the connection that is run: its sockets, and how it sees the connection.
package final class End {
  package let party: Party
  /// This end's own endpoint and the other's.
  package var tuple: FourTuple
  /// The listener that connections come in at; nil at the end that connects.
  package internal(set) var listener: Box<Socket>?
  /// The connection's socket; nil before connect() or accept(), and once it is closed.
  package internal(set) var socket: Box<Socket>?
  /// True if a look-up has found the connection: from then on the listener is not taken for it.
  var wasSeen = false
  /// True if a half-open connection that is gone leaves this end in LISTEN (RFC 9293 section 3.10.7.4), as pages have it;
  /// else nothing is left of it.
  package var returnsToListen = false
  /// True if its program has closed it: then no other connection is taken from the listener.
  var wasClosed = false
  /// The kernel's address of the socket, as its tracepoints name it; used again at once for another.
  var kernelSocket: UInt64?
  /// Octets that the application has read.
  package var received: [UInt8] = []

  init(party: Party, tuple: FourTuple) {
    self.party = party
    self.tuple = tuple
  }

  /// Notes that a look-up has found this socket.
  func note(_ record: SocketRecord) {
    if record.state != .synReceived || listener == nil || !returnsToListen { wasSeen = true }
  }

  /// Reads so many octets, or fewer where no more are there.
  ///
  /// - Returns: the number of octets that were read, and whether the stream ended behind them.
  func take(_ count: Int) throws(Errno) -> (count: Int, isAtEnd: Bool) {
    var missing = count
    while missing > 0, let socket, let part = try socket.value.receive(upTo: min(missing, 65_536)) {
      if part.isEmpty { return (count - missing, true) }
      missing -= part.count
      received += part
    }
    return (count - missing, false)
  }
}
