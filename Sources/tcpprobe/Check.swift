import ArgumentParser
import Claims
import Documents
import Records
import Reports
import Traces

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Plays a Markdown page, or a record of another kernel, and says where it and this kernel part.",
    discussion: """
      Without a file the built-in documents are checked. A record (see tcpprobe record) is played as it was, and what \
      changed is told, the most consequential first. Of any other page the tables are played. A ladder is a table of \
      which two columns hold what two parties send, call and are:

        | client              | server                     |
        | ------------------- | -------------------------- |
        | SYN(SEQ:1000)       |                            |
        |                     | SYN+ACK(SEQ:2000,ACK:1001) |
        | ACK [ESTABLISHED]   | [ESTABLISHED]              |

      Exit status: 0 where nothing differs (of a record: or all of it was accepted, or is not among --fail-on), 1 where \
      something does, 2 where something could not be read or decided. \
      What an option leaves out (--quick) is said to be left out, in every format, and changes no exit status. With \
      --kselftest, as the kernel's own tests have it: 0 for pass, 1 for fail, 4 for skip, where nothing was decided.

      Examples:
        tcpprobe check                             all that the built-in documents claim
        tcpprobe check --quick                     without what takes the kernel longer than 2 s
        tcpprobe check --claim B2.6 --claim A3.7
        tcpprobe check lecture.md
        tcpprobe check before.md                   a record: what this kernel does otherwise
        tcpprobe check before.md --fail-on programs
        tcpprobe check before.md --format junit --output results.xml
        tcpprobe check lecture.md --format ktap --kselftest
        tcpprobe check lecture.md --format json | jq '.verdicts[] | select(.verdict != "confirmed")'
      """)

  @Argument(help: ArgumentHelp("A Markdown file; - reads standard input.", valueName: "file.md"))
  var file: String?

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Only this claim of the file, or of any built-in page; may be repeated. See tcpprobe list.",
      valueName: "id"))
  var claim: [String] = []

  @Flag(help: "Leave out what must wait for the kernel for longer than 2 s, as for the end of TIME_WAIT.")
  var quick = false

  @Flag(help: "Exit as the kernel's own tests do: 4 where nothing could be played or decided.")
  var kselftest = false

  @OptionGroup(title: "For a record") var record: RecordOptions
  @OptionGroup var play: PlayOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    try Failure.reporting {
      let given = try file.map { try Input.page($0) }
      if let given, Record.isOne(given.text) { return try check(recorded: given) }
      try record.refuse()
      let (sources, wanted) = try chosen(given)
      var session = Session(
        options: play, output: output, command: (["tcpprobe check"] + arguments).joined(separator: " "))
      session.omission = quick ? .quick : nil
      session.isEveryTimer = record.everyTimer
      session.inputs = file.map { [$0] } ?? []
      session.only = wanted
      let assessment: Assessment
      do {
        assessment = try session.play(sources, isWanted: wanted.map { ids in { ids.contains($0) } }) {
          try output.write($0, into: $1, beginsWithClaims: file == nil)
        }
      } catch let failure as Failure where kselftest && failure.isOfBench {
        // Whoever reads results wants to find there that there are none.
        if output.format == .ktap {
          let outputs = try Outputs([("--output", output.output)], inputs: session.inputs)
          try output.write(TestReport.nothing.ktap(nothing: failure.description), into: outputs)
        }
        throw Failure(failure.description, status: KselftestStatus.skip.code)
      }
      let status = kselftest ? KselftestStatus(assessment).code : assessment.checkStatus
      if status != .success { throw status }
    }
  }

  /// The pages to be played, and the claims of them; nil for all. Without a file these are the documents, and whatever
  /// other built-in pages make a claim that is asked for.
  private func chosen(_ given: Run.Source?) throws -> ([Run.Source], Set<String>?) {
    if let given { return ([given], try Input.claims(claim, in: [given])) }
    guard claim.isEmpty else {
      let asked = try AskedClaims(claim, in: Input.builtInPages)
      return (asked.sources, asked.wanted)
    }
    return (BuiltInPages.all.map { Run.Source(name: $0.id, text: $0.source) }, nil)
  }

  /// What the person gave that decides what is played.
  private var arguments: [String] {
    (file.map { [$0] } ?? []) + claim.map { "--claim \($0)" } + (quick ? ["--quick"] : [])
      + (record.everyTimer ? ["--every-timer"] : [])
  }
}

extension Assessment {
  fileprivate var checkStatus: ExitCode {
    hasDifferences ? ExitCode(1) : isDecided ? .success : ExitCode(2)
  }
}
