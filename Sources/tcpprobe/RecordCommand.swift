import ArgumentParser
import Guests
import Learning
import Linux
import Records
import Reports
import Running
import Scenarios

struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Records what this kernel's TCP does, to compare another kernel with it later.",
    discussion: """
      Runs every ladder and scenario, and writes the results as a Markdown page (about 65 s, or 20 s with --quick). \
      Commit this page. The same kernel with the same settings gives the same text, even on a busy machine.

      Examples:
        tcpprobe record -o before.md
        (upgrade the kernel)
        tcpprobe check before.md              what changed, most important first

        tcpprobe record --label "web, before" -o before.md
        tcpprobe record --family ipv4 -o before.md      without IPv6
        tcpprobe record --no-host -o before.md          without this machine's name
        tcpprobe record --machine client -o before.md
        tcpprobe record --quick -o before.md            no wait longer than 2 s
        tcpprobe record --sysctls default -o before.md
        tcpprobe record --all-timers --only keepalive -o keepalive.md

      Without -o the record goes to standard output. Exit status: 0 written, 2 the run was not possible, 64 wrong usage.
      """)

  @ArgumentParser.Option(
    name: [.short, .long],
    help: ArgumentHelp("Write the record to this file; - is standard output.", valueName: "file"))
  var output: String?

  @Flag(help: "Overwrite the file.")
  var force = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Run under this machine's TCP sysctls (host) or under the kernel's defaults (default).",
      discussion: "A new network namespace has the defaults; host copies this machine's values into it."))
  var sysctls = SettingsMode.host

  @Flag(help: "Skip every wait longer than 2 s, such as the wait for the end of TIME_WAIT.")
  var quick = false

  @Flag(
    help: ArgumentHelp(
      "Also wait until long timers expire at their defaults, which takes more than two hours.",
      discussion: "tcpprobe kernels uses this option, because a guest skips idle time."))
  var allTimers = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Run only the sections whose name contains this text; may be repeated.",
      valueName: "text"))
  var only: [String] = []

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Also learn the state machine of this end, a row for each edge; may be repeated.",
      discussion:
        "Takes as long as learn does, in each address family; with --quick, as long as learn --depth 0. check then learns"
        + " the same machines.",
      valueName: "client|server"))
  var machine: [Side] = []

  @Flag(
    help: ArgumentHelp(
      "Leave the traces out: each segment, call and socket of each run.",
      discussion: "The traces make up most of the file. Without them, only figures and ladders are compared.")
  )
  var noTraces = false

  @OptionGroup var naming: RecordNaming
  @OptionGroup var place: BenchOptions

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The address families. Default: both on the wire if the machine has IPv6, otherwise ipv4.",
      valueName: "family"))
  var family: FamilyChoice?

  func validate() throws {
    if quick, allTimers {
      throw ValidationError("--quick skips what --all-timers waits for: use one of them")
    }
  }

  func run() throws {
    try Failure.reporting {
      let outputs = try Outputs([("--output", output), ("--pcap", place.pcap)])
      if !force { try outputs.refuseOverwriting(output, unless: "use --force to overwrite it") }
      var recorder = RecordRun(command: command, version: TCPProbe.version, settings: sysctls.source)
      if quick { recorder.longestWait = RecordRun.quick }
      recorder.isEveryTimer = allTimers
      recorder.driver.isInVirtualTime = Orders.isInVirtualTime
      recorder.leavesTracesOut = noTraces
      recorder.machines = Side.allCases.filter(machine.contains)
      if !only.isEmpty {
        recorder.isWanted = { name in only.contains { Scenarios.catalogue.isSection(name, namedBy: $0) } }
      }
      var (record, run) = try recorder.record(with: place, families: family)
      naming.name(&record)
      guard record.count > 0 else {
        throw Failure(
          "no section matches --only \(only.joined(separator: ", ")): expected a part of the name of a scenario (tcpprobe"
            + " list --figures) or of a ladder, such as \"close-sequence, table 1\"",
          status: ExitCode(64))
      }
      if !only.isEmpty {
        let texts = only.joined(separator: Environment.Name.separator)
        record.environment.facts.append(Environment.Fact(Environment.Name.only, texts))
      }
      if let pcap = place.pcap { try outputs.write(run.pcapng(), to: pcap) }
      try outputs.write(record.markdown, to: output)
      if let output, !Outputs.isStandardOutput(output) {
        let missing = record.unmeasuredCount
        Output.note(
          "wrote \(grouped(record.count - missing)) behaviours of Linux \(record.environment.kernel)"
            + ((record.families ?? []).count > 1 ? Comparison.familyNote : "") + " to \(output)"
            + (missing > 0
              ? "; \(grouped(missing)) more could not be measured (search for \"not measured\" in the file)"
              : ""))
      }
    }
  }

  /// As a person types it, but for where it is written to.
  private var command: String {
    "tcpprobe record" + (noTraces ? " --no-traces" : "") + (quick ? " --quick" : "")
      + (allTimers ? " --all-timers" : "")
      + (sysctls == .standard ? " --sysctls default" : "")
      + Side.allCases.filter(machine.contains).map { " --machine \($0.rawValue)" }.joined()
      + only.map { " --only \"\($0)\"" }.joined()
  }
}
