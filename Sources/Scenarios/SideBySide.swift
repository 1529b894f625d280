package import Benches
import Documents
import Linux
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
    case .ladder(let ladder, let page, let choices):
      try player.play(ladder, of: page, choices: choices)
    case .scenario(let name, let conditions):
      try play(name, underAll: conditions, with: player, on: bench)
    }
  }

  /// Plays all of them, some side by side, each on a bench of its own: mostly a play waits for the kernel.
  ///
  /// - Parameters:
  ///   - playables: begun in this order.
  ///   - bench: the first; more of its kind are made as they are needed, fewer where the machine gives no more.
  ///   - lanes: how many play at a time, at most.
  ///   - tries: how often a play is begun that the machine spoils.
  ///   - isolated: as a record wants it: a play that the bench cannot go on with is only left unplayed, and the others
  ///     go on; scenarios are played without reading /proc/net/tcp where sock_diag can be asked.
  ///   - progress: is told of each step, on any thread.
  /// - Returns: the traces in the order of `playables`.
  /// - Throws: what the first play that could not be played throws; those under way are played to their end.
  package static func play(
    _ playables: [Playable], on bench: any Bench, lanes: Int, tries: Int = Player.tries,
    isolated: Bool = false,
    progress: @escaping @Sendable (PlaysProgress) -> Void = { _ in }
  ) throws -> [Trace] {
    let queue = PlayQueue(playables, tries: tries, isolated: isolated, progress: progress)
    let (kind, family, settings) = (bench.kind, bench.family, bench.settings)
    Thread.sideBySide(OpenFileNeeds.runs(atMost: min(lanes, playables.count))) { lane in
      // Where there is no room for one more, the others do its work.
      guard let own = try? kind.bench(family, settings: settings) else { return }
      queue.work(lane: lane, on: own)
    } meanwhile: {
      queue.work(lane: 0, on: bench)
    }
    return try queue.traces()
  }
}
