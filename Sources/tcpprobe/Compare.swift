import ArgumentParser
import Documents
import Linux
import Records
import Reports

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Puts two records side by side, without a kernel: what changed, the most consequential first.",
    discussion: """
      Examples:
        tcpprobe compare before.md after.md
        tcpprobe compare before.md after.md --all

      Exit status: 0 nothing changed, or all of it was accepted; 1 something changed; 2 a record is damaged.
      """)

  @Argument(help: ArgumentHelp("The earlier record.", valueName: "before.md"))
  var before: String

  @Argument(help: ArgumentHelp("The later record.", valueName: "after.md"))
  var after: String

  @OptionGroup var output: ComparisonOptions

  func run() throws {
    try Failure.reporting {
      var comparison = Comparison(try Input.record(before), try Input.record(after))
      comparison.accept(try Input.acceptance(of: before))
      try comparison.write(
        names: (before, after), as: output.format, all: output.all, to: output.output)
      if comparison.hasChanges { throw ExitCode(1) }
    }
  }
}

/// How a comparison is shown.
struct ComparisonOptions: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp("The format of the report.", valueName: "terminal|json|ktap|junit"))
  var format: Format = .terminal

  @Flag(help: "Show every change, and all that could not be compared.")
  var all = false

  @ArgumentParser.Option(
    name: [.short, .long], help: ArgumentHelp("Write the report to this file.", valueName: "file"))
  var output: String?

  func validate() throws {
    try Comparison.check(format)
    if let output { try Output.check(output, of: "--output") }
  }
}

extension Comparison {
  /// Fails for a format that is about plays.
  static func check(_ format: Format) throws {
    guard [.terminal, .json, .ktap, .junit].contains(format) else {
      throw ValidationError(
        "--format \(format.rawValue): a comparison is shown as terminal, json, ktap or junit")
    }
  }

  /// Writes the report where it is wanted.
  ///
  /// - Parameters:
  ///   - names: what the two records are called.
  ///   - all: whether nothing is only counted.
  func write(names: (before: String, after: String), as format: Format, all: Bool, to output: String?) throws
  {
    var style = output == nil ? Style.ofStandardOutput : Style()
    style.drawsAll = all
    let text =
      switch format {
      case .json: jsonReport()
      case .ktap: TestReport(self, name: names.before).ktap()
      case .junit: TestReport(self, name: names.before).junit()
      default: terminalReport(names: names, style: style)
      }
    try Output.write(Array(text.utf8), to: output)
  }
}

extension Input {
  /// A record that a file holds.
  static func record(_ path: String) throws -> Record {
    let text = String(decoding: try bytes(path), as: UTF8.self)
    do { return try Record(reading: text, name: path) } catch { throw Failure("\(error)") }
  }

  /// What was accepted of this record's changes; nothing where no file says so.
  static func acceptance(of record: String) throws -> Acceptance {
    let path = acceptancePath(of: record)
    guard WholeFile.isThere(path) else { return Acceptance() }
    let text = String(decoding: try bytes(path), as: UTF8.self)
    do { return try Acceptance(reading: text, name: path) } catch { throw Failure("\(error)") }
  }

  /// `before.accepted.md` beside `before.md`.
  static func acceptancePath(of record: String) -> String {
    (record.hasSuffix(".md") ? String(record.dropLast(3)) : record) + ".accepted.md"
  }
}
