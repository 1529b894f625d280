import ArgumentParser
import Benches
import Documents
import Linux
import Records
import Running
import TCP
import Traces

extension RecordRun {
  /// Makes the record where the person wants it made, and shows the progress.
  ///
  /// - Parameter families: nil for all that the bench and the machine have.
  func record(
    with options: BenchOptions, families: FamilyChoice?
  ) throws -> (record: Record, run: Run) {
    try options.onBench(of: families?.family ?? .ipv4) { bench, note, progress in
      if let note { Output.note(note) }
      let other = try otherFamily(of: families, beside: bench)
      if case .pinned = settings, !bench.isPrivate {
        throw Failure(
          "--recorded-sysctls: the recorded values cannot be set, because a private network namespace cannot be made here"
            + " and tcpprobe does not change the machine's own settings. Nothing was run; tcpprobe doctor shows what"
            + " would help",
          isOfBench: true)
      }
      var run = self
      run.tell = { Output.note($0) }
      return try run.record(on: bench, and: other, note: note, progress: progress.show)
    }
  }

  /// The family that is run beside the bench's own. Where nobody asked for one there is none on a machine without IPv6, nor
  /// on loopback: there everything is in real time, and two families at once would hold each other up.
  private func otherFamily(of families: FamilyChoice?, beside bench: any Bench) throws -> Family? {
    switch families {
    case .ipv4, .ipv6: return nil
    case .both: return .ipv6
    case nil:
      guard bench.kind == .wire else { return nil }
      do {
        _ = try bench.kind.bench(.ipv6, settings: HostSettings())
        return .ipv6
      } catch {
        Output.note("IPv6 is left out: \(error)")
        return nil
      }
    }
  }

  /// Finds out by experiment what the changes are due to, on the same bench.
  func settle(
    _ comparison: inout Comparison, before: Record, after: Record, with options: BenchOptions,
    families: FamilyChoice?
  ) throws {
    // Under the recorded settings only the code differs.
    let isSettled = comparison.changes.isEmpty || comparison.turnable.isEmpty
    guard !isSettled || comparison.changes.contains(where: \.isOfTrace) else { return }
    try options.onBench(of: families?.family ?? .ipv4) { bench, _, progress in
      try confirmTraces(&comparison, before: before, after: after, on: bench, progress: progress.show)
      try settle(&comparison, before: before, after: after, on: bench, progress: progress.show)
    }
  }
}
