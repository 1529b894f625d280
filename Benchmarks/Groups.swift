import Foundation
import Linux
import Records
import Running
import TCP
import Traces

/// `tcpprobe compare --group` of many records, each of which says something else: the most that it has to read, and to
/// compare.
enum Groups {
  static let count = 1_000
  /// In how many values each record is unlike the others.
  private static let changes = 5
  private static let rounds = 3

  static func measure() throws -> [Line] {
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("tcpprobe").path
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw Missing(description: "there is no \(program): swift build -c release makes it")
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "tcpprobe-groups-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let nothing = try WholeFile.create("/dev/null")
    let record = try WholeRecords.record(longest: RecordRun.quick)
    let files = try (0..<count).map { number in
      let path = folder.appendingPathComponent("\(number).md").path
      try Data(changed(record, number).markdown.utf8).write(to: URL(fileURLWithPath: path))
      return path
    }
    var costs: [ChildProcess.Cost] = []
    for _ in 0..<rounds {
      let command = [program, "compare", "--group"] + files
      let cost = try ChildProcess(command, output: nothing.rawValue).waitForCost()
      // 1: they differ.
      guard cost.end == .exited(status: 1) else { throw Missing(description: "they could not be compared") }
      costs.append(cost)
    }
    let time = costs.map(\.processorTime).sorted()[rounds / 2]
    let memory = (costs.map(\.peakMemory).max() ?? 0) / 1_000_000
    return [
      Line(
        name: "compare --group, time on processors", nanoseconds: time,
        ratio: "of \(grouped(record.count)) behaviours each, in \(grouped(memory)) MB at most")
    ]
  }

  /// The record with a few other values, here and there.
  private static func changed(_ record: Record, _ number: Int) -> Record {
    var record = record
    for change in 0..<changes {
      let section = (number &* 7 &+ change &* 13) % record.sections.count
      guard !record.sections[section].rows.isEmpty else { continue }
      let row = (number &* 3 &+ change) % record.sections[section].rows.count
      record.sections[section].rows[row].value = .measured(.words("value \(number)"))
    }
    record.sections[0].rows.append(Record.Row("number", .measured(.count(number)), setBy: "by default"))
    return record
  }

  private struct Missing: Error, CustomStringConvertible { var description: String }
}
