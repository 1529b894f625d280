package import Benches
import Documents
import Linux
import Synchronization
package import Traces

/// How far many plays are.
package struct PlaysProgress: Sendable {
  package var done = 0
  package var total: Int
  /// What is waited for just now, the longest play first.
  package var waiting: [String] = []
}

extension Scenarios {
  /// Plays something by its value.
  ///
  /// - Throws: ``BenchError`` where the bench cannot run, ``PageError`` for a ladder that cannot be played at all.
  package static func play(_ playable: Playable, with player: Player, on bench: any Bench) throws -> Trace {
    switch playable {
    case .ladder(let ladder, let page, let passiveClose):
      try player.play(ladder, of: page, passiveClose: passiveClose)
    case .scenario(let id, let conditions): try play(id, under: conditions, with: player, on: bench)
    }
  }

  /// Plays all of them, some side by side, each on a bench of its own: mostly a play waits for the kernel.
  ///
  /// - Parameters:
  ///   - playables: begun in this order.
  ///   - bench: the first; more of its kind are made as they are needed.
  ///   - lanes: how many play at a time, at most.
  ///   - progress: is told of each step, on any thread.
  /// - Returns: the traces in the order of `playables`.
  /// - Throws: what the first play that could not be played throws; those under way are played to their end.
  package static func play(
    _ playables: [Playable], on bench: any Bench, lanes: Int,
    progress: @escaping @Sendable (PlaysProgress) -> Void = { _ in }
  ) throws -> [Trace] {
    let queue = Queue(playables, progress: progress)
    let (kind, family) = (bench.kind, bench.family)
    Thread.sideBySide(min(lanes, playables.count)) { lane in
      queue.work(lane: lane) { try kind.bench(family) }
    } meanwhile: {
      queue.work(lane: 0) { bench }
    }
    return try queue.traces()
  }
}

/// What is still to be played, and what came of the rest.
private final class Queue: Sendable {
  private let playables: [Playable]
  private let progress: @Sendable (PlaysProgress) -> Void
  private let state: Mutex<State>

  private struct State {
    var next = 0
    var traces: [Int: Trace] = [:]
    var waiting: [Int: String] = [:]
    var failure: (any Error)?
  }

  init(_ playables: [Playable], progress: @escaping @Sendable (PlaysProgress) -> Void) {
    self.playables = playables
    self.progress = progress
    state = Mutex(State())
  }

  /// Plays one after the other until none is left, or one could not be played.
  func work(lane: Int, bench: () throws -> any Bench) {
    guard !playables.isEmpty else { return }
    do {
      let bench = try bench()
      let player = Player(on: bench) { [self] text in tell { $0.waiting[lane] = text } }
      while let place = take() {
        let trace = try Scenarios.play(playables[place], with: player, on: bench)
        tell {
          $0.traces[place] = trace
          $0.waiting[lane] = nil
        }
      }
    } catch {
      state.withLock { if $0.failure == nil { $0.failure = error } }
    }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard state.failure == nil, state.next < playables.count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  private func tell(_ change: (inout State) -> Void) {
    let now = state.withLock { state in
      change(&state)
      let lanes = state.waiting.keys.sorted()
      return PlaysProgress(
        done: state.traces.count, total: playables.count, waiting: lanes.compactMap { state.waiting[$0] })
    }
    progress(now)
  }

  func traces() throws -> [Trace] {
    try state.withLock { state in
      if let failure = state.failure { throw failure }
      return playables.indices.compactMap { state.traces[$0] }
    }
  }
}
