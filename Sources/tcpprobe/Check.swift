import ArgumentParser
import Documents
import Linux
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

      Exit status 0 where nothing differs, 1 where something does.

      Examples:
        tcpprobe check lecture.md
        tcpprobe check lecture.md --format json | jq '.verdicts[] | select(.verdict != "confirmed")'
      """)

  @Argument(help: ArgumentHelp("A Markdown file; - reads standard input.", valueName: "file.md"))
  var file: String?

  @OptionGroup var play: PlayOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    try Failure.reporting {
      let sources =
        try file.map { [try Input.page($0)] }
        ?? BuiltInPages.all.map { Run.Source(name: $0.id, text: $0.source) }
      let session = Session(
        options: play, output: output, command: "tcpprobe check" + (file.map { " \($0)" } ?? ""))
      let assessment = try session.play(sources)
      if assessment.hasDifferences { throw ExitCode(1) }
      if !assessment.isDecided { throw ExitCode(2) }
    }
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

  static func page(_ path: String) throws -> Run.Source {
    let bytes = try bytes(path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure("\(path): not UTF-8: expected a Markdown text", status: ExitCode(64))
    }
    return Run.Source(name: path, text: text)
  }
}
