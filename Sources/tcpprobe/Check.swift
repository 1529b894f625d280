import ArgumentParser
import Claims
import Documents
import Notations
import Records
import Reports
import TCP
import Traces

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs pages about TCP, or a record of another kernel, and shows where this kernel differs.",
    discussion: """
      Without a page, check runs the two built-in articles, three-steps and two-handshakes. With a record (see \
      tcpprobe record), it repeats the recorded run and lists what changed, the most important change first. Any other \
      page is run as it stands: its diagrams (Mermaid, PlantUML, RFC style, ASCII), lists of steps, captures and \
      tables, and its facts tables of timers and errnos, "what | value | set by". With several pages, check prints one \
      line per page. tcpprobe convert shows what is read in a page. A table is the most expressive form:

        | client              | server                     |
        | ------------------- | -------------------------- |
        | SYN(SEQ:1000)       |                            |
        |                     | SYN+ACK(SEQ:2000,ACK:1001) |
        | ACK [ESTABLISHED]   | [ESTABLISHED]              |

      Exit status:
        0   no difference
        1   a difference, even if something else is undecided
        2   something is undecided or not read, or the run was not possible
        64  wrong usage, or a page or record that cannot be read at all

      A difference is a claim that is contradicted, correct but incomplete, or conditional; or a change from the record. \
      For a record, only changes that were not accepted count, and with --fail-on only the kinds that it names. Claims \
      that an option such as --quick leaves out are listed, but do not change the exit status. --kselftest uses the exit \
      status of the kernel's own tests: 0 pass, 1 fail, 4 skip (nothing was decided).

      Examples:
        tcpprobe check                     every claim of the two built-in articles
        tcpprobe check --quick             without single waits longer than 2 s
        tcpprobe check --claim B2.6 --claim A3.7
        tcpprobe check lecture.md
        tcpprobe check docs/*.md           one line per page
        curl -s URL | tcpprobe check -     a page from standard input
        tcpprobe check capture.pcapng      would this kernel have done the same?
        tcpprobe check before.md           a record: what changed since then
        tcpprobe check before.md --fail-on programs
        tcpprobe check before.md --format junit --output results.xml
        tcpprobe check lecture.md --format ktap --kselftest
        tcpprobe check tcp/close/*.pkt     packetdrill scripts, as they stand
        tcpprobe check lecture.md --format json | jq '.verdicts[] | .verdict'
      """)

  @Argument(
    help: ArgumentHelp(
      "Pages: Markdown, text or HTML, or a capture file (pcap, pcapng); - reads standard input. With several pages, prints one line per page.",
      valueName: "page"))
  var files: [String] = []

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Check only this claim of the page or of a built-in page; may be repeated. See tcpprobe list.",
      valueName: "id"))
  var claim: [String] = []

  @OptionGroup var capture: CaptureOptions

  @Flag(help: "Skip every wait longer than 2 s, such as the wait for the end of TIME_WAIT.")
  var quick = false

  @Flag(help: "Exit as the kernel's own tests do, with 4 if nothing could be run or decided.")
  var kselftest = false

  @OptionGroup(title: "For a record") var record: RecordOptions
  @OptionGroup(title: "For packetdrill scripts") var scripts: ScriptOptions
  @OptionGroup var runOptions: RunOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    try Failure.reporting {
      guard files.count < 2 else {
        try capture.refuse(forPages: files.count)
        return try checkPages()
      }
      let file = files.first
      let document = try file.map { try Input.document($0, connection: capture.connection) }
      let given = try file.flatMap { name in
        try document.map { try Input.page(name, $0, connection: capture.connection) }
      }
      if let given, Self.isScript(given) { return try check(scripts: [given]) }
      if let given, Record.isOne(given.text) { return try check(recorded: given) }
      try record.refuse(file)
      let (sources, wanted) = try chosen(given)
      var faults: [String: CaptureFault] = [:]
      if let given { faults[given.name] = document?.fault }
      let assessment = try run(
        sources, inputs: file.map { [$0] } ?? [], faults: faults, only: wanted, family: document?.family
      ) {
        try output.write($0, into: $1, beginsWithClaims: files.isEmpty)
      }
      if given != nil, claim.isEmpty { assessment.pages.first?.noteLimited(atMost: 3) }
      try exit(with: assessment)
    }
  }

  /// Runs these pages and writes the report.
  ///
  /// - Parameters:
  ///   - inputs: the files that the pages were read from.
  ///   - faults: of captures, by their pages.
  ///   - wanted: the claims to be judged; all, where it is nil.
  ///   - family: the family of all pages that were captured; nil where they have none, or both.
  func run(
    _ sources: [Run.Source], inputs: [String], faults: [String: CaptureFault] = [:],
    only wanted: Set<String>? = nil, family: Family? = nil,
    write: @escaping (Assessment, Outputs) throws -> Void
  ) throws -> Assessment {
    var session = Session(
      options: runOptions.preferring(family), output: output,
      command: (["tcpprobe check"] + arguments).joined(separator: " "))
    session.omission = quick ? .quick : nil
    session.isEveryTimer = record.allTimers
    session.inputs = inputs
    session.faults = faults
    session.only = wanted
    do {
      return try session.run(
        sources, isWanted: wanted.map { ids in { ids.contains($0) } },
        write: { assessment, outputs, _ in
          try write(assessment, outputs)
        })
    } catch let failure as Failure where kselftest && failure.isOfBench {
      try skip(after: failure, into: try Outputs([(Outputs.report, output.output)], inputs: inputs))
    }
  }

  /// Ends the command as a test that is skipped because the bench cannot run.
  func skip(after failure: Failure, into outputs: @autoclosure () throws -> Outputs) throws -> Never {
    // A reader of results wants to find there that there are none.
    if output.format == .ktap {
      try output.write(TestReport.nothing.ktap(nothing: failure.description), into: try outputs())
    }
    throw Failure(failure.description, status: KselftestStatus.skip.code)
  }

  /// Ends the command with the status of these verdicts.
  func exit(with assessment: Assessment) throws {
    let status = kselftest ? KselftestStatus(assessment).code : assessment.checkStatus
    if status != .success { throw status }
  }

  /// The pages to run, and their claims; nil for all. Without a file these are the documents, and whatever
  /// other built-in pages make a claim that is asked for.
  private func chosen(_ given: Run.Source?) throws -> ([Run.Source], Set<String>?) {
    if let given { return ([given], try Input.claims(claim, in: [given])) }
    guard claim.isEmpty else {
      let asked = try AskedClaims(claim, in: Input.builtInPages, for: .check)
      return (asked.sources, asked.wanted)
    }
    return (BuiltInPages.all.map { Run.Source(name: $0.id, text: $0.source) }, nil)
  }

  /// The arguments that decide what is run.
  var arguments: [String] {
    files + claim.map { "--claim \($0)" } + (capture.connection.map { ["--connection \($0)"] } ?? [])
      + (quick ? ["--quick"] : [])
      + (record.allTimers ? ["--all-timers"] : [])
      + (scripts.tolerance.map { ["--tolerance \($0)"] } ?? [])
  }
}

extension Assessment {
  var checkStatus: ExitCode {
    hasDifferences ? ExitCode(1) : isDecided ? .success : ExitCode(2)
  }
}
