import Linux

/// `tcpprobe record`: the time that it takes, against the longest kernel timer that it waits for, and its memory.
enum WholeRecords {
  /// TIME_WAIT, as long as the kernel has it: 60 s, and a tick of the timer wheel at most.
  private static let timeWait = 60

  /// A quick record, of one family and of both.
  static func measure(_ limit: TimeLimit) throws -> [Line] {
    let one = try cost(["--quick", "--family", "ipv4"], until: limit.deadline)
    let both = try cost(["--quick"], until: limit.deadline)
    return [
      Line(name: "record --quick --family ipv4", nanoseconds: one.time, ratio: memory(of: one)),
      Line(
        name: "record --quick", nanoseconds: both.time,
        ratio: "\(times(both.time, one.time)) as much, \(memory(of: both))"),
    ]
  }

  /// A record of both families with all waits.
  static func measureWhole(_ limit: TimeLimit) throws -> [Line] {
    let whole = try cost([], until: limit.deadline + Int64(2 * timeWait) * 1_000_000_000)
    return [
      Line(
        name: "record, which waits TIME_WAIT out", nanoseconds: whole.time,
        ratio:
          "\(times(whole.time, Int64(timeWait) * 1_000_000_000)) these \(timeWait) s, \(memory(of: whole))")
    ]
  }

  private typealias Measured = (cost: ChildProcess.Cost, time: Int64)

  private static func memory(of record: Measured) -> String {
    "in \(Processes.megabytes([record.cost]))"
  }

  /// The cost of `tcpprobe record` with these options.
  private static func cost(_ options: [String], until deadline: Int64) throws -> Measured {
    let progress = Progress((["record"] + options).joined(separator: " "))
    defer { progress.clear() }
    return try Processes.cost(
      of: [try Processes.tcpprobe(), "record", "--output", "-"] + options, until: deadline
    ) { progress.show("waiting for it") }
  }
}
