package import Documents
import Linux
package import Traces

/// Runs packetdrill scripts, each as often as it takes to decide.
package struct ScriptRunner {
  /// Nil to hold scripts to the order of things and the lengths of timers; else how far from the script's time something may
  /// happen.
  package var tolerance: Duration?

  package init(tolerance: Duration? = nil) { self.tolerance = tolerance }

  /// One tick by which a timer's length is rounded, and one until the next tick, where a tick is longer than a millisecond.
  private static var tickTolerance: Duration {
    let ticks = System.ticksPerSecond
    return 1..<1000 ~= ticks ? .nanoseconds(2_000_000_000 / ticks) : .zero
  }

  /// The runs of a script, and what they say. A script with something that was not read is not run.
  ///
  /// - Throws: ``BenchError`` where no host for it can be made here.
  package func run(_ script: Script) throws(BenchError) -> (runs: [ScriptTrace], decision: ScriptDecision) {
    if let unread = script.unread.first {
      return ([], .undecided(.other("line \(unread.line) was not read: \(unread.description)")))
    }
    var script = script
    if let tolerance {
      script.settings.tolerance = tolerance
      script.settings.tolerancePart = 0
    } else {
      script.settings.tickTolerance = Self.tickTolerance
    }
    var runs: [ScriptTrace] = []
    while true {
      runs.append(try Scheduling.first { () throws(BenchError) in try ScriptRun(script).run() })
      if let decision = ScriptDecision(of: runs, script: script, isOnClock: tolerance != nil) {
        return (runs, decision)
      }
    }
  }
}
