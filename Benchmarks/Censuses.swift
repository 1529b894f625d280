import Foundation
import Linux
import TCP

/// `tcpprobe who` among many sockets of several processes, against `ss -tanp`, which tells their processes, too: time
/// on processors, and memory.
enum Censuses {
  static let sockets = 100_000
  static let processes = 16
  /// ss takes seconds.
  private static let rounds = 3
  private static let ss = ["/usr/bin/ss", "/bin/ss", "/usr/sbin/ss", "/sbin/ss"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  static func measure() throws -> [Line] {
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("tcpprobe").path
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw Missing(description: "there is no \(program): swift build -c release makes it")
    }
    let namespace = try Namespace.make()
    let holders = try Holders(in: namespace, program: CommandLine.arguments[0])
    defer { holders.end() }
    try holders.awaitAll(in: namespace)
    var (who, others): ([ChildProcess.Cost], [ChildProcess.Cost]) = ([], [])
    for round in 0...rounds {
      let ours = try cost(of: [program, "who"], in: namespace)
      let theirs = try ss.map { try cost(of: [$0, "-tanp"], in: namespace) }
      // The first warms up the kernel's caches.
      guard round > 0 else { continue }
      who.append(ours)
      if let theirs { others.append(theirs) }
    }
    let (our, their) = (median(who), median(others))
    let memory = "in \(grouped(who.map(\.peakMemory).max().map { $0 / 1_000_000 } ?? 0)) MB at most"
    var lines = [Line(name: "tcpprobe who, time on processors", nanoseconds: our, ratio: memory)]
    if their > 0 {
      lines.append(
        Line(
          name: "ss -tanp, time on processors", nanoseconds: their,
          ratio:
            "\(times(their, our)) as much, in \(grouped((others.map(\.peakMemory).max() ?? 0) / 1_000_000)) MB"
        ))
    } else {
      say("  there is no ss(8) here: nothing to compare with")
    }
    return lines
  }

  private static func median(_ costs: [ChildProcess.Cost]) -> Int64 {
    costs.isEmpty ? 0 : costs.map(\.processorTime).sorted()[costs.count / 2]
  }

  private static func cost(of command: [String], in namespace: borrowing Namespace) throws
    -> ChildProcess.Cost
  {
    let nothing = try WholeFile.create("/dev/null")
    let cost = try namespace.enter { try ChildProcess(command, output: nothing.rawValue).waitForCost() }
    guard cost.end == .exited(status: 0) else { throw Missing(description: "\(command[0]) has failed") }
    return cost
  }

  fileprivate struct Missing: Error, CustomStringConvertible { var description: String }
}

/// Processes that hold connections to themselves, one end of each in CLOSE_WAIT, the other in FIN_WAIT_2.
final class Holders {
  /// The argument that makes this program one of them; the number of sockets that it holds follows.
  static let argument = "--hold"
  private static let each = Censuses.sockets / Censuses.processes
  private let all: [Holder]

  private final class Holder {
    let process: ChildProcess
    init(_ process: consuming ChildProcess) { self.process = process }
  }

  fileprivate init(in namespace: borrowing Namespace, program: String) throws {
    all = try namespace.enter {
      try Interface(named: "lo").bringUp()
      return try (0..<Censuses.processes).map { _ in
        Holder(try ChildProcess([program, Holders.argument, "\(Holders.each)"]))
      }
    }
  }

  fileprivate func awaitAll(in namespace: borrowing Namespace) throws {
    let progress = Progress("sockets")
    defer { progress.clear() }
    let limit = Clock.monotonic() + 600_000_000_000
    var count = 0
    while count < Holders.each * Censuses.processes {
      guard Clock.monotonic() < limit else {
        throw Censuses.Missing(
          description:
            "only \(grouped(count)) sockets were made (is ulimit -n at least \(Holders.each + 100)?)")
      }
      // To count them holds up those who make them.
      Clock.sleep(nanoseconds: 2_000_000_000)
      count = 0
      try namespace.enter {
        try SocketDiagnosis.dump(.ipv4, states: [.closeWait, .finWait2], withInfo: false) { _ in count += 1 }
      }
      progress.show("\(grouped(count)) of \(grouped(Censuses.sockets))")
    }
  }

  fileprivate func end() { for holder in all { holder.process.end() } }

  /// Is one of them, until it is killed, or for ten minutes.
  static func hold(_ count: Int) throws {
    let listener = try Socket.tcp(.ipv4)
    try listener.bind(to: Endpoint(.loopback(.ipv4), 0))
    try listener.listen(backlog: 8)
    let place = try listener.localEndpoint()
    var held: [Held] = []
    for _ in 0..<(count / 2) {
      let client = Held(try Socket.tcp(.ipv4))
      try client.socket.connect(to: place)
      _ = try waitReadable([listener.rawValue], until: Clock.monotonic() + 60_000_000_000)
      if let server = try listener.accept() { held.append(Held(server)) }
      try client.socket.shutdown(.write)
      held.append(client)
    }
    Clock.sleep(nanoseconds: 600_000_000_000)
    withExtendedLifetime(held) {}
  }

  private final class Held {
    let socket: Socket
    init(_ socket: consuming Socket) { self.socket = socket }
  }
}
