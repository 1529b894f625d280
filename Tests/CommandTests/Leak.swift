import Foundation
import Linux
import TCP

/// Three sockets in CLOSE_WAIT, which this process keeps, and their other ends, in a namespace of their own.
final class Leak {
  let namespace: Namespace
  private let sockets: Sockets

  init() throws {
    let made = try Namespace.make()
    sockets = try Sockets(in: made)
    namespace = made
  }

  /// The listener's.
  var port: UInt16 { sockets.port }

  /// The words before a command that is to look at it.
  var wrapper: [String] { ["nsenter", "--net=/proc/\(getpid())/fd/\(namespace.descriptor.rawValue)"] }

  static let canBeMade: Bool = {
    guard Probe.isThere, let leak = try? Leak(), let folder = try? Folder() else { return false }
    return (try? Program(leak.wrapper + ["true"]).run(in: folder))?.status == 0
  }()
}

extension Leak {
  /// The same sockets, which alone may keep the namespace.
  final class Sockets {
    /// Its name: `net:[4026531840]`.
    let namespace: String
    let port: UInt16
    private let sockets: [Held]

    private final class Held {
      let socket: Socket
      init(_ socket: consuming Socket) { self.socket = socket }
    }

    /// Makes the namespace, too, and gives it up.
    convenience init() throws { try self.init(in: try Namespace.make()) }

    init(in made: borrowing Namespace) throws {
      namespace = try FileManager.default.destinationOfSymbolicLink(
        atPath: "/proc/self/fd/\(made.descriptor.rawValue)")
      let listener = try made.enter {
        try Interface(named: "lo").bringUp()
        let listener = Held(try Socket.tcp(.ipv4))
        try listener.socket.bind(to: Endpoint(.loopback(.ipv4), 0))
        try listener.socket.listen(backlog: 8)
        return listener
      }
      let place = try listener.socket.localEndpoint()
      port = place.port
      sockets = try [listener] + made.enter { try (0..<3).flatMap { _ in try Self.pair(listener, place) } }
    }

    private static func pair(_ listener: Held, _ place: Endpoint) throws -> [Held] {
      let client = Held(try Socket.tcp(.ipv4))
      try client.socket.connect(to: place)
      let limit = Clock.monotonic() + 10_000_000_000
      _ = try waitReadable([listener.socket.rawValue], until: limit)
      guard let accepted = try listener.socket.accept() else { throw CocoaError(.fileReadUnknown) }
      let server = Held(accepted)
      try client.socket.shutdown(.write)
      _ = try waitReadable([server.socket.rawValue], until: limit)
      return [client, server]
    }
  }
}
