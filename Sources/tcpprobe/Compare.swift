import ArgumentParser
import Documents
import Notations
import Linux
import Scenarios
import Records
import Reports

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Compares saved records, or state machines that learn has saved, and lists what changed; runs nothing.",
    discussion: """
      Two records give a list of changes, the most important first. More records give a table of the behaviours that differ. With --group, \
      records with the same behaviour and settings form a group, and each group is compared with the largest one. \
      Changes that were accepted for a record of the largest group count as accepted.

      If two records were made under different conditions (wire or loopback, root or unprivileged), only what both \
      could see is compared. A behaviour of a record of both address families counts once in each family.

      State machines (from tcpprobe learn --format json) give a table: the first kernel on which the state machine \
      differs, with the shortest sequences of calls and segments that show it. --witnesses writes packetdrill scripts of \
      these sequences.

      Examples:
        tcpprobe compare before.md after.md
        tcpprobe compare before.md after.md --all
        tcpprobe compare before.md after.md --fail-on programs,operators
        tcpprobe compare 5.10.md 6.1.md 6.12.md --format html -o kernels.html
        tcpprobe compare --group fleet/*.md
        tcpprobe compare 5.10.json 6.1.json 6.12.json --witnesses scripts
        tcpprobe compare --group fleet/*.md --format json | jq '.groups[].count'

      Exit status:
        0   no change
        1   a change
        2   no change, but a run was disturbed or nothing could be compared
        64  wrong usage, or a file that is not a record or state machine, or is damaged
      Accepted changes do not count, and with --fail-on only the kinds that it names count.
      """)

  @Argument(
    help: ArgumentHelp(
      "The records, the earlier one first; or machines, in any order.", valueName: "record.md"))
  var records: [String] = []

  @Flag(help: "Group records with the same content and compare each group with the largest.")
  var group = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "With machines: write two packetdrill scripts for each difference into this existing folder.",
      valueName: "folder"))
  var witnesses: String?

  @OptionGroup var failing: FailOnOptions
  @OptionGroup var output: ComparisonOptions

  func validate() throws {
    guard records.count > 1 else { throw ValidationError("expected at least two records") }
    try shape.check(output.format)
    if witnesses != nil, shape != .machines { throw ValidationError("--witnesses needs machines") }
  }

  /// The form of the result for this number of records.
  private var shape: ComparisonShape {
    group ? .groups : Input.isMachine(records[0]) ? .machines : records.count > 2 ? .table : .pair
  }

  func run() throws {
    try Failure.reporting {
      let outputs = try Outputs(
        [("--output", output.output)], inputs: records.flatMap(Input.files(ofRecord:)))
      switch shape {
      case .pair: try comparePair(outputs)
      case .table: try compareInTable(outputs)
      case .groups: try compareInGroups(outputs)
      case .machines: try compareMachines(outputs)
      }
    }
  }

  private func comparePair(_ outputs: Outputs) throws {
    var comparison = Comparison(
      try Input.record(records[0]), try Input.record(records[1]), by: Scenarios.catalogue)
    comparison.failsOn = failing.kinds
    comparison.accept(try Input.acceptance(of: records[0]))
    try comparison.write(
      files: (records[0], records[1]), as: output.format, all: output.all, to: output.output, of: outputs)
    if comparison.failureCount > 0 { throw ExitCode(1) }
    if !comparison.isDecided { throw ExitCode(2) }
  }

  private func compareInTable(_ outputs: Outputs) throws {
    let table = KernelTable(
      try records.map { try Input.record($0) }, by: Scenarios.catalogue, files: records, all: output.all)
    try table.write(
      as: output.format, all: output.all, failsOn: failing.kinds, to: output.output, of: outputs)
    if table.hasFailures(on: failing.kinds) { throw ExitCode(1) }
  }

  private func compareMachines(_ outputs: Outputs) throws {
    let folder = try witnesses.map { try WitnessFolder($0) }
    let machines = try records.map(Input.machine)
    for (path, machine) in zip(records, machines) where machine.inputs != machines[0].inputs {
      throw Failure(
        "\(path) is the machine of a \(machine.side.rawValue) with \(machine.inputs.count) inputs: expected that of a"
          + " \(machines[0].side.rawValue) with \(machines[0].inputs.count), as \(records[0]) is",
        status: ExitCode(64))
    }
    let table = MachineTable(machines)
    try table.write(as: output.format, to: output.output, of: outputs)
    if let folder { try table.witnesses.forEach(folder.write) }
    if table.hasDifferences { throw ExitCode(1) }
  }

  private func compareInGroups(_ outputs: Outputs) throws {
    var groups = RecordGroups(by: Scenarios.catalogue, failsOn: failing.kinds)
    // A pattern for records also matches the files of their accepted changes.
    let acceptances = Set(records.map(Input.acceptancePath))
    for path in records where !acceptances.contains(path) {
      do { try groups.add(try Input.bytes(path), file: path) } catch let error as PageError {
        throw Failure("\(error)", status: ExitCode(64))
      }
    }
    groups.compare()
    var acceptance = Acceptance()
    for name in groups.groups.first?.names ?? [] {
      acceptance.entries += try name.file.map { try Input.acceptance(of: $0).entries } ?? []
    }
    groups.accept(acceptance)
    var style = Style(for: output.output)
    style.drawsAll = output.all
    let text =
      switch output.format {
      case .json: groups.jsonReport()
      case .table: groups.tableReport()
      default: groups.terminalReport(style: style)
      }
    try outputs.write(text, to: output.output)
    if groups.hasFailures { throw ExitCode(1) }
    if !groups.isDecided { throw ExitCode(2) }
  }
}

/// The forms of a result, and the formats of each.
enum ComparisonShape {
  case pair, table, groups, machines

  private var formats: [ComparisonFormat] {
    switch self {
    case .pair: [.terminal, .json, .ktap, .junit]
    case .table: [.terminal, .markdown, .html, .json]
    case .groups: [.terminal, .table, .json]
    case .machines: [.terminal, .markdown]
    }
  }

  func check(_ format: ComparisonFormat) throws {
    if let refusal = refusal(of: format) { throw ValidationError(refusal) }
  }

  /// The reason why this format is not possible; nil where it is.
  func refusal(of format: ComparisonFormat) -> String? {
    formats.contains(format) ? nil : "--format \(format.rawValue): \(choice)"
  }

  /// The possible formats, in a sentence.
  var choice: String {
    let what =
      switch self {
      case .pair: "a comparison of two records"
      case .table: "a table of records"
      case .groups: "groups of records"
      case .machines: "a table of machines"
      }
    let names = formats.map(\.rawValue)
    return "\(what) can be shown as \(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")"
  }
}

/// A form that a comparison can take.
enum ComparisonFormat: String, CaseIterable, ExpressibleByArgument {
  case terminal, table, markdown, html, json, ktap, junit

  /// - Throws: `ValidationError` with the formats of the shape.
  init(_ name: String, of shape: ComparisonShape) throws {
    guard let format = Self(rawValue: name) else { throw ValidationError(shape.choice) }
    self = format
  }
}

/// The options for the report of a comparison.
struct ComparisonOptions: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The format of the report.",
      discussion: """
        Two records: terminal, json, ktap, junit. More than two: terminal, markdown, html, json. With --group: terminal, \
        json, or table (one line for each record). Machines: terminal, markdown.
        """,
      valueName: "format"))
  var format: ComparisonFormat = .terminal

  @Flag(help: "Show every change, and every behaviour that could not be compared.")
  var all = false

  @ArgumentParser.Option(
    name: [.short, .long],
    help: ArgumentHelp("Write the report to this file; - is standard output.", valueName: "file"))
  var output: String?
}

extension Comparison {
  /// Writes the report where it is wanted.
  ///
  /// - Parameters:
  ///   - files: where the two records are from; nil for one that was just made, and is kept nowhere.
  ///   - all: whether nothing is only counted.
  ///   - canRepeat: true if the later record was just made, and can be made again under the recorded settings.
  func write(
    files: (before: String?, after: String?), as format: ComparisonFormat, all: Bool,
    canRepeat: Bool = false,
    to output: String?, of outputs: Outputs
  ) throws {
    var style = Style(for: output)
    style.drawsAll = all
    let text =
      switch format {
      case .json: jsonReport(files: files)
      case .ktap: TestReport(self, files: files).ktap()
      case .junit: TestReport(self, files: files).junit()
      default:
        terminalReport(names: (files.before ?? "", files.after ?? ""), canRepeat: canRepeat, style: style)
      }
    try outputs.write(text, to: output)
  }
}
