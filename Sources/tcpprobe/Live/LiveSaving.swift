import Benches
import Documents
import Linux
import Reports
import Running
import TCP
import Traces

/// The file that a run by hand is written to, as a page that `check` runs.
struct LiveSaving {
  let path: String?
  let outputs: Outputs

  /// Writes the page.
  ///
  /// - Returns: its path, and what it does not have.
  func save(_ trace: Trace, of page: LivePage) throws -> (path: String, unsaid: [String]) {
    let stepped = SteppedLadder(of: trace)
    let unsaid = stepped.unsaid.map { $0.sentence(names: trace.names) }
    let machine = Machine.here()
    let text = stepped.page(title: page.name, system: "Linux \(machine.release) (\(machine.architecture))")
    if let path {
      try outputs.write(text, to: path)
      return (path, unsaid)
    }
    // A file of the person's is not overwritten.
    let names = (1...).lazy.map { $0 == 1 ? "live.md" : "live-\($0).md" }
    let path = names.first { !WholeFile.isTaken($0) } ?? "live.md"
    try Outputs([("live", path)]).write(text, to: path)
    return (path, unsaid)
  }
}
