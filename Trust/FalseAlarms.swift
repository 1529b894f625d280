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
    var first: [Bool: Record] = [:]
    var (alarms, traces) = (0, 0)
    let busy = busy ?? count - count / 2
    for index in 0..<count {
      let isFull = index % max(1, count / max(1, full)) == 0 && full > 0
      let load = index >= count - busy ? Load() : nil
      let stopper = load != nil && stop ? try Stopper() : nil
      let began = Clock.monotonic()
      let run = Recording.run(longest: isFull ? .max : RecordRun.quick, settings: .host)
      let record = try run.record(on: try Wire(family: .ipv4)).record
      let seconds = (Clock.monotonic() - began) / 1_000_000_000
      var outcome = Outcome(of: record, beside: first[isFull] ?? record)
      traces += outcome.traces
      try outcome.confirm(by: run)
      stopper?.end()
      load?.end()
      first[isFull] = first[isFull] ?? record
      if !outcome.isSame { alarms += 1 }
      tell(
        "\(index + 1) of \(count): \(record.count) behaviours\(isFull ? ", all waits" : "")"
          + "\(load == nil ? "" : ", busy")\(stopper == nil ? "" : ", stopped now and then")"
          + ", \(seconds) s: \(outcome.isSame ? "the same" : "OTHERWISE")")
      if !outcome.isSame { outcome.tellDifferences() }
    }
    tell(
      "\(alarms) false alarms in \(count) records, \(busy) of them on a busy machine;"
        + " \(traces) runs left other packets or timers at first")
    if alarms > 0 { throw ExitCode(1) }
  }

  /// A record beside the first one, as `check` compares them.
  private struct Outcome {
    private let first: Record
    private let record: Record
    private var comparison: Comparison

    init(of record: Record, beside first: Record) {
      self.first = first
      self.record = record
      comparison = Comparison(first, record, by: Scenarios.catalogue)
    }

    /// The number of runs of which only packets or timers differ.
    var traces: Int { comparison.changes.count(where: \.isOfTrace) }

    mutating func confirm(by run: RecordRun) throws {
      try run.confirmTraces(&comparison, before: first, after: record, on: try Wire(family: .ipv4))
    }

    /// A run that was slow has left no trace, and that is nobody's alarm. All else is the same text.
    var isSame: Bool {
      Recording.behaviour(of: first.withoutTraces) == Recording.behaviour(of: record.withoutTraces)
        && comparison.changes.isEmpty
    }

    func tellDifferences() {
      for change in comparison.changes {
        tell("  \(change.subject.name): \(change.values.before) / \(change.values.after)")
      }
      for skip in comparison.skips { tell("  \(skip.subject.name): not measured: \(skip.reason)") }
      for addition in comparison.additions { tell("  \(addition.name): measured now") }
    }
  }
}
