import ArgumentParser
import ChangedKernels
import Guests
import Linux
import SystemPackage

struct KernelChanges: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Changes a kernel's TCP in many ways, one at a time, and counts the changes that a record tells of.",
    discussion: """
      The sources come from Debian, or from a tree that is copied. They are built once in the work folder. Each change \
      is one edit: a random one, or a fix of a real bug taken back. The changed kernel is built and makes a record, which \
      is compared with that of the unchanged kernel. Results are kept in the work folder: what was interrupted is \
      resumed. Each change takes half a minute where the kernel is a program (User Mode Linux), and more than a minute in \
      QEMU. The unchanged kernel runs with other random numbers, too: what changes does not count, and some more of its \
      runs show what is left of false alarms.

      Examples:
        swift build -c release --static-swift-stdlib -Xswiftc -static-executable \\
          --product tcpprobe --scratch-path .build/static
        swift run -c release trust kernel-changes --program .build/static/release/tcpprobe
        swift run -c release trust kernel-changes --list --fixes
        swift run -c release trust kernel-changes --only s1-17 --again
        swift run -c release trust kernel-changes --only early-timeout-reno --build
      """)

  @ArgumentParser.Option(help: "The number of random changes to run.") var count = 100
  @ArgumentParser.Option(help: "The number of runs of the unchanged kernel with other random numbers.")
  var controls = 4
  @ArgumentParser.Option(help: "Another seed gives other random changes.") var seed: UInt64 = 1
  @ArgumentParser.Option(
    help: "Only this change: the number of a random one, or what a name begins with.") var only: String?
  @Flag(help: "Only fixes of real bugs, taken back.") var fixes = false
  @Flag(help: "Only random changes.") var random = false
  @Flag(help: "List the changes; nothing is built.") var list = false
  @Flag(help: "Build the changed kernels, keep them in the work folder, and run nothing.") var build = false
  @Flag(help: "Run again what has a result.") var again = false
  @Flag(help: "Run nothing: show what has a result.") var kept = false
  @ArgumentParser.Option(help: "The series of Debian's sources.") var debian = "6.12"
  @ArgumentParser.Option(help: "A kernel's tree to copy, instead of Debian's sources.") var source: String?
  @ArgumentParser.Option(help: "What runs the kernels.") var guest = GuestKind.uml
  @ArgumentParser.Option(
    help: "The fragment of the kernel's configuration. Default: Trust/Kernel/config.GUEST.fragment")
  var config: String?
  @ArgumentParser.Option(help: "The verdicts of people on changes that no record tells of.")
  var verdicts = "Trust/Kernel/verdicts.md"
  @ArgumentParser.Option(
    help: "The folder of sources, kernels and results. Default: tcpprobe/kernel-changes in the cache folder.")
  var work: String?
  @ArgumentParser.Option(help: "The static tcpprobe executable to run in the guests.")
  var program = ".build/static/release/tcpprobe"
  @Flag(help: "Records leave out what waits for longer than 2 s.") var quick = false
  @ArgumentParser.Option(help: "Guests at the same time.") var jobs = 1
  @ArgumentParser.Option(help: "A guest hangs after this many seconds of processor time.") var timeout = 300
  @ArgumentParser.Option(name: [.short, .long], help: "Write the table to this Markdown file.")
  var output: String?

  func validate() throws {
    guard count >= 0, controls >= 0, jobs > 0, timeout > 0 else {
      throw ValidationError("--count and --controls must be 0 or more, --jobs and --timeout 1 or more")
    }
    if kept, again { throw ValidationError("--kept and --again: use only one") }
    if fixes, random { throw ValidationError("--fixes and --random: use only one") }
  }

  func run() throws {
    do { try Signals.deferring { try runAll() } } catch {
      tell("\(error)")
      throw ExitCode(2)
    }
  }

  private func runAll() throws {
    try BuildCommand.checkPrograms(for: guest)
    let folder = try workFolder()
    // Two at a time would take each other's changes back.
    guard let lock = try FileLock("\(folder)/lock") else {
      throw BuildCommand.Fault(
        description: "\(folder) is in use by another kernel-changes; name another with --work")
    }
    let outcome = Result { try runAll(in: folder) }
    lock.release()
    try outcome.get()
  }

  private func runAll(in folder: String) throws {
    let (tree, title) = try tree(in: folder)
    if list { return try listAll(of: tree) }
    if build { return try buildAll(of: tree) }
    let bytes = try StaticProgram.read(program)
    guard let judged = try? HandVerdicts(reading: text(of: verdicts)) else {
      throw BuildCommand.Fault(description: "\(verdicts): expected a table | change | verdict | reason |")
    }
    let records = GuestRecords(program: bytes, isQuick: quick, limit: timeout)
    let image = try tree.image()
    let baseline = try BaselineRecord.make(records, of: image, in: tree.work) { tell($0) }
    var run = ChangeRun(tree: tree, records: records, baseline: baseline, jobs: jobs, again: again)
    run.onlyKept = kept
    var falseAlarms: [String] = []
    var sets: [(title: String, results: [ChangeResult])] = []
    if only == nil, controls > 0 {
      var seeds = (BaselineRecord.firstControl..<(BaselineRecord.firstControl + controls))[...]
      let results = run.run(isControl: true) { _ in
        seeds.popFirst().map(ChangedKernel.init(unchangedWith:))
      }
      let told =
        "Of \(results.count) further runs of the unchanged kernel, with other random numbers, a record told of a change in"
        + " \(results.count { $0.isNoticed })."
      tell(told)
      falseAlarms = [told]
    }
    if !random {
      var fixes = wantedFixes(of: tree)[...]
      sets.append(("fixes of real bugs, taken back", run.run { _ in fixes.popFirst() }))
    }
    if !fixes {
      var edits = edits(of: tree)
      sets.append(("random changes", run.run { wasRun in nextRandom(&edits, wasRun) }))
    }
    if only != nil { sets.removeAll(where: \.results.isEmpty) }
    guard !sets.isEmpty else { throw BuildCommand.Fault(description: "no change is named \(only ?? "")") }
    let preface =
      [
        "Made by `trust kernel-changes` with \(title) (Linux \(image.version), --guest \(guest.rawValue)), seed \(seed), and records of"
          + " \(baseline.record.count) behaviours\(quick ? " (--quick)" : "").",
        "\(baseline.unsteady.count) of these change with the guest's random numbers alone, and do not count.",
        "A change's first change of the record is the one that is ranked first, with both values and who notices it.",
      ] + falseAlarms
    let table = ScoreTable(sets, verdicts: judged, preface: preface)
    for set in sets {
      let score = table.score(of: set.results)
      tell(
        "\(set.title): \(score.found) found, \(score.cutShort) panics, hangs and errors, \(score.missed) missed,"
          + " \(score.equivalent) equivalent, \(score.undecided) without a result: "
          + (score.percent.map { "\($0) %" } ?? "no score"))
    }
    if let output {
      let file = try WholeFile.create(output)
      try WholeFile.write(Array(table.markdown.utf8), to: file.rawValue)
    }
  }

  private func text(of path: String) throws -> String {
    String(decoding: try WholeFile.read(path, limit: 1 << 24), as: UTF8.self)
  }

  // MARK: Changes

  private func edits(of tree: KernelTree) -> RandomEdits {
    RandomEdits(
      of: RandomEdits.files.compactMap { file in tree.text(of: file).map { (file, $0) } }, seed: seed)
  }

  /// The next random change of those that are wanted; nil if there are enough.
  private func nextRandom(_ edits: inout RandomEdits, _ wasRun: Int) -> ChangedKernel? {
    while wasRun < (only == nil ? count : 1), let edit = edits.next() {
      // Of a hundred changes a few cannot be compiled, or change no machine code.
      if kept, edit.number > count * 2 { return nil }
      if let only {
        if edit.number > 10_000 || "\(edit.number)" == only || edit.id.hasPrefix(only) {
          return edit.number > 10_000 ? nil : ChangedKernel(edit)
        }
      } else {
        return ChangedKernel(edit)
      }
    }
    return nil
  }

  private func wantedFixes(of tree: KernelTree) -> [ChangedKernel] {
    UndoneFix.all.filter { fix in only.map(fix.name.hasPrefix) ?? true }.map { ChangedKernel($0, in: tree) }
  }

  private func buildAll(of tree: KernelTree) throws {
    var edits = edits(of: tree)
    var wasBuilt = 0
    var kernels = (random ? [] : wantedFixes(of: tree))[...]
    while !Signals.isPending, let kernel = kernels.popFirst() ?? (fixes ? nil : nextRandom(&edits, wasBuilt))
    {
      switch try kernel.edits.isEmpty ? nil : tree.build(kernel.edits, as: kernel.id) {
      case .image(let path)?:
        wasBuilt += 1
        tell("\(path): \(kernel.told)")
      case nil, .notCompiled?, .sameCode?: tell("no kernel: \(kernel.told)")
      }
    }
  }

  private func listAll(of tree: KernelTree) throws {
    if !random { for kernel in wantedFixes(of: tree) { tell(kernel.told) } }
    if fixes { return }
    var edits = edits(of: tree)
    for _ in 0..<count {
      guard let edit = edits.next() else { return }
      tell(ChangedKernel(edit).told)
    }
  }

  // MARK: The tree

  private func workFolder() throws -> String {
    let base = try Debian.cacheBase { Terminal.environment($0) }
    let path = work.map { WholeFile.resolved($0) ?? $0 }
    if let path, !WholeFile.isFolder(path) {
      throw BuildCommand.Fault(description: "--work \(path): no such folder; expected an existing one")
    }
    do throws(OwnFolder.Fault) {
      let folder = try OwnFolder.make(
        path == nil ? "tcpprobe/kernel-changes" : "", below: FilePath(path ?? base))
      _ = try OwnFolder.make("results", below: FilePath(folder))
      return folder
    } catch { throw BuildCommand.Fault(description: "\(error.path) \(error.reason)") }
  }

  private func tree(in folder: String) throws -> (tree: KernelTree, title: String) {
    let config = self.config ?? guest.fragment
    var tree = KernelTree(work: folder, guest: guest, config: WholeFile.resolved(config) ?? config)
    tree.jobs = System.processorCount
    let origin: KernelTree.Origin
    let title: String
    if let source {
      guard WholeFile.isThere("\(source)/net/ipv4/tcp.c") else {
        throw BuildCommand.Fault(description: "--source \(source): expected a kernel's tree")
      }
      (origin, title) = (.folder(WholeFile.resolved(source) ?? source), "a tree")
    } else {
      let base = try Debian.cacheBase { Terminal.environment($0) }
      let package = try Debian(cacheBelow: base, advice: Debian.cacheAdvice) { tell($0) }.source(of: debian)
      (origin, title) = (.debian(package), package.title)
    }
    try tree.prepare(from: origin, isListing: list) { tell($0) }
    return (tree, title)
  }
}
