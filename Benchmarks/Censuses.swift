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

  static func measure(_ limit: TimeLimit) throws -> [Line] {
    let program = try Processes.tcpprobe()
    let namespace = try Namespace.make()
    let holders = try Holders(in: namespace, program: CommandLine.arguments[0])
    defer { holders.end() }
    let held = try holders.awaitAll(in: namespace, until: limit.preparation)
    if held < sockets {
      say("  only \(grouped(held)) sockets could be made (is ulimit -n at least \(Holders.each + 100)?)")
    }
    var (who, others): ([ChildProcess.Cost], [ChildProcess.Cost]) = ([], [])
    func cost(of command: [String]) throws -> ChildProcess.Cost {
      try namespace.enter { try Processes.cost(of: command, until: limit.deadline).cost }
    }
    var bodies: [() throws -> Int64] = [
      {
        who.append(try cost(of: [program, "who"]))
        return who.last?.processorTime ?? 0
      }
    ]
    if let ss {
      bodies.append {
        others.append(try cost(of: [ss, "-tanp"]))
        return others.last?.processorTime ?? 0
      }
    }
    let found = try Rounds.medians(of: "counts", rounds, within: limit, bodies)
    let our = found[0]
    let memory = "in \(Processes.megabytes(who)) at most"
    var lines = [Line(name: "tcpprobe who, time on processors", nanoseconds: our, ratio: memory)]
    if let their = found.dropFirst().first {
      lines.append(
        Line(
          name: "ss -tanp, time on processors", nanoseconds: their,
          ratio: "\(times(their, our)) as much, in \(Processes.megabytes(others))"))
    } else {
      say("  there is no ss(8) here: nothing to compare with")
    }
    return lines
  }
}

/// Processes that hold connections to themselves, one end of each in CLOSE_WAIT, the other in FIN_WAIT_2.
final class Holders {
  /// The argument that makes this program one of them; the number of sockets that it holds follows.
  static let argument = "--hold"
  fileprivate static let each = Censuses.sockets / Censuses.processes
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

  /// - Returns: the number of sockets that there are at the deadline, or as soon as there are all.
  fileprivate func awaitAll(in namespace: borrowing Namespace, until deadline: Int64) throws -> Int {
    let progress = Progress("sockets")
    defer { progress.clear() }
    var count = 0
    while count < Holders.each * Censuses.processes, Clock.monotonic() < deadline {
      // To count them holds up those who make them.
      Clock.sleep(nanoseconds: 2_000_000_000)
      count = 0
      try namespace.enter {
        try SocketDiagnosis.dump(.ipv4, states: [.closeWait, .finWait2], withInfo: false) { _ in count += 1 }
      }
      progress.show("\(grouped(count)) of \(grouped(Censuses.sockets))")
    }
    return count
  }

  fileprivate func end() { for holder in all { holder.process.end() } }

  /// Is one of them, until it is killed, or for ten minutes.
  static func hold(_ count: Int) throws {
    let listener = try Socket.tcp(.ipv4)
    try listener.bind(to: Endpoint(.loopback(.ipv4), 0))
    try listener.listen(backlog: 8)
    let place = try listener.localEndpoint()
    var held: [Held] = []
    let deadline = TimeLimit().preparation
    for _ in 0..<(count / 2) {
      guard Clock.monotonic() < deadline else { break }
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
