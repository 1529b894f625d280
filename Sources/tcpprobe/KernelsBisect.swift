import ArgumentParser
import Guests
import Linux
import Scenarios
import Records
import Reports

extension Kernels {
  /// Runs --bisect or --against.
  func runSearch() throws {
    let isHeld = search.against != nil
    do {
      let job = try job()
      // What cannot be written is told before anything is fetched or run.
      let outputs = try outputs(for: job)
      let bytes = try StaticProgram.read(program)
      let kernels = try candidates()
      let run = BisectRun(
        kernels: Candidate.toldApart(search.bisect ? Candidate.inOrder(kernels) : kernels),
        wholeRecord: usual,
        jobs: max(1, jobs ?? System.processorCount)
      ) { guest($0, running: $1, in: bytes) }
      if let path = search.against {
        try hold(run, to: path)
      } else {
        guard run.kernels.count > 1 else {
          throw Failure("--bisect needs at least two kernels", status: ExitCode(64))
        }
        try isRecord ? bisect(run, into: outputs) : bisectVerdicts(run, job, into: outputs)
      }
    } catch let error as GuestError {
      // git takes 1 to 127 for what the kernel is; this is none of it.
      throw isHeld ? Failure("\(error)", status: ExitCode(128)) : Failure(error)
    }
  }

  /// The kernels that are named; Debian's are fetched when they are run.
  private func candidates() throws -> [Candidate] {
    var kernels: [Candidate] = []
    for word in images {
      do throws(GuestError) { kernels += try found(word).map { Candidate($0) } } catch {
        // A commit that builds no image is one that git bisect skips.
        guard search.against != nil else { throw error }
        throw Failure("\(error)", status: ExitCode(125))
      }
    }
    if let debian {
      let source = try Self.debian()
      kernels += try source.packages(for: debian.split(separator: ",").map(String.init))
        .map { Candidate($0, of: source) }
    }
    guard !kernels.isEmpty else { throw Failure(Self.noKernel, status: ExitCode(64)) }
    return kernels
  }

  /// Finds the first kernel that does something else: exit status 0 found, 1 the ends do not differ, 2 it could not be
  /// told.
  private func bisect(_ run: BisectRun, into outputs: Outputs) throws {
    let ordered = run.kernels
    let aim: Bisection.Aim =
      !search.behaviours.isEmpty ? .named(search.behaviours) : all ? .all : .mostConsequential
    let bisection = try run.run(aim, isEvery: search.exhaustive)
    guard let ends = bisection.ends else {
      throw Failure("fewer than two kernels gave a result, so there is nothing to compare")
    }
    let report = BisectionReport(bisection, titles: ordered.map(\.title), versions: ordered.map(\.version))
    let style = Style(for: output)
    if bisection.findings.isEmpty, case .named(let texts) = aim, bisection.alike(namedBy: texts).isEmpty {
      throw Failure(
        "no behaviour of \(ordered[ends.oldest].title) or \(ordered[ends.newest].title) matches --behaviour"
          + " \(texts.joined(separator: ", "))", status: ExitCode(64))
    }
    try outputs.write(report.text(style: style), to: output)
    if bisection.findings.isEmpty { throw ExitCode(1) }
  }

  /// Holds kernels to a record, with an exit status as `git bisect run` wants it.
  private func hold(_ run: BisectRun, to path: String) throws {
    let before: Record
    do { before = try Input.record(path).inPresentWords(of: Scenarios.catalogue) } catch let failure
      as Failure
    {
      throw Failure(failure.description, status: ExitCode(128))
    }
    let texts = search.behaviours
    let sections = HeldRecord.sections(of: before, namedBy: texts)
    guard !sections.isEmpty || texts.contains(where: { $0.contains("_") }) else {
      throw Failure(
        "\(path) has no behaviour that matches --behaviour \(texts.joined(separator: ", "))",
        status: ExitCode(128))
    }
    let images = run.images(of: Array(run.kernels.indices))
    let kept = keep.map { KeptRecords(of: images.map(\.image), in: $0) }
    let job = GuestJob(texts.isEmpty ? usual : run.arguments(sections))
    let outputs = try outputs(kept, for: job)
    let results = run.outcomes(of: images, job) { place, result in
      let record = try result.record(of: images[place].image)
      tellLacks(of: record)
      try kept?.write(Array(record.markdown.utf8), of: place, into: outputs)
    } read: {
      try $0.record(of: $1)
    }
    var text = ""
    var isChanged = false
    var isWhole = true
    for (place, kernel) in run.kernels.enumerated() {
      switch results[place] {
      case .success(let record):
        let held = HeldRecord(record, to: before, by: Scenarios.catalogue, namedBy: texts)
        text += held.text(kernel.fullTitle)
        isChanged = isChanged || !held.changes.isEmpty
        isWhole = isWhole && held.isDecided
      case .failure(let error) where error.kind == .panic:
        // The kernel that made the record has survived what this one did not.
        text += "\(kernel.fullTitle): \(error)\n"
        isChanged = true
      case .failure, nil: isWhole = false
      }
    }
    try outputs.write(text, to: output)
    if isChanged { throw ExitCode(1) }
    if !isWhole { throw ExitCode(125) }
  }
}
