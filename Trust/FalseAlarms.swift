import ArgumentParser
import Benches
import Linux
import Records
import Running
import TCP
import Traces

struct FalseAlarms: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Makes record after record of this kernel, half of them while it is kept busy: all must be the same.",
    discussion:
      "Busy: every core, a gigabyte of memory written again and again, 500 connections a second on loopback.")

  @ArgumentParser.Option(help: "How many records.") var count = 100
  @ArgumentParser.Option(help: "How many of them wait for everything, TIME_WAIT too.") var full = 10

  func run() throws {
    var first: [Int: String] = [:]
    var alarms = 0
    for index in 0..<count {
      let isFull = index % max(1, count / max(1, full)) == 0 && full > 0
      // The first half in peace.
      let load = index >= count / 2 ? Load() : nil
      let record = try Recording.record(longest: isFull ? .max : RecordRun.quick, settings: .host)
      load?.end()
      let behaviour = Recording.behaviour(of: record)
      let reference = first[isFull ? 1 : 0]
      if reference == nil { first[isFull ? 1 : 0] = behaviour }
      let isSame = reference == nil || reference == behaviour
      if !isSame { alarms += 1 }
      tell(
        "\(index + 1) of \(count): \(record.count) behaviours\(isFull ? ", all waits" : "")"
          + "\(load == nil ? "" : ", busy"): \(isSame ? "the same" : "OTHERWISE")")
      if !isSame, let reference { Self.explain(reference, behaviour) }
    }
    tell("\(alarms) false alarms in \(count) records, \(count - count / 2) of them on a busy machine")
    if alarms > 0 { throw ExitCode(1) }
  }

  private static func explain(_ before: String, _ after: String) {
    guard let before = try? Record(reading: before, name: "first"),
      let after = try? Record(reading: after, name: "this")
    else { return }
    let comparison = Comparison(before, after)
    for change in comparison.changes {
      tell("  \(change.subject.name): \(change.values.before) / \(change.values.after)")
    }
    for skip in comparison.skips { tell("  \(skip.subject.name): not measured: \(skip.reason)") }
    for addition in comparison.additions { tell("  \(addition.name): measured now") }
  }
}
