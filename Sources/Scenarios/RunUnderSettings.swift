import Benches
import Documents
import TCP
import Traces

extension Scenarios {
  /// Runs the scenario under all conditions that a document may name: those of its own, and settings of the hosts, by
  /// their whole names, which are made for the whole run. Where one cannot be had the trace says so.
  ///
  /// - Throws: ``BenchError`` where the bench cannot run.
  static func run(
    _ name: ScenarioName, underAll conditions: [Condition], with runner: Runner, on bench: any Bench
  ) throws -> Trace {
    let settings = conditions.filter(\.isOfHosts)
    let variant = Variant(
      subject: .scenario(id: name), bench: bench.kind, family: bench.family, conditions: conditions)
    func notRun(_ reason: Reason) -> Trace {
      Trace(
        variant: variant, names: Both(left: "client", right: "server"),
        endpoints: bench.addresses.map { Endpoint($0, 0) }, end: .cannotRun(reason: reason))
    }
    guard let scenario = named(name) else {
      return notRun(.other("there is no scenario \(name.rawValue)"))
    }
    do {
      try bench.check(conditions)
      var trace = try bench.withSettings(settings[...]) {
        try scenario.run(under: conditions.filter { !$0.isOfHosts }, with: runner, on: bench)
      }
      trace.variant = variant
      return trace
    } catch let refused as SettingRefused {
      return notRun(refused.reason)
    }
  }
}
