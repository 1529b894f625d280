import ArgumentParser
import Linux
import Reports

/// The folder that scripts which tell machines apart are written to.
struct WitnessFolder {
  let path: String

  /// - Throws: ``Failure`` where there is no such folder, or where it has scripts: they would be taken for new ones.
  init(_ path: String) throws {
    guard WholeFile.isFolder(path) else {
      throw Failure("--witnesses \(path): no such folder; expected an existing one", status: ExitCode(64))
    }
    if let script = WholeFile.names(in: path).first(where: { $0.hasSuffix(".pkt") }) {
      throw Failure(
        "--witnesses \(path): it has scripts (\(script)); expected a folder without", status: ExitCode(64))
    }
    self.path = path
  }

  /// Writes the scripts, and tells of those that could not be written.
  func write(_ witnesses: MachineWitnesses) throws {
    let paths = witnesses.scripts.map { "\(path)/\($0.name)" }
    let outputs = try Outputs(paths.map { ("--witnesses", $0) })
    for (path, script) in zip(paths, witnesses.scripts) { try outputs.write(script.text, to: path) }
    for (name, reason) in witnesses.unwritten { Output.note("\(name) was not written: \(reason)") }
  }
}
