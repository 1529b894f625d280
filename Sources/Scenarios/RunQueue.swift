import Benches
import Documents
import Synchronization
import TCP
import Traces

/// The runs that are still to be made, and the traces of the others.
final class RunQueue: Sendable {
  private let runnables: [Runnable]
  private let tries: Int
  private let isolated: Bool
  private let inVirtualTime: Bool
  private let progress: @Sendable (RunsProgress) -> Void
  private let ended: @Sendable (Int, Trace) -> Void
  private let state: Mutex<State>

  private struct State {
    var next = 0
    var traces: [Int: Trace] = [:]
    var waiting: [Int: String] = [:]
    var failure: (any Error)?
  }

  init(
    _ runnables: [Runnable], tries: Int, isolated: Bool, inVirtualTime: Bool = false,
    progress: @escaping @Sendable (RunsProgress) -> Void,
    ended: @escaping @Sendable (Int, Trace) -> Void = { _, _ in }
  ) {
    self.runnables = runnables
    self.tries = tries
    self.isolated = isolated
    self.inVirtualTime = inVirtualTime
    self.progress = progress
    self.ended = ended
    state = Mutex(State())
  }

  /// Runs one after the other until none is left, or one could not be run.
  func work(lane: Int, on first: any Bench) {
    var bench = first
    var runner = runner(on: bench, lane: lane)
    while let place = take() {
      do {
        let trace = try Scenarios.run(runnables[place], with: suited(runner, to: place), on: bench)
        end(place, lane: lane, with: trace)
      } catch let error as BenchError where isolated {
        end(place, lane: lane, with: notRun(place, on: bench, because: .needs("the bench: \(error)")))
        // Whatever was wrong with this one, the next run has another.
        guard let another = try? bench.kind.bench(bench.family, settings: bench.settings) else { continue }
        bench = another
        runner = self.runner(on: bench, lane: lane)
      } catch {
        state.withLock { if $0.failure == nil { $0.failure = error } }
      }
    }
  }

  private func runner(on bench: any Bench, lane: Int) -> Runner {
    // A record has no reasons: they are others on a kernel that does the same.
    let runner = Runner(on: bench, without: isolated ? [.reasonTracepoint] : [], tries: tries) {
      [self] text in
      tell { $0.waiting[lane] = text }
    }
    let suited = isolated ? runner.steady : runner
    return inVirtualTime ? suited.inVirtualTime : suited
  }

  /// States that stand beside a document are shown as all observers have them; of a record's figures none is the table's.
  private func suited(_ runner: Runner, to place: Int) -> Runner {
    if isolated, case .scenario = runnables[place] { runner.withoutTable } else { runner }
  }

  private func end(_ place: Int, lane: Int, with trace: Trace) {
    tell {
      $0.traces[place] = trace
      $0.waiting[lane] = nil
    }
    ended(place, trace)
  }

  private func notRun(_ place: Int, on bench: any Bench, because reason: Reason) -> Trace {
    Trace(
      variant: runnables[place].variant(on: bench.kind, bench.family), names: Both(left: "", right: ""),
      endpoints: bench.addresses.map { Endpoint($0, 0) }, end: .cannotRun(reason: reason))
  }

  private func take() -> Int? {
    state.withLock { state in
      guard state.failure == nil, state.next < runnables.count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  private func tell(_ change: (inout State) -> Void) {
    let now = state.withLock { state in
      change(&state)
      let lanes = state.waiting.keys.sorted()
      return RunsProgress(
        done: state.traces.count, total: runnables.count, waiting: lanes.compactMap { state.waiting[$0] })
    }
    progress(now)
  }

  func traces() throws -> [Trace] {
    try state.withLock { state in
      if let failure = state.failure { throw failure }
      return runnables.indices.compactMap { state.traces[$0] }
    }
  }
}
