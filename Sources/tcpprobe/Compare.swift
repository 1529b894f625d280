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
        tcpprobe compare 5.10.md 6.1.md 6.12.md --format html -o kernels.html

      Exit status: 0 nothing changed, or all of it was accepted; 1 something changed; 2 a record is damaged, or something could not be compared.
      """)

  @Argument(help: ArgumentHelp("The earlier record.", valueName: "before.md"))
  var before: String

  @Argument(help: ArgumentHelp("The later record.", valueName: "after.md"))
  var after: String

  @Argument(
    help: ArgumentHelp("More records: then all are put into one table, by kernel.", valueName: "record.md"))
  var more: [String] = []

  @OptionGroup var output: ComparisonOptions

  func validate() throws {
    if more.isEmpty { try Comparison.check(output.format) } else { try KernelTable.check(output.format) }
  }

  func run() throws {
    try Failure.reporting {
      let outputs = try Outputs(
        [("--output", output.output)], inputs: ([before, after] + more).flatMap(Input.files(ofRecord:)))
      guard more.isEmpty else {
        let table = KernelTable(try ([before, after] + more).map { try Input.record($0) }, all: output.all)
        try table.write(as: output.format, to: output.output, of: outputs)
        if table.rows.contains(where: { !$0.isSame }) { throw ExitCode(1) }
        return
      }
      var comparison = Comparison(try Input.record(before), try Input.record(after))
      comparison.accept(try Input.acceptance(of: before))
      try comparison.write(
        names: (before, after), as: output.format, all: output.all, to: output.output, of: outputs)
      if comparison.hasChanges { throw ExitCode(1) }
      if !comparison.isDecided { throw ExitCode(2) }
    }
  }
}

/// How a comparison is shown.
struct ComparisonOptions: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The format of the report.",
      discussion: "terminal, json, ktap, junit; of more than two records terminal, markdown, html.",
      valueName: "format"))
  var format: Format = .terminal

  @Flag(help: "Show every change, and all that could not be compared.")
  var all = false

  @ArgumentParser.Option(
    name: [.short, .long], help: ArgumentHelp("Write the report to this file.", valueName: "file"))
  var output: String?
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
  func write(
    names: (before: String, after: String), as format: Format, all: Bool, to output: String?,
    of outputs: Outputs
  ) throws {
    var style = output == nil ? Style.ofStandardOutput : Style()
    style.drawsAll = all
    let text =
      switch format {
      case .json: jsonReport()
      case .ktap: TestReport(self, name: names.before).ktap()
      case .junit: TestReport(self, name: names.before).junit()
      default: terminalReport(names: names, style: style)
      }
    try outputs.write(text, to: output)
  }
}

extension Input {
  /// A record that a file holds.
  static func record(_ path: String) throws -> Record {
    let text = String(decoding: try bytes(path), as: UTF8.self)
    do { return try Record(reading: text, name: path) } catch { throw Failure("\(error)") }
  }

  /// The files that are read where this record is: itself, and what was accepted of its changes.
  static func files(ofRecord path: String) -> [String] {
    path == "-" ? [path] : [path, acceptancePath(of: path)]
  }

  /// What was accepted of this record's changes; nothing where no file says so.
  static func acceptance(of record: String) throws -> Acceptance {
    let path = acceptancePath(of: record)
    guard WholeFile.isTaken(path) else { return Acceptance() }
    guard let text = String(validating: try bytes(path), as: UTF8.self) else {
      throw Failure("\(path): not UTF-8: it is damaged; expected what tcpprobe accept writes")
    }
    do { return try Acceptance(reading: text, name: path) } catch { throw Failure("\(error)") }
  }

  /// `before.accepted.md` beside `before.md`.
  static func acceptancePath(of record: String) -> String {
    (record.hasSuffix(".md") ? String(record.dropLast(3)) : record) + ".accepted.md"
  }
}
