import Benches
import Linux
import Records
import Running
import TCP

/// Records as `tcpprobe record` makes them, against the longest kernel timer that each waits for: the rest is tcpprobe's
/// own.
enum WholeRecords {
  /// The longest wait of a scenario that ends long before TIME_WAIT, in seconds: the schedule of SYNs.
  private static let schedule = 7
  /// TIME_WAIT, as long as the kernel has it: 60 s, and a tick of the timer wheel at most.
  private static let timeWait = 60
  /// The argument that lets this program make one record and end; the longest wait in seconds follows.
  static let argument = "--record"

  /// A quick record, and one with the waits that end within the time of a benchmark.
  static func measure(_ limit: TimeLimit) throws -> [Line] {
    let quick = try cost(longest: RecordRun.quick, named: "a quick record", until: limit.deadline)
    let longer = try cost(
      longest: schedule, named: "a record with waits up to \(schedule) s", until: limit.deadline)
    return [
      Line(name: "without waits over \(RecordRun.quick) s", nanoseconds: quick.time),
      compared(longer, named: "with waits up to \(schedule) s", to: schedule),
      beside(longer, schedule, memory: [quick.cost, longer.cost]),
    ]
  }

  /// A record with all waits.
  static func measureWhole(_ limit: TimeLimit) throws -> [Line] {
    let whole = try cost(
      longest: .max, named: "a whole record", until: limit.deadline + Int64(2 * timeWait) * 1_000_000_000)
    return [
      compared(whole, named: "with TIME_WAIT waited out", to: timeWait),
      beside(whole, timeWait, memory: [whole.cost]),
    ]
  }

  private typealias Measured = (cost: ChildProcess.Cost, time: Int64)

  private static func compared(_ record: Measured, named name: String, to seconds: Int) -> Line {
    Line(
      name: name, nanoseconds: record.time,
      ratio: "\(times(record.time, Int64(seconds) * 1_000_000_000)) these \(seconds) s")
  }

  private static func beside(_ record: Measured, _ seconds: Int, memory: [ChildProcess.Cost]) -> Line {
    Line(
      name: "beside that", nanoseconds: max(0, record.time - Int64(seconds) * 1_000_000_000),
      ratio: "in \(Processes.megabytes(memory)) at most")
  }

  /// Makes a record that leaves out what waits for longer than this, in seconds.
  static func record(longest: Int) throws -> Record {
    var run = RecordRun(command: "benchmarks", version: "benchmarks")
    run.longestWait = longest
    return try run.record(on: try Wire(family: .ipv4)).record
  }

  /// The cost of a record in a process of its own, whose memory can be told.
  private static func cost(longest: Int, named name: String, until deadline: Int64) throws -> Measured {
    let progress = Progress(name)
    defer { progress.clear() }
    return try Processes.cost(
      of: [CommandLine.arguments[0], argument, "\(longest)"], until: deadline
    ) { progress.show("waiting for it") }
  }
}
