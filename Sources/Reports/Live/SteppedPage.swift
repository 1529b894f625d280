package import Documents
import Notations
package import Traces

extension SteppedLadder {
  /// The run as a page that `check` reads, with all that its table does not have.
  ///
  /// - Parameters:
  ///   - title: the name of the page that was gone along.
  ///   - system: the kernel that it was run on.
  ///   - unconfirmed: the steps that check did not confirm, in sentences without full stops.
  package func page(title: String, system: String, unconfirmed: [String] = []) -> String {
    let names = ladder.parties
    var blocks = [
      "# \(markdownProse(title)), by hand\n",
      "Run step by step with \(markdownCode("tcpprobe live")) on \(markdownProse(system)).\n",
      ladder.markdown,
    ]
    if !unsaid.isEmpty {
      blocks.append("## Not in the table\n")
      blocks.append(unsaid.map { "- \(markdownProse($0.sentence(names: names))).\n" }.joined())
    }
    if !unconfirmed.isEmpty {
      blocks.append("## Not confirmed when this page was saved\n")
      blocks.append(
        "The timers of a run by hand differ from those of check, and so may the order of its segments.\n")
      blocks.append(unconfirmed.map { "- \(markdownProse($0)).\n" }.joined())
    }
    return blocks.joined(separator: "\n")
  }
}

extension SteppedLadder.Unsaid {
  /// The sentence without its full stop.
  package func sentence(names: Both<String>) -> String {
    switch self {
    case .arrivedTwice(let pattern, let party): "\(pattern) of \(names[party]) arrived twice"
    case .underWayToo(let pattern, let party, let arrived):
      arrived
        ? "\(pattern) of \(names[party]) was under way together with another segment of it"
        : "\(pattern) of \(names[party]) had not arrived"
    case .callFailed(let call, let party, let errno), .errno(let call, let party, let errno):
      "\(call) of \(names[party]) returned \(errno)"
    case .connectedAgain(let party, let outcome):
      "\(names[party]) called connect() again, which returned \(outcome.result(of: .connect).text); the page ends before"
        + " that, because a ladder is one connection"
    case .stateByTimer(let party, let from, let to):
      "a timer led \(names[party]) from \(from.rawValue) to \(to.rawValue)"
    case .rows(let count, let first, let reason):
      "the last \(count == 1 ? "row" : "\(count) rows") of the run, from \(first.words(names: names)) on: with the"
        + " kernel's default timers, check saw something else: \(reason)"
    }
  }
}

extension Rung {
  /// Its first cell that is not empty, and the party's name.
  fileprivate func words(names: Both<String>) -> String {
    let party = Party.allCases.first { !cells[$0].elements.isEmpty } ?? .left
    return "\(cells[party]) of \(names[party])"
  }
}
