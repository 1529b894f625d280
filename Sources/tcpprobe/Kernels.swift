import ArgumentParser
import Documents
import Guests
import Linux
import Scenarios
import Records
import Reports

struct Kernels: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Boots other kernels and compares what their TCP does.",
    discussion: """
      Each kernel boots with tcpprobe as its first process, makes a record and powers off. Time is virtual: idle time \
      is skipped, so that hours pass in seconds. The record includes the long timers (record --all-timers), unless \
      --run gives another command. With --run check, the table shows each file's verdict on each kernel, and the \
      first kernel on which it differs; with check --format, each guest's report is shown instead. With --run learn, it \
      shows the first kernel on which the state machine differs, with the shortest sequences of calls and segments that \
      show it. Files that the command reads are copied into the guest, up to 1,000 files and 16 MB. A guest has no network device. Kernels run in QEMU. \
      A User Mode Linux kernel (make ARCH=um linux, with CONFIG_UML_TIME_TRAVEL_SUPPORT=y) runs as a process, without \
      QEMU, in a third of the time. tcpprobe must be a static executable:

        swift build -c release --static-swift-stdlib \\
          -Xswiftc -static-executable --product tcpprobe

      Examples:
        tcpprobe kernels --debian 6.1,6.12,newest
        tcpprobe kernels /boot/vmlinuz-*
        tcpprobe kernels arch/x86/boot/bzImage --keep records
        tcpprobe kernels ./linux --run close-sequence
        tcpprobe kernels --debian 6.12 --run record --sysctls default
        tcpprobe kernels vmlinuz-6.12=lib/modules/6.12 --run close-sequence --on wire
        tcpprobe kernels --debian 5.10,6.12,newest --run check tcp/close/*.pkt
        tcpprobe kernels --debian 5.10,6.12,newest --run learn --side server
        tcpprobe kernels --debian 6.12,newest --witnesses scripts --run learn
        tcpprobe kernels --bisect --debian '6.12.*' --run check script.pkt
        tcpprobe kernels unpacked-packages/
        tcpprobe kernels --bisect --debian '6.12.*' --behaviour "SYN schedule"
        git bisect run sh -c 'make -j8 bzImage || exit 125
          tcpprobe kernels arch/x86/boot/bzImage --against before.md'

      Exit status:
        0   all kernels behave the same
        1   they differ
        2   a kernel gave no result
        64  wrong usage, or a file that is not a kernel
      With --run check or learn, these statuses refer to the verdicts or the state machines. With another --run, or with \
      check --format: the highest exit status of the command in a guest, or 2 if a guest gave no result.
      With --bisect: 0 found, 1 the oldest and the newest kernel do not differ, 2 undecided.
      With --against, for git bisect run: 0 the same, 1 changed or panicked while tcpprobe ran, 125 undecided, 128 \
      nothing could be run.
      """)

  @Argument(
    help: ArgumentHelp(
      "Kernel images, each with or without its module folder; or folders of unpacked packages.",
      valueName: "image[=modules]"))
  var images: [String] = []

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Debian kernels to download and unpack, never installed: series, releases, newest or all.",
      discussion: """
        all means the newest release of each series, '6.12.*' every release of a series, '*' every kernel. They are kept \
        in tcpprobe/kernels below $XDG_CACHE_HOME or ~/.cache. Other users must not have write access there.
        """,
      valueName: "6.1,6.12.100,newest"))
  var debian: String?

  @ArgumentParser.Option(
    name: .customLong("run"), parsing: .remaining,
    help: ArgumentHelp(
      "Run this tcpprobe command in each guest instead of record; must come last.", valueName: "command"))
  var command: [String] = []

  @Flag(help: "Also show what is the same on all kernels.") var all = false

  @ArgumentParser.Option(
    name: [.short, .long],
    help: ArgumentHelp("Write the table to this file; - is standard output.", valueName: "file"))
  var output: String?

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The format of the table; the default for a file is markdown.", valueName: "terminal|markdown|html|json"
    ), transform: { try ComparisonFormat($0, of: .table) })
  var format: ComparisonFormat = .terminal

  @ArgumentParser.Option(
    help: ArgumentHelp("Keep each kernel's record in this existing folder.", valueName: "folder"))
  var keep: String?

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "With --run learn: write two packetdrill scripts for each difference into this existing folder, one that passes"
        + " on the kernels before it, and one that passes on those from it on.", valueName: "folder"))
  var witnesses: String?

  @Flag(help: "Overwrite records in the folder of --keep.") var force = false

  @Flag(help: "Run guests in real time, with KVM if it works here, instead of virtual time.")
  var realTime = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Stop a guest after this many seconds. Default: 300, plus 3 for each file of --run check; 3600 with --run learn or"
        + " record --machine.",
      valueName: "seconds"))
  var timeout: Int?

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Guests that run at the same time. Default: the number of processors.", valueName: "number"))
  var jobs: Int?

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The static tcpprobe executable to run in the guests. Default: this one.", valueName: "file")
  )
  var program: String?

  @OptionGroup var search: BisectOptions

  func validate() throws {
    let check = try parsedCommand() as? Check
    try ComparisonShape.table.check(format)
    if let search = search.wanted {
      // A bisection runs parts of a record, and answers with no table.
      let part = self.search.bisect ? search : self.search.behaviours.isEmpty ? nil : "--behaviour"
      if keep != nil, let part {
        throw ValidationError("--keep needs whole records, so it cannot be used with \(part)")
      }
      if format != .terminal {
        throw ValidationError("--format is for the table, so it cannot be used with \(search)")
      }
      if !isRecord { try refuse(check, with: search) }
    }
    if let keep, !WholeFile.isFolder(keep) {
      throw ValidationError("--keep \(keep): no such folder; expected an existing one")
    }
    if try parsedCommand() is Learn, format == .html || format == .json {
      throw ValidationError("--format: with --run learn, only terminal and markdown")
    }
    if let timeout, !(1...1_000_000).contains(timeout) {
      throw ValidationError("--timeout \(timeout): expected 1 to 1000000 seconds")
    }
    if let jobs, jobs < 1 { throw ValidationError("--jobs \(jobs): expected at least 1") }
  }

  func run() throws {
    try Failure.reporting {
      do {
        if search.wanted != nil { return try runSearch() }
        let job = try job()
        let images = try self.images.flatMap(found) + (debian.map(fetched) ?? [])
        guard !images.isEmpty else {
          throw Failure(Self.noKernel, status: ExitCode(64))
        }
        let bytes = try StaticProgram.read(program)
        var guests = images.map { guest($0, running: job, in: bytes) }
        let kept = keep.map {
          KeptRecords(of: images, in: $0, ending: job.checked == nil && !job.isLearning ? ".md" : ".json")
        }
        let outputs = try outputs(kept, of: images, for: job)
        let outcomes = Signals.deferring {
          if realTime { tryKVM(&guests) }
          let runs = GuestRuns(guests) { place, result in
            guard isRecord else {
              if job.checked != nil { _ = try result.verdicts() }
              if job.isLearning { _ = try result.machine() }
              return try kept?.write(result.output, of: place, into: outputs) ?? ()
            }
            let record = try result.record(of: images[place])
            tellLacks(of: record)
            try kept?.write(Array(record.markdown.utf8), of: place, into: outputs)
          }
          let outcomes = runs.run(atOnce: jobs ?? System.processorCount)
          // Whoever interrupts it still gets what is done.
          if Signals.isPending { try? show(outcomes, of: job, into: outputs) }
          return outcomes
        }
        try show(outcomes, of: job, into: outputs)
      } catch let error as GuestError { throw Failure(error) }
    }
  }

  /// Claims the files of the table and of the records.
  func outputs(_ kept: KeptRecords? = nil, of images: [Image] = [], for job: GuestJob) throws -> Outputs {
    let paths = kept?.paths ?? []
    let read =
      self.images + images.map(\.path) + [program, search.against].compactMap { $0 } + job.files.paths
    let outputs = try Outputs([("--output", output)] + paths.map { ("--keep", $0) }, inputs: read)
    if !force {
      for path in paths { try outputs.refuseOverwriting(path, unless: "use --force to overwrite it") }
    }
    return outputs
  }

  /// The command that guests run by default.
  var usual: [String] { Guest.recordCommand(isVirtual: !realTime) }

  func guest(_ image: Image, running job: GuestJob, in program: [UInt8]) -> Guest {
    var guest = Guest(image, arguments: job.words, program: program)
    guest.files = job.files
    guest.isVirtual = !realTime
    guest.limit = timeout ?? job.limit
    return guest
  }

  static let noKernel = "no kernel given: name kernel images, or use --debian 6.1,6.12,newest"

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
    let base = try Debian.cacheBase { Terminal.environment($0) }
    return try Debian(cacheBelow: base, advice: Debian.cacheAdvice) { Output.note($0) }
  }

  private func tryKVM(_ guests: inout [Guest]) {
    let machines = guests.indices.filter { guests[$0].image.kind == .machine }
    guard let first = machines.first else { return }
    Output.note("trying KVM with \(guests[first].image.release)")
    let fault = guests[first].faultOfKVM()
    Output.note(fault.map { "not using KVM: \($0)" } ?? "using KVM")
    for place in machines { guests[place].usesKVM = fault == nil }
  }
}
