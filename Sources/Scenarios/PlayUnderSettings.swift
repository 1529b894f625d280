import Benches
import Documents
import TCP
import Traces

extension Scenarios {
  /// Runs the scenario under all conditions that a document may name: those of its own, and settings of the hosts, by
  /// their whole names, which are made for the whole run. Where one cannot be had the trace says so.
  ///
  /// - Throws: ``BenchError`` where the bench cannot run.
  static func play(
    _ name: ScenarioName, underAll conditions: [Condition], with player: Player, on bench: any Bench
  ) throws -> Trace {
    let settings = conditions.filter(\.isOfHosts)
    let play = Play(
      subject: .scenario(id: name), bench: bench.kind, family: bench.family, conditions: conditions)
    func unplayed(_ reason: Reason) -> Trace {
      Trace(
        play: play, names: Both(left: "client", right: "server"),
        endpoints: bench.addresses.map { Endpoint($0, 0) }, end: .unplayable(reason: reason))
    }
    guard let scenario = named(name) else {
      return unplayed(.other("there is no scenario \(name.rawValue)"))
    }
    do {
      try bench.check(conditions)
      var trace = try bench.withSettings(settings[...]) {
        try scenario.run(under: conditions.filter { !$0.isOfHosts }, with: player, on: bench)
      }
      trace.play = play
      return trace
    } catch let refused as SettingRefused {
      return unplayed(refused.reason)
    }
  }
}
