import ArgumentParser
import Guests
import Benches
import Learning
import Linux
import Scenarios
import Records
import Running
import TCP
import Traces

/// The options of `check` for a record.
struct RecordOptions: ParsableArguments {
  @Flag(
    help: "Run under the recorded sysctls, so that only the kernel's code differs.")
  var recordedSysctls = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Run under this machine's TCP sysctls (host) or the kernel's defaults (default). Default: as in the record.",
      valueName: "host|default"))
  var sysctls: SettingsMode?

  @Flag(
    help: ArgumentHelp(
      "Also wait until long timers expire, if the record or page has them; takes two hours or more.",
      discussion: "tcpprobe list --figures marks the figures that need this option."))
  var allTimers = false

  @ArgumentParser.Option(
    help: ArgumentHelp("Also write a record of this kernel to this file.", valueName: "file"))
  var save: String?

  @OptionGroup var failing: FailOnOptions
  @OptionGroup var naming: RecordNaming

  func validate() throws {
    if recordedSysctls, sysctls != nil {
      throw ValidationError("--recorded-sysctls and --sysctls cannot be used together")
    }
  }

  /// Fails where something is asked for that only a record can have.
  ///
  /// - Parameter page: the file that is no record; nil where none is given.
  func refuse(_ page: String?) throws {
    let options = [
      ("--recorded-sysctls", recordedSysctls), ("--sysctls", sysctls != nil), ("--save", save != nil),
      ("--fail-on", !failing.failOn.isEmpty), ("--label", naming.label != nil),
      ("--no-host", naming.leavesHostOut),
    ]
    let given = options.filter(\.1).map(\.0)
    guard !given.isEmpty else { return }
    throw Failure(
      given.joined(separator: ", ") + (given.count == 1 ? " needs a record" : " need a record")
        + (page.map { ", and \($0) is not one" } ?? "") + ": tcpprobe record -o FILE makes one",
      status: ExitCode(64))
  }
}

extension Check {
  /// Runs everything that the record holds, as it was run, and says what this kernel does otherwise.
  func check(recorded source: Run.Source) throws {
    guard claim.isEmpty else {
      throw Failure(
        "--claim is for a page, and \(source.name) is a record: tcpprobe record --only and compare work on a part of it",
        status: ExitCode(64))
    }
    guard let format = ComparisonFormat(rawValue: output.format.rawValue),
      ComparisonShape.pair.refusal(of: format) == nil
    else {
      throw Failure(
        "--format \(output.format.rawValue): \(ComparisonShape.pair.choice)", status: ExitCode(64))
    }
    let before: Record
    do { before = try Record(reading: source.text, name: source.name) } catch {
      throw Failure("\(error)", status: ExitCode(64))
    }
    try refuseOtherFamily(than: before)
    let acceptance =
      try files.first.flatMap { $0 == "-" ? nil : try Input.acceptance(of: $0) } ?? Acceptance()
    let outputs = try Outputs(
      [("--output", output.output), ("--save", record.save), ("--pcap", runOptions.pcap)],
      inputs: Input.files(ofRecord: files.first ?? "-"))
    try outputs.refuseOverwriting(record.save, unless: "give --save another name")
    let (recordRun, place) = recordRun(like: before)
    let families = family(of: before)
    var (after, run) = try recordRun.record(with: place, families: families)
    record.naming.name(&after)
    if let pcap = runOptions.pcap { try outputs.write(run.pcapng(), to: pcap) }
    if let save = record.save { try outputs.write(after.markdown, to: save) }
    var comparison = Comparison(before, after, by: Scenarios.catalogue)
    comparison.failsOn = record.failing.kinds
    try recordRun.settle(&comparison, before: before, after: after, with: place, families: families)
    comparison.accept(acceptance)
    try comparison.write(
      files: (source.name, record.save), as: format, all: output.all,
      canRepeat: !self.record.recordedSysctls, to: output.output,
      of: outputs)
    if comparison.failureCount > 0 { throw ExitCode(1) }
    if kselftest, comparison.same == 0 { throw KselftestStatus.skip.code }
    if !kselftest, !comparison.isDecided { throw ExitCode(2) }
  }

  /// A record is checked in its own families.
  private func refuseOtherFamily(than record: Record) throws {
    guard let asked = runOptions.family, family(of: record).family != asked else { return }
    throw Failure(
      "--family \(asked.rawValue): a record is checked in its own families, \(family(of: record).rawValue); to compare"
        + " another, make a record with tcpprobe record --family \(asked.rawValue)", status: ExitCode(64))
  }

  private func family(of record: Record) -> FamilyChoice {
    guard let families = record.environment.families else { return .ipv4 }
    return families.count > 1
      ? .both : families.first.flatMap { FamilyChoice(rawValue: $0.rawValue) } ?? .ipv4
  }

  /// The run that makes a record as this one was made: on that bench, as long, under those settings.
  private func recordRun(like before: Record) -> (RecordRun, BenchOptions) {
    var place = runOptions.place
    let environment = before.environment
    if place.on == nil { place.on = environment[Environment.Name.bench].flatMap(BenchKind.init) }
    let mode =
      self.record.sysctls ?? environment[Environment.Name.settings].flatMap(SettingsMode.init(recorded:))
      ?? .host
    var run = RecordRun(
      command: "tcpprobe check \(files.first ?? "-") --save", version: TCPProbe.version, settings: mode.source
    )
    run.driver.isInVirtualTime = Orders.isInVirtualTime
    run.leavesTracesOut = before.traceCount == 0
    // A part of a record is held to that part.
    let names = Set(
      before.inPresentWords(of: Scenarios.catalogue).sections.map(\.name).map(Record.plainName))
    run.isWanted = names.contains
    run.machines = Side.allCases.filter { names.contains(Record.Section.name(ofMachine: $0)) }
    run.isEveryTimer = self.record.allTimers && environment[Environment.Name.isEveryTimer] != nil
    if quick || environment.isQuick { run.longestWait = RecordRun.quick }
    if self.record.recordedSysctls {
      run.settings = .pinned(
        HostSettings(
          Dictionary(
            environment.settings.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })))
    }
    return (run, place)
  }
}
