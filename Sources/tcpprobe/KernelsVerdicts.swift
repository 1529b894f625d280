import ArgumentParser
import Guests
import Linux
import Reports

/// The verdicts of `check` on several kernels.
extension Kernels {
  /// The command that the words behind --run name; nil where they only ask for help, or there are none.
  ///
  /// - Throws: `ValidationError` where they are no command of tcpprobe.
  func parsedCommand() throws -> (any ParsableCommand)? {
    guard !isRecord else { return nil }
    do { return try TCPProbe.command(of: command) } catch {
      if TCPProbe.exitCode(for: error).isSuccess { return nil }
      throw ValidationError("--run: \(TCPProbe.message(for: error))")
    }
  }

  /// Fails where a search cannot be of this command.
  func refuse(_ check: Check?, with search: String) throws {
    guard self.search.bisect else { throw ValidationError("--run cannot be used with \(search)") }
    guard let check else {
      throw ValidationError("--bisect compares records or verdicts: with it, --run takes check alone")
    }
    if check.output.chosenFormat != nil {
      throw ValidationError("--format in the command of --run cannot be used with --bisect")
    }
    if !self.search.behaviours.isEmpty {
      throw ValidationError("--behaviour names parts of a record, so it cannot be used with --run")
    }
  }

  /// The command that guests run, with the files that it reads.
  func job() throws -> GuestJob {
    var job = isRecord ? GuestJob(usual) : try GuestJob(command, as: try parsedCommand())
    if let witnesses {
      guard job.isLearning else {
        throw Failure("--witnesses needs --run learn, which gives a table of machines", status: ExitCode(64))
      }
      job.witnesses = try WitnessFolder(witnesses)
    }
    return job
  }

  /// Shows the verdicts that the guests gave; what one of them lacks takes nothing from the others.
  func showVerdicts(_ outcomes: [GuestRuns.Outcome], on files: [String], into outputs: Outputs) throws {
    let results = outcomes.compactMap { outcome -> (kernel: VerdictTable.Kernel, verdicts: FileVerdicts)? in
      guard case .success(let result) = outcome.result, let verdicts = try? result.verdicts() else {
        return nil
      }
      return (VerdictTable.Kernel(outcome.image, result), verdicts)
    }
    guard !results.isEmpty else { throw ExitCode(2) }
    let table = VerdictTable(results, files: files)
    try table.write(as: format, all: all, to: output, of: outputs)
    if results.count < outcomes.count || !outcomes.allSatisfy(\.isKept) { throw ExitCode(2) }
    if table.hasDifferences { throw ExitCode(1) }
  }

  /// Finds the first kernel with other verdicts: exit status 0 found, 1 the ends do not differ, 2 it could not be told.
  func bisectVerdicts(_ run: BisectRun, _ job: GuestJob, into outputs: Outputs) throws {
    let search = run.run(job, isEvery: self.search.exhaustive)
    guard search.kernels.ends != nil else {
      throw Failure("fewer than two kernels gave a result, so there is nothing to compare")
    }
    let kernels = run.kernels
    let text = search.text(
      titles: kernels.map(\.title), versions: kernels.map(\.version), style: Style(for: output))
    try outputs.write(text, to: output)
    if search.findings.isEmpty { throw ExitCode(1) }
  }
}

extension VerdictTable {
  /// Writes it where it is wanted; a file gets Markdown where nothing else is asked for.
  fileprivate func write(as format: ComparisonFormat, all: Bool, to output: String?, of outputs: Outputs)
    throws
  {
    var style = Style.ofStandardOutput
    style.drawsAll = all
    let isShown = output.map(Outputs.isStandardOutput) ?? true
    let text =
      switch format {
      case .html: htmlReport(all: all)
      case .json: jsonReport()
      case .terminal where isShown: terminalReport(style: style)
      default: markdownReport(all: all)
      }
    try outputs.write(text, to: output)
  }
}

extension Guest.Result {
  /// The verdicts that `check` has printed in a guest.
  func verdicts() throws -> FileVerdicts {
    do { return try FileVerdicts(reading: output) } catch {
      throw Failure("the guest gave no verdicts (exit status \(status))\(console)")
    }
  }
}
