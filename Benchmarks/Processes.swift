import Foundation
import Linux

/// Commands in processes of their own, whose time and memory can be told.
enum Processes {
  /// The path of tcpprobe, which stands beside this program.
  static func tcpprobe() throws -> String {
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("tcpprobe").path
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw NotMeasured(description: "there is no \(program); `swift build -c release` makes it")
    }
    return program
  }

  /// Runs a command, whose output nobody sees.
  ///
  /// - Parameters:
  ///   - status: the exit status of a success.
  ///   - deadline: on the monotonic clock, in nanoseconds; a command that still runs then is ended.
  ///   - waiting: is called now and then while it runs.
  /// - Returns: its cost, and the time from its start to its end in nanoseconds.
  /// - Throws: ``NotMeasured`` where it did not end with this status in time.
  static func cost(
    of command: [String], status: CInt = 0, until deadline: Int64, waiting: () -> Void = {}
  ) throws -> (cost: ChildProcess.Cost, time: Int64) {
    let nothing = try WholeFile.create("/dev/null")
    let began = Clock.monotonic()
    let process = try ChildProcess(command, output: nothing.rawValue, errors: nothing.rawValue)
    let name = command.prefix(3).joined(separator: " ")
    var ended: ChildProcess.Cost?
    while ended == nil, Clock.monotonic() < deadline {
      ended = process.waitForCost(until: min(deadline, Clock.monotonic() + 1_000_000_000))
      waiting()
    }
    guard let cost = ended else {
      process.end()
      let seconds = (Clock.monotonic() - began) / 1_000_000_000
      throw NotMeasured(description: "\(name) was ended after \(seconds) s, at the benchmark's time limit")
    }
    guard cost.end == .exited(status: status) else {
      throw NotMeasured(description: "\(name): expected exit status \(status), but it was \(cost.end)")
    }
    return (cost, Clock.monotonic() - began)
  }

  /// The most memory that any of them held, in whole megabytes.
  static func megabytes(_ costs: [ChildProcess.Cost]) -> String {
    "\(grouped((costs.map(\.peakMemory).max() ?? 0) / 1_000_000)) MB"
  }
}
