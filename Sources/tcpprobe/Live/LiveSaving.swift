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

  /// Writes the page, and runs it as `check` would. Where the kernel does something else, the table ends before that.
  func save(_ trace: Trace, of page: LivePage, _ family: Family) throws -> Saved {
    let machine = Machine.here()
    let system = "Linux \(machine.release) (\(machine.architecture))"
    func text(_ stepped: SteppedLadder, unconfirmed: [String] = []) -> String {
      stepped.page(title: page.name, system: system, unconfirmed: unconfirmed)
    }
    let path = freePath
    let outputs = self.path == nil ? try Outputs([("live", path)]) : outputs
    let whole = SteppedLadder(of: trace)
    // The page is there before it is checked, whatever ends the program meanwhile.
    try outputs.write(text(whole), to: path)
    var stepped = whole
    var check = LiveCheck(of: text(whole), named: path, family)
    let first = check.contradiction
    var tries = 0
    while let contradiction = check.contradiction, let first, !stepped.ladder.rungs.isEmpty {
      // What comes behind the last row is caused by an earlier one, which is likely to be near.
      tries += 1
      let distance = max(1, tries - LiveSaving.nearRows)
      let end = max(0, min(contradiction.rung, stepped.ladder.rungs.count - distance))
      stepped = whole.ending(before: end, because: first.reason)
      check = LiveCheck(of: text(stepped), named: path, family)
    }
    try outputs.write(text(stepped, unconfirmed: check.unconfirmed), to: path)
    return Saved(
      path: path, unsaid: stepped.unsaid.map { $0.sentence(names: trace.names) },
      unconfirmed: check.unconfirmed, checked: check.sentence)
  }

  /// The number of rows that are left out one by one.
  private static let nearRows = 8

  private var freePath: String {
    if let path { return path }
    // A file of the person's is not overwritten.
    let names = (1...).lazy.map { $0 == 1 ? "live.md" : "live-\($0).md" }
    return names.first { !WholeFile.isTaken($0) } ?? "live.md"
  }
}
