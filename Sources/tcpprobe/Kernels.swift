import ArgumentParser
import Guests
import Linux
import Records
import Reports

struct Kernels: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Boots other kernels in QEMU and puts side by side what their TCP does.",
    discussion: """
      Each kernel is booted with this program as its first process, plays a record in virtual time (what sleeps is \
      skipped: hours pass in seconds) and is gone. A guest has no network device. This program must be one static file:

        swift build -c release --static-swift-stdlib -Xswiftc -static-executable --product tcpprobe

      Examples:
        tcpprobe kernels --debian 6.1,6.12,newest
        tcpprobe kernels /boot/vmlinuz-*
        tcpprobe kernels arch/x86/boot/bzImage --keep records
        tcpprobe kernels vmlinuz-6.12=lib/modules/6.12 --run close-sequence --on wire
        tcpprobe kernels unpacked-packages/
        tcpprobe kernels --bisect --debian '6.12.*' --behaviour "SYN schedule"
        git bisect run sh -c 'make -j8 bzImage || exit 125
          tcpprobe kernels arch/x86/boot/bzImage --against before.md'

      Exit status: 0 all of them played and the same, 1 they differ, 2 one gave no result. Of --bisect: 0 found, 1 the \
      ends do not differ, 2 it could not be told.
      """)

  @Argument(
    help: ArgumentHelp(
      "Kernel images, each perhaps with the folder of its modules; or folders of unpacked packages.",
      valueName: "image[=modules]"))
  var images: [String] = []

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Debian's kernels, fetched and unpacked, never installed: series or releases, newest, all.",
      discussion: "all is the newest of each series, '6.12.*' every point release, '*' all that there are.",
      valueName: "6.1,6.12.100,newest"))
  var debian: String?

  @ArgumentParser.Option(
    name: .customLong("run"), parsing: .remaining,
    help: ArgumentHelp("Play this command of tcpprobe instead of a record.", valueName: "command"))
  var command: [String] = []

  @Flag(help: "Show what is the same on all kernels, too.") var all = false

  @ArgumentParser.Option(
    name: [.short, .long], help: ArgumentHelp("Write the table to this file.", valueName: "file"))
  var output: String?

  @ArgumentParser.Option(
    help: ArgumentHelp("The format of the table; a file gets Markdown.", valueName: "terminal|markdown|html"))
  var format: Format = .terminal

  @ArgumentParser.Option(
    help: ArgumentHelp("Keep each kernel's record in this folder, which is there.", valueName: "folder"))
  var keep: String?

  @Flag(help: "Let the guests' time run as fast as ours.") var realTime = false

  @ArgumentParser.Option(help: ArgumentHelp("Seconds after which a guest is ended.", valueName: "seconds"))
  var limit = 300

  @ArgumentParser.Option(
    help: ArgumentHelp("Guests at a time (default: as many as there are cores).", valueName: "number"))
  var jobs: Int?

  @ArgumentParser.Option(
    help: ArgumentHelp("The static program that goes into the guests (default: this one).", valueName: "file")
  )
  var program: String?

  @OptionGroup var search: BisectOptions

  func validate() throws {
    guard [.terminal, .markdown, .html].contains(format) else {
      throw ValidationError(
        "--format \(format.rawValue): a table of kernels is shown as terminal, markdown or html")
    }
    if let output { try Output.check(output, of: "--output") }
    if let keep, !WholeFile.isFolder(keep) {
      throw ValidationError("--keep \(keep): there is no such folder")
    }
  }

  func run() throws {
    try Failure.reporting {
      do {
        if search.isWanted { return try runSearch() }
        let images = try self.images.flatMap(found) + (debian.map(fetched) ?? [])
        guard !images.isEmpty else {
          throw Failure(Self.noKernel, status: ExitCode(64))
        }
        let bytes = try StaticProgram.read(program)
        let guests = images.map { image in
          var guest = Guest(
            image, arguments: command.isEmpty ? ["record", "--settings", "kernel"] : command, program: bytes)
          guest.isVirtual = !realTime
          guest.limit = limit
          return guest
        }
        let outcomes = Signals.deferring { GuestRuns(guests).run(atOnce: jobs ?? System.processorCount) }
        try show(outcomes)
      } catch let error as GuestError { throw Failure("\(error)") }
    }
  }

  static let noKernel = "no kernel is named: give images, or --debian 6.1,6.12,newest"

  /// The image of this name, or all in the folder of this name.
  func found(_ word: String) throws(GuestError) -> [Image] {
    if WholeFile.isFolder(word) { return try Image.all(in: word) }
    let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
    return [try Image(at: parts[0], modules: parts.count > 1 ? parts[1] : nil)]
  }

  /// Debian's kernels of these names.
  private func fetched(_ names: String) throws -> [Image] {
    try Self.debian().images(for: names.split(separator: ",").map(String.init))
  }

  static func debian() throws -> Debian {
    let home = Terminal.environment("XDG_CACHE_HOME") ?? (Terminal.environment("HOME") ?? "/tmp") + "/.cache"
    return try Debian(cache: home + "/tcpprobe/kernels") { Output.note($0) }
  }

  private func show(_ results: [GuestRuns.Outcome]) throws {
    var records: [Record] = []
    var isWhole = true
    for outcome in results {
      switch outcome.result {
      case .failure: isWhole = false
      case .success(let result):
        if let keep {
          let path = "\(keep)/linux-\(outcome.image.release).md"
          try Output.write(result.output, to: path)
        }
        if command.isEmpty {
          records.append(
            try Record(reading: String(decoding: result.output, as: UTF8.self), name: outcome.image.release))
        } else {
          try Output.write(Array("== Linux \(outcome.image.release)\n".utf8) + result.output, to: output)
        }
      }
    }
    guard command.isEmpty else {
      if !isWhole { throw ExitCode(2) }
      return
    }
    guard !records.isEmpty else { throw ExitCode(2) }
    let table = KernelTable(records, all: all)
    try table.write(as: format, to: output)
    if !isWhole { throw ExitCode(2) }
    if table.rows.contains(where: { !$0.isSame }) { throw ExitCode(1) }
  }
}

extension KernelTable {
  /// Fails for a format that is about plays.
  static func check(_ format: Format) throws {
    guard [.terminal, .markdown, .html].contains(format) else {
      throw ValidationError(
        "--format \(format.rawValue): a table of kernels is shown as terminal, markdown or html")
    }
  }

  /// Writes it where it is wanted; a file gets Markdown where nothing else is asked for.
  func write(as format: Format, to output: String?) throws {
    let text =
      switch format {
      case .html: html
      case .terminal: output == nil ? terminalReport(style: .ofStandardOutput) : markdown
      default: markdown
      }
    try Output.write(Array(text.utf8), to: output)
  }
}
