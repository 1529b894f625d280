import Benches
import Foundation
import Linux
import Records
import Running
import TCP

/// `tcpprobe compare --group` of many records, each of which says something else: the most that it has to read, and to
/// compare.
enum Groups {
  static let count = 1_000
  private static let rounds = 3

  static func measure(_ limit: TimeLimit) throws -> [Line] {
    let program = try Processes.tcpprobe()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "tcpprobe-groups-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let record = try Self.record()
    var files = try write(record, into: folder, until: limit.preparation)
    let few = max(2, files.count / 10)
    func compare(_ count: Int) throws -> (cost: ChildProcess.Cost, time: Int64) {
      // 1: they differ.
      try Processes.cost(
        of: [program, "compare", "--group"] + files.prefix(count), status: 1, until: limit.deadline)
    }
    let each = try compare(few).time / Int64(few)
    // Each round compares the few, too; the first is not counted.
    let room = Int((limit.deadline - Clock.monotonic()) / (3 * max(1, each)))
    if room < files.count {
      say("  \(grouped(max(few, room))) of the records are compared, to end within \(TimeLimit.seconds) s")
      files = Array(files.prefix(max(few, room)))
    }
    var costs: [ChildProcess.Cost] = []
    let found = try Rounds.medians(
      of: "comparisons", rounds, within: limit,
      [
        { try compare(few).cost.processorTime },
        {
          costs.append(try compare(files.count).cost)
          return costs.last?.processorTime ?? 0
        },
      ])
    return [
      Line(name: "\(grouped(few)) records, on processors", nanoseconds: found[0]),
      Line(
        name: "\(grouped(files.count)) records, on processors", nanoseconds: found[1],
        ratio: "\(times(found[1], found[0])) as much; of \(grouped(record.count)) behaviours each,"
          + " in \(Processes.megabytes(costs)) at most"),
    ]
  }

  /// Makes a quick record of one family.
  private static func record() throws -> Record {
    var run = RecordRun(command: "benchmarks", version: "benchmarks")
    run.longestWait = RecordRun.quick
    return try run.record(on: try Wire(family: .ipv4)).record
  }

  /// Writes changed records, as many as there is time for.
  private static func write(_ record: Record, into folder: URL, until deadline: Int64) throws -> [String] {
    let progress = Progress("records")
    defer { progress.clear() }
    let texts = ChangedRecords(of: record)
    var files: [String] = []
    while files.count < count {
      guard Clock.monotonic() < deadline else {
        progress.clear()
        say("  only \(grouped(files.count)) records could be written in \(TimeLimit.seconds / 2) s")
        break
      }
      let path = folder.appendingPathComponent("\(files.count).md").path
      try Data(texts[files.count].utf8).write(to: URL(fileURLWithPath: path))
      files.append(path)
      progress.show("\(grouped(files.count)) of \(grouped(count)) written")
    }
    return files
  }
}
