package import Benches
import Claims
import Documents
package import Learning
import Notations
import Linux
import Synchronization
package import Records
package import Scenarios
package import TCP
package import Traces

/// The run that makes a record: all that a record holds, under the settings that are asked for.
///
/// The command, `trust` and whatever else needs a record make it here, so that all of them measure the same thing.
package struct RecordRun {
  /// The command as a person types it.
  package var command: String
  /// The program's version.
  package var version: String
  package var settings: SettingsSource
  /// Only sections whose names are told by this; all, where it is nil.
  package var isWanted: ((String) -> Bool)?
  /// Leaves out what waits for the kernel for longer than this, in seconds.
  package var longestWait = Int.max
  /// Waits out every timer at its default, too.
  package var isEveryTimer = false
  /// The sides whose machine is learned, too, where its section is wanted.
  package var machines: [Side] = []
  /// Leaves the traces of runs out of the record.
  package var leavesTracesOut = false
  package var driver = Driver(isIsolated: true)
  /// Takes a line on each setting that the record is not made under, though it was asked for.
  package var tell: (String) -> Void = { _ in }

  /// The longest wait of a quick record, in seconds.
  package static let quick = 2

  package init(command: String, version: String, settings: SettingsSource = .host) {
    self.command = command
    self.version = version
    self.settings = settings
  }

  /// Makes the record on benches like this one, and on such of another family at the same time.
  ///
  /// - Parameters:
  ///   - bench: one with settings of its own keeps them where `settings` is `.kernel`.
  ///   - other: the other family; nil for the bench's family alone.
  ///   - note: a line for the record that says why the bench is not the better one.
  /// - Throws: ``PageError`` where a built-in page cannot be read, ``BenchError`` where the bench cannot run.
  package func record(
    on bench: any Bench, and other: Family? = nil, note: String? = nil,
    progress: @escaping @Sendable (RunsProgress) -> Void = { _ in }
  ) throws -> (record: Record, run: Run) {
    var bench = bench
    let values = settings.values
    if bench.isPrivate, !values.values.isEmpty {
      bench = try bench.kind.bench(bench.family, settings: values)
    }
    let families = [bench.family] + (other.map { [$0] } ?? [])
    let conditions = try conditions(on: bench)
    let traces = try traces(on: bench, and: other, progress: progress)
    let run = Run(version: version, command: command, machine: .here(), documents: [], traces: traces)
    var environment = try environment(of: run, on: bench, families, settings: conditions)
    if let note { environment.facts.append(Environment.Fact(Environment.Name.noWire, note)) }
    var record = Record(of: run, environment: environment, by: Scenarios.catalogue)
    record.sections += try learnedSections(in: families, progress: progress)
    if leavesTracesOut { record = record.withoutTraces }
    return (record, run)
  }

  /// Runs everything in each family, both at once but in virtual time.
  private func traces(
    on bench: any Bench, and other: Family?, progress: @escaping @Sendable (RunsProgress) -> Void
  ) throws -> [Trace] {
    let own = try runnables(in: bench.family)
    guard let other else { return try driver.run(own, on: bench, progress: progress) }
    let others = try runnables(in: other)
    if driver.isInVirtualTime {
      return try driver.run(own, on: bench, progress: progress)
        + driver.run(others, on: try bench.kind.bench(other, settings: bench.settings), progress: progress)
    }
    var driver = driver
    driver.lanes = max(1, driver.lanes / 2)
    let sum = ProgressSum(of: [own.count, others.count], tell: progress)
    let (kind, settings) = (bench.kind, bench.settings)
    let second = Mutex<Result<[Trace], any Error>?>(nil)
    var first: Result<[Trace], any Error>?
    Linux.Thread.sideBySide(2) { [driver] _ in
      let traces = Result {
        try driver.run(others, on: try kind.bench(other, settings: settings)) { sum.take($0, of: 1) }
      }
      second.withLock { $0 = traces }
    } meanwhile: {
      first = Result { try driver.run(own, on: bench) { sum.take($0, of: 0) } }
    }
    // Where the machine gave no thread, the second has not run.
    let late =
      second.withLock { $0 }
      ?? Result {
        try driver.run(others, on: try kind.bench(other, settings: settings)) { sum.take($0, of: 1) }
      }
    return try (first?.get() ?? []) + late.get()
  }

  /// All that is run, in the order of the record.
  private func runnables(in family: Family) throws -> [Runnable] {
    let pages = try BuiltInPages.recorded.map { try $0.read() }
    return RunList.recorded(from: pages, in: Scenarios.catalogue, everyTimer: isEveryTimer).filter {
      runnable in
      RunList.wait(for: runnable, in: Scenarios.catalogue) <= longestWait
        && isWanted?(Record.name(of: runnable.variant(on: .wire, family))) ?? true
    }
  }
}
