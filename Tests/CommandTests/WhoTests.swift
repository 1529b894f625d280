import Foundation
import Linux
import TCP
import Testing

/// Three sockets in CLOSE_WAIT, which this process keeps, and their other ends, in a namespace of their own.
private final class Leak {
  let namespace: Namespace
  private let sockets: [Held]
  private let listener: Held

  private final class Held {
    let socket: Socket
    init(_ socket: consuming Socket) { self.socket = socket }
  }

  init() throws {
    let made = try Namespace.make()
    listener = try made.enter {
      try Interface(named: "lo").bringUp()
      let listener = Held(try Socket.tcp(.ipv4))
      try listener.socket.bind(to: Endpoint(.loopback(.ipv4), 0))
      try listener.socket.listen(backlog: 8)
      return listener
    }
    let place = try listener.socket.localEndpoint()
    let listener = listener
    sockets = try made.enter { try (0..<3).flatMap { _ in try Leak.pair(listener, place) } }
    namespace = made
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

  /// What stands before a command that is to look at it.
  var wrapper: [String] { ["nsenter", "--net=/proc/\(getpid())/fd/\(namespace.descriptor.rawValue)"] }

  static let canBeMade: Bool = {
    guard Probe.isThere, let leak = try? Leak(), let folder = try? Folder() else { return false }
    return (try? Program(leak.wrapper + ["true"]).run(in: folder))?.status == 0
  }()
}

extension CommandTests {
  @Suite(.enabled(if: Leak.canBeMade, "no namespace can be made and entered here"))
  struct WhoTests {
    private let folder: Folder
    private let leak: Leak
    init() throws {
      folder = try Folder()
      leak = try Leak()
    }

    private struct Found: Decodable {
      var sockets: Int
      var hidden: Int
      var states: [State]
      struct State: Decodable {
        var state: String
        var processes: [Owner]
      }
      struct Owner: Decodable {
        var owner: String
        var process: Int32?
        var user: UInt32?
        var descriptors: String?
        var tally: Tally
      }
      struct Tally: Decodable { var count: Int }
    }

    private func who(_ before: [String] = [], _ arguments: String...) throws -> Program.Finished {
      let probe = try Probe.program(["who"] + arguments).arguments
      return try Program(leak.wrapper + before + probe).run(in: folder)
    }

    @Test func theProcessThatLeaksIsNamedWithItsDescriptors() throws {
      let ended = try who([], "--format", "json", "--state", "close-wait")
      #expect(ended.status == 0 && ended.errors.isEmpty)
      let found = try JSONDecoder().decode(Found.self, from: Data(ended.output.utf8))
      #expect(found.states.map(\.state) == ["CLOSE_WAIT"] && found.sockets == 3 && found.hidden == 0)
      let owner = try #require(found.states.first?.processes.first)
      #expect(owner.process == getpid() && owner.tally.count == 3 && owner.descriptors?.isEmpty == false)
      let text = try who().output
      #expect(text.contains("[\(getpid())]") && text.contains("close()") && text.contains("FIN_WAIT_2  3"))
    }

    @Test(.enabled(if: getuid() == 0, "no privilege can be given up here"))
    func withoutPrivilegeItSaysWhatItMayNotSee() throws {
      let copy = folder.path + "/tcpprobe"
      try FileManager.default.copyItem(atPath: try #require(Probe.path), toPath: copy)
      let ended = try Program(leak.wrapper + Nobody.wrapper + [copy, "who", "--format", "json"]).run(
        in: folder)
      #expect(ended.status == 0 && ended.errors.isEmpty)
      let found = try JSONDecoder().decode(Found.self, from: Data(ended.output.utf8))
      #expect(found.sockets == 6 && found.hidden == 6)
      #expect(found.states.flatMap(\.processes).allSatisfy { $0.owner == "hidden" && $0.user == 0 })
      let text = try Program(leak.wrapper + Nobody.wrapper + [copy, "who"]).run(in: folder).output
      #expect(text.contains("6 sockets") && text.contains("sudo"))
    }

    /// A process may call itself anything, in 15 octets. One name after the other: this process has only one.
    @Test func aNameSteersNothingAndIsNoMarkup() throws {
      let own = try String(contentsOfFile: "/proc/self/comm", encoding: .utf8)
      defer { try? own.write(toFile: "/proc/self/comm", atomically: false, encoding: .utf8) }
      for name in ["\u{1B}[31m\u{9B}\u{202E}", "[x](u)<b>`*|_"] {
        try name.write(toFile: "/proc/self/comm", atomically: false, encoding: .utf8)
        for format in ["terminal", "markdown", "json"] {
          let text = try who([], "--format", format).output
          #expect(text.contains("\(getpid())"))
          #expect(
            text.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && !(0x7F...0x9F ~= $0.value)) })
          #expect(!text.unicodeScalars.contains { $0.properties.isBidiControl })
          guard format == "markdown", name.hasPrefix("[") else { continue }
          #expect(text.contains("[x\\](u)\\<b>\\`\\*\\|\\_["), "\(text)")
        }
      }
    }

    @Test(arguments: [SIGINT, SIGTERM]) func aWatchEndsInOrderWhenItIsAskedTo(signal: Int32) throws {
      let arguments = try Probe.program(["who", "--watch", "0.1"]).arguments
      let running = try Program(leak.wrapper + arguments).start(in: folder)
      // Long enough for a few looks on any machine; what it says does not hang on how many.
      usleep(1_500_000)
      kill(running.id, signal)
      let ended = running.finish()
      #expect(ended.status == nil && ended.errors.isEmpty)
      #expect(ended.output.contains("CLOSE_WAIT  3") && ended.output.hasSuffix("\n"))
    }

    @Test(arguments: [
      ["--state", "LISTEN"], ["--state", "moon"], ["--top", "-1"], ["--watch", "0"], ["--watch", "x"],
      ["--watch", "--format", "markdown"], ["--format", "xml"],
    ])
    func whatNobodyCanMeanIsWrongUsage(arguments: [String]) throws {
      let ended = try Probe.program(["who"] + arguments).run(in: folder)
      #expect(ended.status == 64 && ended.output.isEmpty && !ended.errors.isEmpty)
    }
  }
}
