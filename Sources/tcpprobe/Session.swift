import ArgumentParser
import Benches
import Claims
import Documents
import Notations
import Linux
import Scenarios
import Reports
import Running
import TCP
import Traces

/// Runs documents: their ladders one by one, and the scenarios that their facts ask for.
struct Session {
  var options: RunOptions
  var output: OutputOptions
  /// The command as a person types it.
  var command: String
  /// The claims that the report is about; nil for all that were decided.
  var only: Set<String>?
  /// The files that the pages were read from: no report may overwrite them.
  var inputs: [String] = []
  /// The faults of captures, by their pages: nothing behind them was read.
  var faults: [String: CaptureFault] = [:]
  /// The option by which a person has left out what waits for the kernel for longer than 2 s; nil where nobody has.
  var omission: Omission?
  /// Waits every timer out where a page asks for that: minutes or hours.
  var isEveryTimer = false
  /// The number of runs at a time. A run mostly waits; more of them would only make the machine stall.
  var lanes = 4
  /// The report of a page is shown section by section, as each is ready, with this style.
  var sectionStyle: Style?
  /// Puts another run in the place of one.
  var change: (Runnable) -> Runnable = { $0 }

  /// Runs what is wanted of the pages and writes the report.
  ///
  /// - Parameters:
  ///   - isWanted: by the claims of a rung or fact; all, where it is nil.
  ///   - write: writes the report.
  /// - Returns: the run beside its documents.
  @discardableResult
  func run(
    _ sources: [Run.Source], isWanted: ((String) -> Bool)? = nil,
    write: ((Assessment, Outputs, _ shown: Set<Int>) throws -> Void)? = nil
  ) throws -> Assessment {
    let outputs = try Outputs([("--output", output.output), ("--pcap", options.pcap)], inputs: inputs)
    do {
      let pages = try sources.map { try Page(of: $0, by: Scenarios.catalogue) }
      let runnables = RunList.runnables(
        of: pages, in: Scenarios.catalogue, isWanted: isWanted
      )
      .map(change)
      try output.ladder?.check(ladders: runnables.count { if case .ladder = $0 { true } else { false } })
      try output.checkDrawing(of: runnables)
      // A ladder that cannot be run is told before anything is.
      let ends = try runnables.map(withoutRun)
      let command = command
      let ready = readySections(of: pages, isWanted: isWanted)
      // A signal ends the run first, and then, when the bench is gone, the program.
      let traces = try Signals.deferring {
        let (bench, note) = try options.place.bench(of: options.family ?? .ipv4)
        if let note { Output.note(note) }
        do {
          return try runAll(runnables, ends, on: bench) { place, trace, progress in
            ready?.add(trace, at: place, run: { Self.run(of: sources, $0, command) }, progress: progress)
          }
        } catch {
          // The signal ends the program as soon as it is let through.
          if let missing = ready?.missing, Signals.isPending { Output.note("interrupted before \(missing)") }
          throw error
        }
      }
      let run = Self.run(of: sources, traces, command)
      var assessment = try Assessment(of: run, by: Scenarios.catalogue)
      for index in assessment.pages.indices {
        guard let fault = faults[assessment.pages[index].name] else { continue }
        assessment.pages[index].unread.insert(Page.Unread(fault), at: 0)
      }
      if let only { assessment = assessment.narrowed(to: only) }
      if let pcap = options.pcap { try outputs.write(run.pcapng(), to: pcap) }
      if let write {
        try write(assessment, outputs, ready?.shown ?? [])
      } else {
        try output.write(assessment, into: outputs)
      }
      return assessment
    } catch let error as PageError {
      throw Failure("\(error)", status: ExitCode(64))
    } catch let error as BenchError {
      throw Failure("\(error)", isOfBench: true)
    }
  }

  private static func run(of sources: [Run.Source], _ traces: [Trace], _ command: String) -> Run {
    Run(version: TCPProbe.version, command: command, machine: .here(), documents: sources, traces: traces)
  }

  /// Nil where the report is wanted as a whole: for a file or a machine, or where a page cites what others claim.
  private func readySections(of pages: [Page], isWanted: ((String) -> Bool)?) -> ReadySections? {
    guard let sectionStyle, pages.count == 1, output.format == .terminal, output.output == nil else {
      return nil
    }
    let page = pages[0]
    return ReadySections(page: page, style: sectionStyle) { blocks in
      RunList.runnables(
        of: [Page(name: page.name, blocks: blocks)], in: Scenarios.catalogue,
        isWanted: isWanted
      ).map(change)
    }
  }

  private func runAll(
    _ runnables: [Runnable], _ ends: [Trace.End?], on bench: any Bench,
    ended: @escaping @Sendable (Int, Trace, Progress) -> Void
  ) throws -> [Trace] {
    let wanted = runnables.indices.filter { ends[$0] == nil }
    let progress = Progress()
    defer { progress.clear() }
    var driver = Driver()
    driver.lanes = lanes
    var traces: [Int: Trace] = [:]
    for place in runnables.indices where ends[place] != nil {
      traces[place] = Trace(
        variant: runnables[place].variant(on: bench.kind, bench.family), names: Both(left: "", right: ""),
        endpoints: bench.addresses.map { Endpoint($0, 0) }, end: ends[place] ?? .finished)
      if let trace = traces[place] { ended(place, trace, progress) }
    }
    let ran = try driver.run(wanted.map { runnables[$0] }, on: bench, progress: progress.show) {
      ended(wanted[$0], $1, progress)
    }
    for (place, trace) in zip(wanted, ran) { traces[place] = trace }
    return runnables.indices.compactMap { traces[$0] }
  }

  /// The end of something that is not run: a person left it out, nobody has asked for what takes so long, or it cannot
  /// be run for what was not read of it. Nil where it is run.
  ///
  /// - Throws: ``PageError`` where all of a ladder was read and it cannot be run.
  private func withoutRun(_ runnable: Runnable) throws(PageError) -> Trace.End? {
    let wait = RunList.wait(for: runnable, in: Scenarios.catalogue)
    if let omission, wait > RecordRun.quick { return .leftOut(by: omission) }
    switch runnable {
    case .scenario(_, let conditions):
      guard !isEveryTimer, conditions.contains(.waitedOut) else { return nil }
      return .cannotRun(
        reason: .other("it takes at least \(wait) s, and only --all-timers waits so long"))
    case .ladder(let ladder, let page, let reading):
      do throws(PageError) {
        _ = try Plan(ladder, page: page, reading: reading)
        return nil
      } catch {
        guard let unread = ladder.firstUnread(hidingAStep: false)?.unread else { throw error }
        return .cannotRun(
          reason: .other("\(unread.reason), so the ladder cannot be run"))
      }
    }
  }
}
