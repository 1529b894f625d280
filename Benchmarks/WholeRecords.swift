import Benches
import Linux
import Records
import Running
import TCP

/// A whole record, as `tcpprobe record` makes it, against the longest kernel timer that it waits for: the rest is
/// tcpprobe's own.
enum WholeRecords {
  /// TIME_WAIT, as long as the kernel has it: 60 s, and a tick of the timer wheel at most.
  private static let timeWait: Int64 = 60_000_000_000
  /// The argument that lets this program make one record and end; the longest wait in seconds follows.
  static let argument = "--record"

  static func measure() throws -> [Line] {
    let quick = try cost(longest: RecordRun.quick, named: "a quick record")
    let whole = try cost(longest: .max, named: "a record, all waits waited out")
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

  /// Makes a record that leaves out what waits for longer than this, in seconds.
  static func record(longest: Int) throws -> Record {
    var run = RecordRun(command: "benchmarks", version: "benchmarks")
    run.longestWait = longest
    return try run.record(on: try Wire(family: .ipv4)).record
  }

  /// The cost of a record in a process of its own, whose memory can be told.
  private static func cost(longest: Int, named name: String) throws -> (time: Int64, memory: Int) {
    let progress = Progress(name)
    defer { progress.clear() }
    progress.show("waiting for it")
    let nothing = try WholeFile.create("/dev/null")
    let began = Clock.monotonic()
    let cost = try ChildProcess(
      [CommandLine.arguments[0], argument, "\(longest)"], output: nothing.rawValue, errors: nothing.rawValue
    ).waitForCost()
    guard cost.end == .exited(status: 0) else { throw Missing(description: "\(name) could not be made") }
    return (Clock.monotonic() - began, cost.peakMemory)
  }

  private struct Missing: Error, CustomStringConvertible { var description: String }
}
