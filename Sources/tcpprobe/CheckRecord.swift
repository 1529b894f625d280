import ArgumentParser
import Benches
import Linux
import Records
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
    var (after, run) = try recorder(for: before).record()
    record.naming.name(&after)
    if let pcap = play.pcap { try outputs.write(run.pcapng(), to: pcap) }
    if let save = record.save { try outputs.write(after.markdown, to: save) }
    var comparison = Comparison(before, after)
    comparison.failsOn = record.failing.kinds
    comparison.accept(acceptance)
    try comparison.write(
      files: (source.name, record.save), as: format, all: output.all, to: output.output, of: outputs)
    if comparison.failureCount > 0 { throw ExitCode(1) }
    if kselftest, comparison.same == 0 { throw KselftestStatus.skip.code }
    if !kselftest, !comparison.isDecided { throw ExitCode(2) }
  }

  /// Where, in which family and how long the record was played.
  private func recorder(for before: Record) throws -> Recorder {
    var options = play
    let environment = before.environment
    if let family = environment[Environment.Name.family].flatMap(Family.init) { options.family = family }
    if options.on == nil { options.on = environment[Environment.Name.bench].flatMap(BenchKind.init) }
    let mode = record.settings ?? environment[Environment.Name.settings].flatMap(SettingsMode.init) ?? .host
    var recorder = Recorder(options: options, command: "tcpprobe check \(file ?? "-") --save", mode: mode)
    // A part of a record is held to that part.
    let names = Set(before.sections.map(\.name))
    recorder.isWanted = names.contains
    recorder.isEveryTimer = record.everyTimer && environment[Environment.Name.isEveryTimer] != nil
    recorder.isQuick = quick || environment[Environment.Name.isQuick] == "yes"
    if record.pin {
      recorder.pinned = HostSettings(
        Dictionary(environment.settings.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
    }
    return recorder
  }
}
