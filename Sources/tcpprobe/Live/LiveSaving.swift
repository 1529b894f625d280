import Documents
import Linux
import Reports
import TCP
import Traces

/// The file that a run by hand is written to, as a page that `check` runs.
struct LiveSaving {
  let path: String?
  let outputs: Outputs

  /// A page that was written.
  struct Saved {
    var path: String
    /// All that its table does not have.
    var unsaid: [String]
    /// All that check did not confirm.
    var unconfirmed: [String]
    /// The result of the check, in a sentence.
    var checked: String
  }

  /// Writes the page, and runs it once as `check` would.
  func save(_ trace: Trace, of page: LivePage, _ family: Family) throws -> Saved {
    let stepped = SteppedLadder(of: trace)
    let machine = Machine.here()
    let system = "Linux \(machine.release) (\(machine.architecture))"
    let text = stepped.page(title: page.name, system: system)
    let path = freePath
    let outputs = self.path == nil ? try Outputs([("live", path)]) : outputs
    // The page is there before it is checked, whatever ends the program meanwhile.
    try outputs.write(text, to: path)
    let check = LiveCheck(of: text, named: path, family)
    let unconfirmed = check.unconfirmed
    if !unconfirmed.isEmpty {
      try outputs.write(stepped.page(title: page.name, system: system, unconfirmed: unconfirmed), to: path)
    }
    return Saved(
      path: path, unsaid: stepped.unsaid.map { $0.sentence(names: trace.names) }, unconfirmed: unconfirmed,
      checked: check.sentence)
  }

  private var freePath: String {
    if let path { return path }
    // A file of the person's is not overwritten.
    let names = (1...).lazy.map { $0 == 1 ? "live.md" : "live-\($0).md" }
    return names.first { !WholeFile.isTaken($0) } ?? "live.md"
  }
}
