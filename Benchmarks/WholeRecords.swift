import Foundation
import Linux
import TCP

/// A whole record, as `tcpprobe record` makes it, against the longest kernel timer that it waits for: the rest is
/// tcpprobe's own.
enum WholeRecords {
  /// TIME_WAIT, as long as the kernel has it: 60 s, and a tick of the timer wheel at most.
  private static let timeWait: Int64 = 60_000_000_000

  static func measure() throws -> [Line] {
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("tcpprobe").path
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw Missing(description: "there is no \(program): swift build -c release makes it")
    }
    let quick = try cost([program, "record", "--quick"], named: "a quick record")
    let whole = try cost([program, "record"], named: "a record, all waits waited out")
    return [
      Line(name: "without waits over 2 s", nanoseconds: quick.time),
      Line(
        name: "with TIME_WAIT waited out", nanoseconds: whole.time,
        ratio: "\(times(whole.time, timeWait)) TIME_WAIT's 60 s"),
      Line(
        name: "beside that", nanoseconds: whole.time - timeWait,
        ratio: "in \(grouped(max(quick.memory, whole.memory) / 1_000_000)) MB at most"),
    ]
  }

  private static func cost(_ command: [String], named name: String) throws -> (time: Int64, memory: Int) {
    let progress = Progress(name)
    defer { progress.clear() }
    progress.show("waiting for it")
    let nothing = try WholeFile.create("/dev/null")
    let began = Clock.monotonic()
    let cost = try ChildProcess(command, output: nothing.rawValue, errors: nothing.rawValue).waitForCost()
    guard cost.end == .exited(status: 0) else { throw Missing(description: "\(name) could not be made") }
    return (Clock.monotonic() - began, cost.peakMemory)
  }

  private struct Missing: Error, CustomStringConvertible { var description: String }
}
