import Kinds
import Foundation
import Linux
import SystemPackage
import TCP

/// Real sockets in a network namespace of their own, which `tcpprobe who` is asked about.
final class Scene {
  let namespace: Namespace
  private let folder: Folder

  /// - Parameter settings: of net.ipv4, by their names.
  init(_ settings: [String: String] = [:]) throws {
    folder = try Folder()
    namespace = try Namespace.make()
    try namespace.enter { try Interface(named: "lo").bringUp() }
    try set(settings)
  }

  func set(_ settings: [String: String]) throws {
    try namespace.enter {
      for (name, value) in settings { try Sysctl.write("net.ipv4.\(name)", value) }
    }
  }

  /// Whether this kernel's namespaces have the setting.
  func has(_ setting: String) -> Bool {
    (try? namespace.enter { try Sysctl.read("net.ipv4.\(setting)") }) != nil
  }

  func counter(_ name: String) throws -> UInt64 { try namespace.enter { try Counters.read()[name] ?? 0 } }

  /// A socket as an object, so that it can be kept in a list; it is closed when nobody keeps it.
  final class Held {
    let socket: Socket
    init(_ socket: consuming Socket) { self.socket = socket }
  }

  func socket(_ family: Family = .ipv4) throws -> Held {
    try namespace.enter { Held(try Socket.tcp(family)) }
  }

  /// A client that hears no answer: the server's end of its connection stays in SYN_RECV.
  func deafClient(to place: Endpoint) throws -> Held {
    let client = try socket()
    try client.socket.rejectAll()
    try client.socket.connect(to: place)
    return client
  }

  func listener(
    at place: Endpoint = Endpoint(.loopback(.ipv4), 0), backlog: Int = 100, sharing: Bool = false
  ) throws -> Held {
    let listener = try socket(place.address.family)
    if sharing { try listener.socket.set(.reusePort, to: true) }
    try listener.socket.bind(to: place)
    try listener.socket.listen(backlog: backlog)
    return listener
  }

  /// Connects, and waits until that has succeeded or failed.
  func connect(_ client: Held, to place: Endpoint) throws(Errno) {
    if try client.socket.connect(to: place) == .inProgress {
      _ = try waitWritable([client.socket.rawValue], until: Scene.limit())
    }
    if let error = try client.socket.pendingError() { throw error }
  }

  func pair(_ listener: Held) throws -> (client: Held, server: Held) {
    let client = try socket()
    try connect(client, to: try listener.socket.localEndpoint())
    _ = try waitReadable([listener.socket.rawValue], until: Scene.limit())
    guard let accepted = try listener.socket.accept() else { throw Errno.wouldBlock }
    return (client, Held(accepted))
  }

  /// A connection whose server is in CLOSE_WAIT.
  func closeWait(_ listener: Held) throws -> (client: Held, server: Held) {
    let pair = try pair(listener)
    try pair.client.socket.shutdown(.write)
    _ = try waitReadable([pair.server.socket.rawValue], until: Scene.limit())
    return pair
  }

  /// Ends connections so that each client's port is in TIME_WAIT.
  func timeWaits(_ count: Int, at listener: Held) throws {
    for _ in 0..<count {
      let pair = try closeWait(listener)
      withExtendedLifetime(pair) {}
    }
  }

  /// A process that has the socket as its standard input.
  func holder(of held: Held) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sleep")
    process.arguments = ["600"]
    process.standardInput = FileHandle(fileDescriptor: held.socket.rawValue, closeOnDealloc: false)
    try process.runAtOnce()
    return process
  }

  /// Threads of tests block signals, and a process inherits that: only this one ends it.
  static func end(_ process: Process) {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Fills the connection until no more can be sent, because the server does not read.
  func fill(_ client: Held) throws {
    let part = [UInt8](repeating: 0, count: 65_536)
    let end = Scene.limit()
    while Clock.monotonic() < end {
      do throws(Errno) {
        _ = try client.socket.send(part)
      } catch .wouldBlock {
        // What has left may make room once more.
        if try waitWritable([client.socket.rawValue], until: Clock.monotonic() + 500_000_000) == [false] {
          return
        }
      }
    }
  }

  /// The same without waiting for room: the window closes meanwhile, or a moment later.
  func fillAtOnce(_ client: Held) throws {
    let part = [UInt8](repeating: 0, count: 65_536)
    for _ in 0..<10_000 {
      guard try Scene.takes(client, part) else { return }
    }
  }

  /// Tells whether there was room for some of it.
  private static func takes(_ client: Held, _ part: [UInt8]) throws -> Bool {
    do throws(Errno) { return try client.socket.send(part) > 0 } catch .wouldBlock { return false }
  }

  /// Sockets of the namespace in these states.
  func sockets(in states: State...) throws -> [SocketRecord] {
    try namespace.enter {
      try Family.allCases.flatMap { try SocketDiagnosis.open().dump($0, states: Set(states)).map(\.record) }
    }
  }

  /// Waits until it is so; false where it does not become so.
  func comes(_ condition: () throws -> Bool) rethrows -> Bool {
    let end = Scene.limit()
    while Clock.monotonic() < end {
      if try condition() { return true }
      Clock.sleep(nanoseconds: 10_000_000)
    }
    return false
  }

  /// What stands before a command that is to look at it.
  var wrapper: [String] { ["nsenter", "--net=/proc/\(getpid())/fd/\(namespace.descriptor.rawValue)"] }

  /// What `tcpprobe who` says, its lines joined to one, so that a sentence is found wherever it is broken.
  func text(_ arguments: String...) throws -> String {
    let ended = try Program(wrapper + Probe.program(["who"] + arguments).arguments).run(in: folder)
    return ended.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  func who(_ arguments: String...) throws -> WhoReport {
    let program = try Probe.program(["who", "--format", "json"] + arguments).arguments
    return try WhoReport(try Program(wrapper + program).run(in: folder).output)
  }

  /// Far longer than anything takes.
  static func limit() -> Int64 { Clock.monotonic() + 60_000_000_000 }

  /// What stands before a command that is to see another /proc, which hides the processes of other users.
  static let hidingProcesses = [
    "unshare", "--mount", "sh", "-c", "mount -t proc -o hidepid=2 proc /proc && exec \"$@\"", "sh",
  ]

  /// Before Linux 5.8 such a mount would change every /proc of the PID namespace.
  static let hidesProcesses: Bool = {
    let numbers = System.release.split(separator: ".").prefix(2).compactMap { Int($0) }
    guard numbers.count == 2, (numbers[0], numbers[1]) >= (5, 8), let folder = try? Folder() else {
      return false
    }
    return (try? Program(hidingProcesses + ["true"]).run(in: folder))?.status == 0
  }()

  static let canBeMade: Bool = {
    guard Probe.isThere, let scene = try? Scene(), let folder = try? Folder() else { return false }
    return (try? Program(scene.wrapper + ["true"]).run(in: folder))?.status == 0
  }()
}
