package import Benches
import Claims
import Linux
package import Scenarios
package import Traces

/// Runs many ladders and scenarios side by side: in which order, how many at a time, and how often again.
package struct Driver: Sendable {
  /// The number of runs at a time. Most of them wait for the kernel most of the time; on a small machine more of them
  /// would only disturb each other.
  package var lanes = min(8, 4 * System.processorCount)
  /// Runs them as a record needs it: one that the bench cannot go on with is left out, and what the machine disturbed
  /// is run again, for longer, when all others are done.
  package var isIsolated: Bool
  /// Tells that each step takes the same time in each run. Waiting takes none there: side by side, runs would only
  /// hold each other up, and their timers with them.
  package var isInVirtualTime = false

  /// The number of times that a disturbed run is begun again when all others are done.
  private static let tries = 100

  package init(isIsolated: Bool = false) { self.isIsolated = isIsolated }

  /// Runs all of them, what waits longest first, so that everything else runs meanwhile.
  ///
  /// - Parameter ended: is told of each trace, with its place among `runnables`, on any thread; of one that was disturbed
  ///   before it is run again.
  /// - Returns: the traces in the order of `runnables`.
  /// - Throws: ``BenchError`` where the bench cannot run, ``PageError`` for a ladder that cannot be run at all.
  package func run(
    _ runnables: [Runnable], on bench: any Bench,
    progress: @escaping @Sendable (RunsProgress) -> Void = { _ in },
    ended: @escaping @Sendable (Int, Trace) -> Void = { _, _ in }
  ) throws -> [Trace] {
    try Trial.run(on: bench)
    let order = runnables.indices.sorted {
      (-RunList.wait(for: runnables[$0], in: Scenarios.catalogue), $0) < (
        -RunList.wait(for: runnables[$1], in: Scenarios.catalogue), $1
      )
    }
    let first = try Scenarios.run(
      order.map { runnables[$0] }, on: bench, lanes: isInVirtualTime ? 1 : lanes, isolated: isIsolated,
      inVirtualTime: isInVirtualTime, progress: progress
    ) { ended(order[$0], $1) }
    var traces = Dictionary(uniqueKeysWithValues: zip(order, first))
    if isIsolated {
      let disturbed = order.filter { traces[$0]?.end == .stalled }
      let again = try Scenarios.run(
        disturbed.map { runnables[$0] }, on: bench, lanes: 1, tries: Self.tries, isolated: true,
        inVirtualTime: isInVirtualTime, progress: progress)
      for (place, trace) in zip(disturbed, again) { traces[place] = trace }
    }
    if !isInVirtualTime {
      try DoubtfulRuns(runnables: runnables, bench: bench, isIsolated: isIsolated)
        .repeatAll(in: &traces, progress: progress)
    }
    return runnables.indices.compactMap { traces[$0] }
  }
}
