import ArgumentParser
import Benches
import Linux
import Records
import Running
import Scenarios
import TCP
import Traces

struct FalseAlarms: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Makes record after record of this kernel, half of them while it is kept busy: all must be the same.",
    discussion: """
      Busy: every core, a gigabyte of memory written again and again, 500 connections a second on loopback.
      With --stop the process is also stopped for 0.05 to 0.5 s every 0.5 to 3 s (SIGSTOP, SIGCONT).

      Examples:
        swift run -c release trust false-alarms
        swift run -c release trust false-alarms --count 50 --full 0 --busy 50 --stop
      """)

  @ArgumentParser.Option(help: "How many records.") var count = 100
  @ArgumentParser.Option(help: "How many of them wait for everything, TIME_WAIT too.") var full = 10
  @ArgumentParser.Option(
    help: "How many of them, the last, are made while the machine is busy; half of them by default.")
  var busy: Int?
  @Flag(help: "Stops this process at random moments while the machine is busy.") var stop = false

  func validate() throws {
    guard count > 0, full >= 0, (0...count).contains(busy ?? 0) else {
      throw ValidationError("--count must be 1 or more, --full 0 or more, --busy 0 to --count.")
    }
  }

  func run() throws {
    var first: [Int: String] = [:]
    var alarms = 0
    let busy = busy ?? count - count / 2
    for index in 0..<count {
      let isFull = index % max(1, count / max(1, full)) == 0 && full > 0
      let load = index >= count - busy ? Load() : nil
      let stopper = load != nil && stop ? try Stopper() : nil
      let began = Clock.monotonic()
      let record = try Recording.record(longest: isFull ? .max : RecordRun.quick, settings: .host)
      let seconds = (Clock.monotonic() - began) / 1_000_000_000
      stopper?.end()
      load?.end()
      let behaviour = Recording.behaviour(of: record)
      let reference = first[isFull ? 1 : 0]
      if reference == nil { first[isFull ? 1 : 0] = behaviour }
      let isSame = reference == nil || reference == behaviour
      if !isSame { alarms += 1 }
      tell(
        "\(index + 1) of \(count): \(record.count) behaviours\(isFull ? ", all waits" : "")"
          + "\(load == nil ? "" : ", busy")\(stopper == nil ? "" : ", stopped now and then")"
          + ", \(seconds) s: \(isSame ? "the same" : "OTHERWISE")")
      if !isSame, let reference { Self.explain(reference, behaviour) }
    }
    tell("\(alarms) false alarms in \(count) records, \(busy) of them on a busy machine")
    if alarms > 0 { throw ExitCode(1) }
  }

  private static func explain(_ before: String, _ after: String) {
    guard let before = try? Record(reading: before, name: "first"),
      let after = try? Record(reading: after, name: "this")
    else { return }
    let comparison = Comparison(before, after, by: Scenarios.catalogue)
    for change in comparison.changes {
      tell("  \(change.subject.name): \(change.values.before) / \(change.values.after)")
    }
    for skip in comparison.skips { tell("  \(skip.subject.name): not measured: \(skip.reason)") }
    for addition in comparison.additions { tell("  \(addition.name): measured now") }
  }
}
