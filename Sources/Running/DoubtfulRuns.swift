import Benches
import Claims
import Linux
import Scenarios
import Traces

/// Runs of pages that contradict their page while a step in them was slow. A timer of the kernel's may have sent what
/// contradicts it, for a loss probe takes no more than two ticks and two round trips. So each is run again until it
/// contradicts nothing or no step is slow.
struct DoubtfulRuns {
  let runnables: [Runnable]
  let bench: any Bench
  /// Leaves out a run that the bench cannot go on with, as ``Driver/isIsolated`` does.
  let isIsolated: Bool

  /// Runs them again, and puts the new traces in the places of the old ones. What the machine stalled each time, and
  /// contradicts its page each time, was stalled: nothing follows from it.
  ///
  /// - Parameter traces: by their places among `runnables`.
  func repeatAll(in traces: inout [Int: Trace], progress: @escaping @Sendable (RunsProgress) -> Void) throws {
    let end = Clock.time(after: Runner.persistence)
    for attempt in 1... {
      let places = traces.keys.filter { isDoubtful(traces[$0], at: $0) }.sorted()
      guard !places.isEmpty else { return }
      if attempt > Runner.tries || Clock.monotonic() > end && attempt > 1 {
        for place in places where traces[place]?.events.contains(where: \.isDisturbance) == true {
          traces[place]?.end = .stalled
        }
        return
      }
      let again = try Scenarios.run(
        places.map { runnables[$0] }, on: bench, lanes: 1, isolated: isIsolated, progress: progress)
      for (place, trace) in zip(places, again) {
        let earlier = traces[place]?.disturbances ?? 0
        traces[place] = trace
        traces[place]?.disturbances += earlier + 1
      }
    }
  }

  private func isDoubtful(_ trace: Trace?, at place: Int) -> Bool {
    guard let trace, trace.end == .finished, case .ladder(let ladder, let page, _) = runnables[place],
      trace.wasSlow == true || trace.events.contains(where: \.isDisturbance)
    else { return false }
    return trace.contradicts(ladder, of: page)
  }
}
