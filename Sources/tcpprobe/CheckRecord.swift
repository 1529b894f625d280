import ArgumentParser
import Benches
import Linux
import Scenarios
import Records
import Running
import TCP
import Traces

/// What `check` may be told about a record.
struct RecordOptions: ParsableArguments {
  @Flag(
    help: "Play under the settings that the record was played under, so that only the kernel's code differs.")
  var pin = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Play under this machine's TCP sysctls or under the kernel's defaults (default: as the record was).",
      valueName: "host|kernel"))
  var settings: SettingsMode?

  @Flag(
    help: ArgumentHelp(
      "Wait every timer out, too, where the record or the page has that: up to two hours and more.",
      discussion: "tcpprobe list --figures names the figures that only this measures."))
  var everyTimer = false

  @ArgumentParser.Option(
    help: ArgumentHelp("Also write what this kernel does to this file, as a record.", valueName: "file"))
  var save: String?

  @OptionGroup var failing: FailOnOptions
  @OptionGroup var naming: RecordNaming

  func validate() throws {
    if pin, settings != nil {
      throw ValidationError("--pin plays under the recorded settings: leave --settings out")
    }
  }

  /// Fails where something is asked for that only a record can have.
  func refuse() throws {
    let isGiven = pin || settings != nil || save != nil || naming.isGiven
    guard isGiven || !failing.failOn.isEmpty else { return }
    throw Failure(
      "--pin, --settings, --save, --fail-on, --label and --no-host are for a record, as tcpprobe record writes one",
      status: ExitCode(64))
  }
}

extension Check {
  /// Plays everything that the record holds, as it was played, and says what this kernel does otherwise.
  func check(recorded source: Run.Source) throws {
    guard let format = ComparisonFormat(rawValue: output.format.rawValue),
      ComparisonShape.pair.refusal(of: format) == nil
    else {
      throw Failure(
        "--format \(output.format.rawValue): \(ComparisonShape.pair.choice)", status: ExitCode(64))
    }
    let before: Record
    do { before = try Record(reading: source.text, name: source.name) } catch { throw Failure("\(error)") }
    let acceptance = try file.flatMap { $0 == "-" ? nil : try Input.acceptance(of: $0) } ?? Acceptance()
    let outputs = try Outputs(
      [("--output", output.output), ("--save", record.save), ("--pcap", play.pcap)],
      inputs: Input.files(ofRecord: file ?? "-"))
    try outputs.refuseOverwriting(record.save, unless: "give --save another name")
    let (recordRun, options) = recordRun(like: before)
    var (after, run) = try recordRun.record(with: options)
    record.naming.name(&after)
    if let pcap = play.pcap { try outputs.write(run.pcapng(), to: pcap) }
    if let save = record.save { try outputs.write(after.markdown, to: save) }
    var comparison = Comparison(before, after, by: Scenarios.catalogue)
    comparison.failsOn = record.failing.kinds
    try recordRun.settle(&comparison, before: before, after: after, with: options)
    comparison.accept(acceptance)
    try comparison.write(
      files: (source.name, record.save), as: format, all: output.all, to: output.output, of: outputs)
    if comparison.failureCount > 0 { throw ExitCode(1) }
    if kselftest, comparison.same == 0 { throw KselftestStatus.skip.code }
    if !kselftest, !comparison.isDecided { throw ExitCode(2) }
  }

  /// The run that makes a record as this one was made: on that bench, in that family, as long, under those settings.
  private func recordRun(like before: Record) -> (RecordRun, PlayOptions) {
    var options = play
    let environment = before.environment
    if let family = environment[Environment.Name.family].flatMap(Family.init) { options.family = family }
    if options.on == nil { options.on = environment[Environment.Name.bench].flatMap(BenchKind.init) }
    let mode =
      self.record.settings ?? environment[Environment.Name.settings].flatMap(SettingsMode.init) ?? .host
    var run = RecordRun(
      command: "tcpprobe check \(file ?? "-") --save", version: TCPProbe.version, settings: mode.source)
    // A part of a record is held to that part.
    let names = Set(before.sections.map(\.name))
    run.isWanted = names.contains
    run.isEveryTimer = self.record.everyTimer && environment[Environment.Name.isEveryTimer] != nil
    if quick || environment[Environment.Name.isQuick] == "yes" { run.longestWait = RecordRun.quick }
    if self.record.pin {
      run.settings = .pinned(
        HostSettings(
          Dictionary(
            environment.settings.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })))
    }
    return (run, options)
  }
}
