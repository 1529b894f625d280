import ArgumentParser
import Guests
import Learning
import Linux
import Reports

/// The machines that `learn` finds on several kernels.
extension Kernels {
  /// Shows the machines that the guests gave; what one of them lacks takes nothing from the others.
  func showMachines(_ outcomes: [GuestRuns.Outcome], of job: GuestJob, into outputs: Outputs) throws {
    let machines = outcomes.compactMap { try? $0.result.get().machine() }
    guard !machines.isEmpty else { throw ExitCode(2) }
    let table = MachineTable(machines)
    try table.write(as: format, to: output, of: outputs)
    if let folder = job.witnesses { try table.witnesses.forEach(folder.write) }
    if machines.count < outcomes.count || !outcomes.allSatisfy(\.isKept) { throw ExitCode(2) }
    if table.hasDifferences { throw ExitCode(1) }
  }
}

extension MachineTable {
  /// Writes it where it is wanted; a file gets Markdown.
  func write(as format: ComparisonFormat, to output: String?, of outputs: Outputs) throws {
    let isShown = output.map(Outputs.isStandardOutput) ?? true
    let text = format == .terminal && isShown ? terminalReport(style: .ofStandardOutput) : markdownReport
    try outputs.write(text, to: output)
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
