import ArgumentParser
import Benches
import Claims
import Documents
import Linux
import Notations
import Reports
import Running
import Traces

/// The options for packetdrill scripts.
struct ScriptOptions: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Also check the times in scripts, to within this many milliseconds.",
      discussion: "By default only the order of segments and the lengths of timers are checked.",
      valueName: "ms"))
  var tolerance: Int?

  func validate() throws {
    if let tolerance, !(0...100_000 ~= tolerance) {
      throw ValidationError("--tolerance: expected 0 to 100000 milliseconds")
    }
  }
}

extension Check {
  /// Tells whether a file is a packetdrill script, by its name.
  static func isScript(_ path: String) -> Bool { path.hasSuffix(".pkt") }

  /// Tells whether a file is a packetdrill script, by its name or by what it holds.
  static func isScript(_ source: Run.Source) -> Bool { isScript(source.name) || Script.isOne(source.text) }

  /// Runs packetdrill scripts, one after the other, and writes the report.
  func check(scripts sources: [Run.Source]) throws {
    guard claim.isEmpty else {
      throw Failure("--claim is for pages: a script has no claims", status: ExitCode(64))
    }
    try record.refuse(files.first)
    guard output.format != .pkt else {
      throw Failure(
        "--format pkt is for pages: use terminal, markdown, mermaid, html, slides, svg, json, ktap or junit for scripts",
        status: ExitCode(64))
    }
    let outputs = try Outputs([(Outputs.report, output.output)], inputs: files)
    let scripts = sources.map { ScriptFile.script($0.text, path: $0.name, place: Input.place) }
    let judgements: [ScriptJudgement]
    do {
      judgements = try judged(scripts)
    } catch let failure as Failure where kselftest && failure.isOfBench {
      try skip(after: failure, into: outputs)
    }
    let assessment = ScriptAssessment(
      version: TCPProbe.version, command: (["tcpprobe check"] + arguments).joined(separator: " "),
      machine: .here(), judgements: judgements)
    if let text = assessment.rendered(as: output.format, style: output.style) {
      try output.write(text, into: outputs)
    }
    let isDecided = judgements.contains { $0.verdict.kind != .undecided }
    let status: ExitCode =
      if kselftest {
        KselftestStatus(hasDifferences: assessment.hasDifferences, isDecided: isDecided).code
      } else {
        assessment.hasDifferences ? ExitCode(1) : assessment.isDecided ? .success : ExitCode(2)
      }
    if status != .success { throw status }
  }

  private func judged(_ scripts: [Script]) throws -> [ScriptJudgement] {
    let runner = ScriptRunner(tolerance: self.scripts.tolerance.map { .milliseconds($0) })
    let progress = Progress()
    return try Signals.deferring {
      if !Privileges.ofThisThread().hasSysAdmin { try? Namespace.becomeRootOfOwnUserNamespace() }
      defer { progress.clear() }
      var failure: BenchError?
      let judgements = scripts.enumerated().map { place, script in
        progress.show("\(place) of \(scripts.count) scripts done; \(script.name)")
        do throws(BenchError) {
          let (runs, decision) = try runner.run(script)
          return ScriptJudgement(script: script, runs: runs, decision: decision)
        } catch {
          failure = error
          return ScriptJudgement(script: script, runs: [], decision: .undecided(.other("\(error)")))
        }
      }
      // One script may need what another does not; where no script could be run at all, scripts cannot run here.
      if let failure, judgements.allSatisfy(\.runs.isEmpty) {
        throw Failure("\(failure)", isOfBench: true)
      }
      return judgements
    }
  }
}
