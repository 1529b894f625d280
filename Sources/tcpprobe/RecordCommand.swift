import ArgumentParser
import Linux
import Records
import Running

struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Writes down what this kernel's TCP does, for the next kernel to be held to.",
    discussion: """
      Plays everything that tcpprobe can play, and writes what this kernel did as a page to be committed. The same \
      kernel and settings give the same text, however busy the machine is.

      Examples:
        tcpprobe record -o before.md
        (upgrade the kernel)
        tcpprobe check before.md              what changed, most consequential first

        tcpprobe record --label "web, before" -o before.md
        tcpprobe record --no-host -o before.md          without this machine's name
        tcpprobe record --quick -o before.md  without what waits for more than 2 s
        tcpprobe record --settings kernel -o before.md
        tcpprobe record --every-timer --only keepalive      two hours and more

      Exit status: 0 written, 2 the bench could not run, 64 wrong usage.
      """)

  @ArgumentParser.Option(
    name: [.short, .long],
    help: ArgumentHelp("Write the record to this file; - is standard output.", valueName: "file"))
  var output: String?

  @Flag(help: "Overwrite the file.")
  var force = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Play under this machine's TCP sysctls (host), or under the kernel's defaults (kernel).",
      discussion: "A private namespace begins with the defaults; host copies the machine's own into it."))
  var settings = SettingsMode.host

  @Flag(help: "Leave out what must wait for the kernel for longer than 2 s, as for the end of TIME_WAIT.")
  var quick = false

  @Flag(
    help: ArgumentHelp(
      "Wait every timer out at its default, too: more than two hours.",
      discussion: "In the virtual time of a guest hours cost nothing: tcpprobe kernels does so by itself."))
  var everyTimer = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Only the sections whose names hold this, as a record has them; may be given more often.",
      valueName: "text"))
  var only: [String] = []

  @OptionGroup var naming: RecordNaming
  @OptionGroup var play: PlayOptions

  func validate() throws {
    if quick, everyTimer {
      throw ValidationError("--quick leaves out what --every-timer waits for: give one of them")
    }
  }

  func run() throws {
    try Failure.reporting {
      let outputs = try Outputs([("--output", output), ("--pcap", play.pcap)])
      if !force { try outputs.refuseOverwriting(output, unless: "use --force to overwrite it") }
      var recorder = RecordRun(command: command, version: TCPProbe.version, settings: settings.source)
      if quick { recorder.longestWait = RecordRun.quick }
      recorder.isEveryTimer = everyTimer
      if !only.isEmpty {
        recorder.isWanted = { name in only.contains { name.lowercased().contains($0.lowercased()) } }
      }
      var (record, run) = try recorder.record(with: play)
      naming.name(&record)
      guard record.count > 0 else {
        throw Failure("nothing is named so: tcpprobe record --quick shows all names", status: ExitCode(64))
      }
      if !only.isEmpty {
        let texts = only.joined(separator: Environment.Name.separator)
        record.environment.facts.append(Environment.Fact(Environment.Name.only, texts))
      }
      if let pcap = play.pcap { try outputs.write(run.pcapng(), to: pcap) }
      try outputs.write(record.markdown, to: output)
      if let output, !Outputs.isStandardOutput(output) {
        let missing = record.unmeasuredCount
        Output.note(
          "\(record.count - missing) behaviours of Linux \(record.environment.kernel) in \(output)"
            + (missing > 0 ? "; \(missing) more could not be measured" : ""))
      }
    }
  }

  /// As a person types it, but for where it is written to.
  private var command: String {
    "tcpprobe record" + (quick ? " --quick" : "") + (everyTimer ? " --every-timer" : "")
      + (settings == .kernel ? " --settings kernel" : "")
      + only.map { " --only \"\($0)\"" }.joined()
  }
}
