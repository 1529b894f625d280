import ArgumentParser
import Documents
import Guests
import Linux
import Records
import Reports
import Running
import Traces

/// The command that guests run, with the files that it reads.
struct GuestJob {
  var words: [String]
  var files = CarriedFiles()
  /// The names of the files whose verdicts are wanted; nil where each guest's output is wanted as it is.
  var checked: [String]?

  /// True if each guest gives a machine, and a table of them is wanted.
  var isLearning = false

  /// The folder that scripts which tell the machines apart are written to.
  var witnesses: WitnessFolder?

  /// The seconds after which a guest is stopped where nothing else is wanted: learning asks a million inputs and more.
  var limit = 300
  /// Those that each file adds: a guest without KVM takes about one for a small page.
  private static let limitOfFile = 3

  init(_ words: [String]) { self.words = words }

  /// Reads the files, before a guest is booted.
  ///
  /// - Parameters:
  ///   - words: the command.
  ///   - command: what they are; nil where they only ask for help.
  /// - Throws: ``Failure`` with exit status 64 where a file cannot be read, or is too large.
  init(_ words: [String], as command: (any ParsableCommand)?) throws {
    self.init(words)
    if command is Learn || (command as? RecordCommand)?.machine.isEmpty == false { limit = 3600 }
    do {
      if let learn = command as? Learn, learn.isForTable {
        isLearning = true
        self.words = words.prefix(1) + ["--format", MachineFormat.json.rawValue] + words.dropFirst()
        return
      }
      guard let check = command as? Check, check.output.chosenFormat == nil else {
        try (command as? any FileReader)?.addFiles(to: &files)
        return
      }
      try check.refuseWithoutVerdicts(try check.addSources(to: &files))
      checked = check.files.map(Input.name)
      limit += Self.limitOfFile * (checked?.count ?? 0)
    } catch let excess as CarriedFiles.Excess {
      throw Failure("--run: \(excess)", status: ExitCode(64))
    }
    // Behind the name of the command: the rest may hold `--`, behind which an option is none.
    self.words = words.prefix(1) + ["--format", Format.json.rawValue] + words.dropFirst()
  }
}

/// A command that reads files: a guest has only those that are put there.
protocol FileReader: ParsableCommand {
  func addFiles(to files: inout CarriedFiles) throws
}

extension CarriedFiles {
  /// Adds a file that a person has named.
  @discardableResult
  fileprivate mutating func add(_ path: String) throws -> [UInt8] {
    let bytes = try Input.bytes(path)
    try add(path, bytes, of: path == "-" ? nil : FileIdentity(of: path))
    return bytes
  }

  /// Adds the file of a page, unless this is the name of a built-in one.
  fileprivate mutating func add(page name: String) throws {
    if BuiltInPages.page(name) == nil { try add(name) }
  }
}

extension Check: FileReader {
  func addFiles(to carried: inout CarriedFiles) throws { _ = try addSources(to: &carried) }

  /// Adds the files, and those that they name.
  ///
  /// - Returns: the files that are text.
  fileprivate func addSources(to carried: inout CarriedFiles) throws -> [Run.Source] {
    var sources: [Run.Source] = []
    for path in files where !carried.contains(path) {
      let bytes = try carried.add(path)
      guard let text = String(validating: bytes, as: UTF8.self) else { continue }
      let source = Run.Source(name: Input.name(of: path), text: text)
      sources.append(source)
      if Self.isScript(source) {
        for named in ScriptFile.files(namedBy: text, path: source.name) { try carried.add(named) }
      } else if Record.isOne(text), path != "-" {
        let accepted = Input.acceptancePath(of: path)
        if WholeFile.isTaken(accepted) { try carried.add(accepted) }
      }
    }
    return sources
  }

  /// Fails for what gives no verdicts on files.
  fileprivate func refuseWithoutVerdicts(_ sources: [Run.Source]) throws {
    if output.output != nil {
      throw Failure(
        "--output: a guest keeps no file: name the file of the table before --run", status: ExitCode(64))
    }
    try refuseMixture()
    if let record = sources.first(where: { Record.isOne($0.text) }) {
      throw Failure(
        "\(record.name) is a record: compare kernels with it by --against FILE, without --run",
        status: ExitCode(64))
    }
  }
}

extension Explain: FileReader {
  func addFiles(to files: inout CarriedFiles) throws {
    if let page { try files.add(page: page) } else if namesCapture { try files.add(claim) }
  }
}

extension Learn: FileReader {
  func addFiles(to files: inout CarriedFiles) throws {
    if let against { try files.add(against) }
  }

  /// Tells whether a table of machines is wanted, and not the output of each guest.
  fileprivate var isForTable: Bool {
    against == nil && state == nil && output == nil && !all && format == .terminal
  }
}

extension Live: FileReader {
  func addFiles(to files: inout CarriedFiles) throws {
    if let page { try files.add(page: page) }
    if let keys { try files.add(keys) }
  }
}
