import Benches
import Documents
import Linux
import Synchronization
import TCP
import Traces

/// What is still to be played, and what came of the rest.
final class PlayQueue: Sendable {
  private let playables: [Playable]
  private let tries: Int
  private let isolated: Bool
  private let progress: @Sendable (PlaysProgress) -> Void
  private let state: Mutex<State>

  private struct State {
    var next = 0
    var traces: [Int: Trace] = [:]
    var waiting: [Int: String] = [:]
    var failure: (any Error)?
  }

  init(
    _ playables: [Playable], tries: Int, isolated: Bool, progress: @escaping @Sendable (PlaysProgress) -> Void
  ) {
    self.playables = playables
    self.tries = tries
    self.isolated = isolated
    self.progress = progress
    state = Mutex(State())
  }

  /// Plays one after the other until none is left, or one could not be played.
  func work(lane: Int, on first: any Bench) {
    Scheduling.runFirst()
    defer { Scheduling.runAsOthers() }
    var bench = first
    var player = player(on: bench, lane: lane)
    while let place = take() {
      do {
        let trace = try Scenarios.play(playables[place], with: suited(player, to: place), on: bench)
        end(place, lane: lane, with: trace)
      } catch let error as BenchError where isolated {
        end(place, lane: lane, with: unplayed(place, on: bench, because: .needs("the bench: \(error)")))
        // Whatever was wrong with this one, the next play has another.
        guard let another = try? bench.kind.bench(bench.family, settings: bench.settings) else { continue }
        bench = another
        player = self.player(on: bench, lane: lane)
      } catch {
        state.withLock { if $0.failure == nil { $0.failure = error } }
      }
    }
  }

  private func player(on bench: any Bench, lane: Int) -> Player {
    Player(on: bench, tries: tries) { [self] text in tell { $0.waiting[lane] = text } }
  }

  /// States that stand beside a document are shown as all observers have them; of a record's figures none is the table's.
  private func suited(_ player: Player, to place: Int) -> Player {
    if isolated, case .scenario = playables[place] { player.withoutTable } else { player }
  }

  private func end(_ place: Int, lane: Int, with trace: Trace) {
    tell {
      $0.traces[place] = trace
      $0.waiting[lane] = nil
    }
  }

  private func unplayed(_ place: Int, on bench: any Bench, because reason: Reason) -> Trace {
    Trace(
      play: playables[place].play(on: bench.kind, bench.family), names: Both(left: "", right: ""),
      endpoints: bench.addresses.map { Endpoint($0, 0) }, end: .unplayable(reason: reason))
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
