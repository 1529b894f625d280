import ArgumentParser
import Claims
import Documents
import Linux
import Reports
import SystemPackage
import Traces

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Plays the tables of a Markdown page and says where page and kernel part.",
    discussion: """
      Without a file the built-in documents are checked. A ladder is a table of which two columns hold what two \
      parties send, call and are:

        | client              | server                     |
        | ------------------- | -------------------------- |
        | SYN(SEQ:1000)       |                            |
        |                     | SYN+ACK(SEQ:2000,ACK:1001) |
        | ACK [ESTABLISHED]   | [ESTABLISHED]              |

      Exit status 0 where nothing differs, 1 where something does. With --kselftest, as the kernel's own tests have \
      it: 0 for pass, 1 for fail, 4 for skip, where nothing could be decided.

      Examples:
        tcpprobe check                             all that the built-in documents claim
        tcpprobe check --quick                     without what takes the kernel longer than 2 s
        tcpprobe check --claim B2.6 --claim A3.7
        tcpprobe check lecture.md
        tcpprobe check lecture.md --format junit --output results.xml
        tcpprobe check lecture.md --format ktap --kselftest
        tcpprobe check lecture.md --format json | jq '.verdicts[] | select(.verdict != "confirmed")'
      """)

  @Argument(help: ArgumentHelp("A Markdown file; - reads standard input.", valueName: "file.md"))
  var file: String?

  @ArgumentParser.Option(
    help: ArgumentHelp("Only this claim; may be given more often. See tcpprobe list.", valueName: "id"))
  var claim: [String] = []

  @Flag(help: "Leave out what must wait for the kernel for longer than 2 s, as for the end of TIME_WAIT.")
  var quick = false

  @Flag(help: "Exit as the kernel's own tests do: 4 where nothing could be played or decided.")
  var kselftest = false

  @OptionGroup var play: PlayOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    try Failure.reporting {
      let sources =
        try file.map { [try Input.page($0)] }
        ?? BuiltInPages.all.map { Run.Source(name: $0.id, text: $0.source) }
      var session = Session(
        options: play, output: output, command: (["tcpprobe check"] + arguments).joined(separator: " "))
      session.isQuick = quick
      let wanted = try Input.claims(claim, in: sources)
      session.only = wanted
      let assessment: Assessment
      do {
        assessment = try session.play(sources, isWanted: wanted.map { ids in { ids.contains($0) } }) {
          try output.write($0, beginsWithClaims: file == nil)
        }
      } catch let failure as Failure where kselftest && failure.isOfBench {
        // Whoever reads results wants to find there that there are none.
        if output.format == .ktap { try output.write(TestReport.nothing.ktap(nothing: failure.description)) }
        throw Failure(failure.description, status: KselftestStatus.skip.code)
      }
      let status = kselftest ? KselftestStatus(assessment).code : assessment.checkStatus
      if status != .success { throw status }
    }
  }

  /// What the person gave that decides what is played.
  private var arguments: [String] {
    (file.map { [$0] } ?? []) + claim.map { "--claim \($0)" } + (quick ? ["--quick"] : [])
  }
}

extension Assessment {
  fileprivate var checkStatus: ExitCode {
    hasDifferences ? ExitCode(1) : isDecided ? .success : ExitCode(2)
  }
}

/// Files that a person gives.
enum Input {
  /// More than any page or run has; a larger file is a mistake, and told at once.
  static let limit = 64 << 20

  static func bytes(_ path: String) throws -> [UInt8] {
    do {
      return try WholeFile.read(path, limit: limit)
    } catch Errno.fileTooLarge {
      throw Failure(
        "\(path): larger than \(limit >> 20) MB: expected a text that a person could read",
        status: ExitCode(64))
    } catch {
      throw Failure("\(path): \(error)", status: ExitCode(64))
    }
  }

  /// The claims of these pages that a person asks for; nil where all are wanted.
  static func claims(_ ids: [String], in sources: [Run.Source]) throws -> Set<String>? {
    guard !ids.isEmpty else { return nil }
    var known: [String] = []
    for page in try sources.map({ try Page(reading: $0.text, name: $0.name) }) {
      known += page.claims.filter { !known.contains($0) }
    }
    let wanted = ids.map { id in known.first { $0.lowercased() == id.lowercased() } ?? id }
    for id in wanted where !known.contains(id) {
      throw Failure(
        "there is no claim \(id); there are \(known.sorted().joined(separator: ", "))", status: ExitCode(64))
    }
    return Set(wanted)
  }

  static func page(_ path: String) throws -> Run.Source {
    let bytes = try bytes(path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure("\(path): not UTF-8: expected a Markdown text", status: ExitCode(64))
    }
    return Run.Source(name: path, text: text)
  }
}
