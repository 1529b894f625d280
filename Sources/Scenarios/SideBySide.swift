package import Benches
import Documents
import Linux
package import Traces

/// The progress of many runs.
package struct RunsProgress: Sendable {
  package var done = 0
  package var total: Int
  /// The present waits, the longest run first.
  package var waiting: [String] = []

  package init(done: Int = 0, total: Int, waiting: [String] = []) {
    self.done = done
    self.total = total
    self.waiting = waiting
  }
}

extension Scenarios {
  /// Runs something by its value.
  ///
  /// - Throws: ``BenchError`` where the bench cannot run, ``PageError`` for a ladder that cannot be run at all.
  package static func run(_ runnable: Runnable, with runner: Runner, on bench: any Bench) throws -> Trace {
    switch runnable {
    case .ladder(let ladder, let page, let reading):
      try runner.run(ladder, of: page, reading: reading)
    case .scenario(let name, let conditions):
      try run(name, underAll: conditions, with: runner, on: bench)
    }
  }

  /// Runs all of them, some side by side, each on a bench of its own: mostly a run waits for the kernel.
  ///
  /// - Parameters:
  ///   - runnables: begun in this order.
  ///   - bench: the first; more of its kind are made as they are needed, fewer where the machine gives no more.
  ///   - lanes: how many run at a time, at most.
  ///   - tries: how often a run is begun that the machine disturbs.
  ///   - isolated: as a record wants it: a run that the bench cannot go on with is only left out, and the others
  ///     go on; scenarios are run without reading /proc/net/tcp where sock_diag can be asked.
  ///   - inVirtualTime: reads the counters that each run moves, and ends the connections that it leaves.
  ///   - progress: is told of each step, on any thread.
  ///   - ended: is told of each trace, with its place among `runnables`, on any thread.
  /// - Returns: the traces in the order of `runnables`.
  /// - Throws: what the first run that could not be run throws; those under way are run to their end.
  package static func run(
    _ runnables: [Runnable], on bench: any Bench, lanes: Int, tries: Int = Runner.tries,
    isolated: Bool = false, inVirtualTime: Bool = false,
    progress: @escaping @Sendable (RunsProgress) -> Void = { _ in },
    ended: @escaping @Sendable (Int, Trace) -> Void = { _, _ in }
  ) throws -> [Trace] {
    let queue = RunQueue(
      runnables, tries: tries, isolated: isolated, inVirtualTime: inVirtualTime,
      progress: progress, ended: ended)
    let (kind, family, settings) = (bench.kind, bench.family, bench.settings)
    Thread.sideBySide(OpenFileNeeds.runs(atMost: min(lanes, runnables.count))) { lane in
      // Where there is no room for one more, the others do its work.
      guard let own = try? kind.bench(family, settings: settings) else { return }
      queue.work(lane: lane, on: own)
    } meanwhile: {
      queue.work(lane: 0, on: bench)
    }
    return try queue.traces()
  }
}
