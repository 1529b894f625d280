import ArgumentParser
import Guests
import Learning
import Linux
import Reports

/// The machines that `learn` finds on several kernels.
extension Kernels {
  /// Shows the machines that the guests gave; what one of them lacks takes nothing from the others.
  func showMachines(_ outcomes: [GuestRuns.Outcome], of job: GuestJob, into outputs: Outputs) throws {
    let results = outcomes.compactMap { outcome -> (kernel: VerdictTable.Kernel, machine: LearnedMachine)? in
      guard case .success(let result) = outcome.result, let machine = try? result.machine() else {
        return nil
      }
      return (VerdictTable.Kernel(outcome.image, result), machine)
    }
    guard !results.isEmpty else { throw ExitCode(2) }
    let table = MachineTable(results)
    let isShown = output.map(Outputs.isStandardOutput) ?? true
    let text =
      format == .terminal && isShown
      ? table.terminalReport(style: .ofStandardOutput) : table.markdownReport
    try outputs.write(text, to: output)
    if let folder = job.witnesses { try table.witnesses.forEach(folder.write) }
    if results.count < outcomes.count || !outcomes.allSatisfy(\.isKept) { throw ExitCode(2) }
    if table.hasDifferences { throw ExitCode(1) }
  }
}

extension VerdictTable.Kernel {
  /// The kernel that a guest ran.
  init(_ image: Image, _ result: Guest.Result) {
    self.init(
      version: image.version, release: image.release, origin: image.origin,
      guestSeconds: Int(result.guestTime / 1_000_000_000), seconds: Int(result.wallTime / 1_000_000_000))
  }
}

extension Guest.Result {
  /// The machine that `learn` has printed in a guest.
  func machine() throws -> LearnedMachine {
    do { return try LearnedMachine(reading: output) } catch {
      throw Failure("the guest gave no machine (exit status \(status))\(console)")
    }
  }
}
