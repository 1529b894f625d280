import ArgumentParser
import Claims
import Documents
import Notations
import Reports
import Traces

extension OutputOptions {
  /// Fails before anything is run where there will be no ladder of the party that a script is asked for.
  func checkScript(of runnables: [Runnable]) throws {
    let parties = runnables.compactMap {
      if case .ladder(let ladder, _, _) = $0 { ladder.parties } else { nil }
    }
    guard let first = parties.first else { throw OutputOptions.noLadder }
    let isThere = parties.contains { (try? party.chosen(of: $0, for: "--format pkt")) != nil }
    if !isThere { _ = try party.chosen(of: first, for: "--format pkt") }
  }

  private static var noLadder: Failure {
    Failure("--format pkt: a script shows the steps of a ladder, and none was run", status: ExitCode(64))
  }

  /// The script of the run that is asked for.
  func script(of assessment: Assessment) throws -> WrittenScript {
    guard let place = try ladder?.place(in: assessment) ?? assessment.scriptedTrace else {
      throw OutputOptions.noLadder
    }
    let trace = assessment.run.traces[place]
    if let reason = trace.reasonNotJudged {
      throw Failure("--format pkt: this ladder was not run: \(reason)", status: ExitCode(64))
    }
    let chosen = try party.chosen(of: trace.names, for: "--format pkt")
    do { return try assessment.script(ofTrace: place, of: chosen) } catch {
      throw Failure("--format pkt: what was seen cannot be written as steps: \(error)", status: ExitCode(64))
    }
  }

  /// Writes a script, and tells what it does not have.
  func write(_ script: WrittenScript, into outputs: Outputs) throws {
    try write(script.text.visible, into: outputs)
    for part in script.unwritten { Output.note("not written: \(part.reason)") }
  }
}
