import Linux
import SystemPackage
import TCP
import Testing

/// What the tests of this folder stand on: a namespace with its loopback up, and waits that end.

/// Private namespaces can be made here.
let namespacesWork: Bool = {
  do throws(Errno) {
    _ = try Namespace.make()
    return true
  } catch {
    print("no private namespaces here: \(error.name)")
    return false
  }
}()

/// TUN devices can be opened here.
let tunnelsWork: Bool = {
  do {
    let namespace = try Namespace.make()
    try namespace.enter { _ = try Tunnel.open(name: "probe0") }
    return true
  } catch {
    print("no TUN devices here: \((error as? Errno)?.name ?? "\(error)")")
    return false
  }
}()

/// The families that this kernel has; a machine may have IPv6 left out or switched off.
let families: [Family] = Family.allCases.filter { family in
  do throws(Errno) {
    _ = try Socket.tcp(family)
    return true
  } catch {
    print("no \(family) here: \(error.name)")
    return false
  }
}

func loopbackNamespace() throws -> Namespace {
  let namespace = try Namespace.make()
  try namespace.enter { try Interface(named: "lo").bringUp() }
  return namespace
}

/// Long enough for a machine that has other work; what a test waits for comes in microseconds.
func deadline() -> Int64 { Clock.monotonic() + 10_000_000_000 }

/// Two ends of a connection.
struct Connection: ~Copyable {
  var client: Socket
  var server: Socket
}

/// An ordinary connection over the loopback of the calling thread's namespace.
func connection(_ family: Family = .ipv4) throws -> Connection {
  let listener = try Socket.tcp(family)
  try listener.bind(to: Endpoint(.loopback(family), 0))
  try listener.listen(backlog: 1)
  let client = try Socket.tcp(family)
  try client.connect(to: try listener.localEndpoint())
  let server = try nextConnection(of: listener)
  return Connection(client: client, server: server)
}

func nextConnection(of listener: borrowing Socket) throws -> Socket {
  _ = try waitReadable([listener.rawValue], until: deadline())
  guard let socket = try listener.accept() else { throw Errno.timedOut }
  return socket
}

/// All octets up to the count, or to the end of the stream.
func receive(_ count: Int, from socket: borrowing Socket) throws -> [UInt8] {
  var bytes: [UInt8] = []
  let end = deadline()
  while bytes.count < count {
    guard try waitReadable([socket.rawValue], until: end) == [true] else { throw Errno.timedOut }
    guard let more = try socket.receive(upTo: count - bytes.count) else { continue }
    if more.isEmpty { break }
    bytes += more
  }
  return bytes
}

/// The error that `body` throws, or nil.
///
/// For bodies that use a socket: `#expect(throws:)` would let its closure escape, which a value that is not
/// copied cannot follow.
func errno<R: ~Copyable>(of body: () throws -> R) -> Errno? {
  do {
    _ = try body()
    return nil
  } catch {
    return error as? Errno
  }
}
