import Linux
import SystemPackage
import TCP
package import Traces

/// Questions about a crowd that has been made.
extension Crowd {
  /// Runs `body` on the crowd's host.
  package func enter<R: ~Copyable>(_ body: () throws -> R) throws -> R { try host.enter(body) }

  /// The result of a connect() to a destination now; a connection that comes of it is closed at once.
  package func connecting(to destination: Int) throws -> Value {
    try host.enter {
      try offerAll()
      let socket = Box(try Socket.tcp(family))
      try socket.value.set(.linger, to: .seconds(0))
      do throws(Errno) {
        try socket.value.connect(to: Endpoint(address(destination), port))
        return Value.words("connects")
      } catch {
        return .errno(error.name)
      }
    }
  }

  /// The same for a destination to which nothing was connected yet.
  package func connectingElsewhere() throws -> Value {
    try host.enter { try addDestination() }
    return try connecting(to: listeners.count - 1)
  }

  /// The number of connections in TIME_WAIT, when no further FIN can be on its way.
  package func inTimeWait(expecting count: Int) throws -> Int {
    var held = 0
    // On loopback it is a matter of one tick.
    for _ in 0..<100 {
      held = try host.enter { try SocketCount.inTimeWait() } ?? 0
      if held >= count { break }
      Clock.sleep(nanoseconds: 5_000_000)
    }
    return held
  }

  /// Sets the kernel's default for reuse again.
  ///
  /// - Returns: nanoseconds that must pass before a port is given once more.
  package func allowReuse() throws -> Int64 {
    try host.enter {
      try Sysctl.write("net.ipv4.tcp_tw_reuse", "2")
      let text = try? Sysctl.read("net.ipv4.tcp_tw_reuse_delay")
      return ((text.flatMap { Int64($0) } ?? 1000) + 100) * 1_000_000
    }
  }

  /// The number of connections that the kernel's table names, all of it read, and the time of the reading in
  /// nanoseconds.
  package func listed() throws -> (count: Int, nanoseconds: Int64) {
    let table = try host.enter { Box(try SocketDiagnosis.open()) }
    let began = Clock.monotonic()
    let count = try table.value.dump(family, states: [.timeWait]).count
    return (count, Clock.monotonic() - began)
  }
}
