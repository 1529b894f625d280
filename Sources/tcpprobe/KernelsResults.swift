import ArgumentParser
import Guests
import Linux
import Records
import Reports
import Scenarios

/// The results of guests: records, a table of them, or the output of another command.
extension Kernels {
  var isRecord: Bool { command.isEmpty }

  /// Shows what the guests gave; what one of them lacks takes nothing from the others.
  func show(_ outcomes: [GuestRuns.Outcome], of job: GuestJob, into outputs: Outputs) throws {
    if job.isLearning { return try showMachines(outcomes, of: job, into: outputs) }
    if let files = job.checked { return try showVerdicts(outcomes, on: files, into: outputs) }
    var results: [(image: Image, result: Guest.Result)] = []
    for outcome in outcomes {
      if case .success(let result) = outcome.result { results.append((outcome.image, result)) }
    }
    let isWhole = results.count == outcomes.count && outcomes.allSatisfy(\.isKept)
    guard isRecord else { return try show(results, isWhole: isWhole, into: outputs) }
    // Output that is no record was told when its guest was done.
    let readable = results.compactMap { result in
      (try? result.result.record(of: result.image)).map {
        (record: $0, result: result.result, origin: result.image.origin)
      }
    }
    let records = readable.map(\.record)
    let times = readable.map {
      KernelTable.Time(
        guest: Int($0.result.guestTime / 1_000_000_000), wall: Int($0.result.wallTime / 1_000_000_000))
    }
    guard !records.isEmpty else { throw ExitCode(2) }
    // A version alone would not tell builds of it from each other.
    let isUnclear = Set(records.map(\.environment.kernelVersion)).count < records.count
    let table = KernelTable(
      records, by: Scenarios.catalogue, files: isUnclear ? readable.map(\.origin) : [], times: times, all: all
    )
    try table.write(as: format, all: all, failsOn: .all, to: output, of: outputs)
    if !isWhole { throw ExitCode(2) }
    if table.hasFailures(on: .all) { throw ExitCode(1) }
  }

  /// Shows the output of a command in each of them.
  private func show(
    _ results: [(image: Image, result: Guest.Result)], isWhole: Bool, into outputs: Outputs
  ) throws {
    let parts = results.map { Array("== Linux \($0.image.release.visibleLine)\n".utf8) + $0.result.output }
    try outputs.write(Array(parts.joined()), to: output)
    for (image, result) in results where result.status != 0 {
      Output.note("\(image.release): the command exited with status \(result.status)\(result.console)")
    }
    // A signal or a status that only a guest knows is no result.
    let status = results.map { (0...2).contains($0.result.status) ? $0.result.status : 2 }.max() ?? 2
    if !isWhole || status != 0 { throw ExitCode(isWhole ? Int32(status) : 2) }
  }

  /// Tells what could not run in a guest: a difference between loopback and wire is none between kernels. In a guest
  /// nothing but the kernel can lack it.
  func tellLacks(of record: Record) {
    for (kind, reason) in record.environment.missingObservers where !kind.kernelOptions.isEmpty {
      Output.note(
        "\(record.environment.kernel): no \(kind.rawValue): \(reason); needs "
          + kind.kernelOptions.joined(separator: ", "))
    }
  }
}

extension Guest.Result {
  /// The record that a guest of this image has printed, with what its kernel complained of.
  func record(of image: Image) throws -> Record {
    do {
      var record = try Record(reading: String(decoding: output, as: UTF8.self), name: image.release)
      record.add(kernelMessages: kernelLog.complaints)
      return record
    } catch {
      throw Failure("the guest gave no record (exit status \(status))\(console)")
    }
  }
}

extension Failure {
  /// The failure of a guest: wrong usage if what was given is no kernel.
  init(_ error: GuestError) {
    self.init("\(error)", status: ExitCode(error.kind == .noKernel ? 64 : 2))
  }
}
