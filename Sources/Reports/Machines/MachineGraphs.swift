import Learning

/// Graphs for other programs. Self-loops are left out, and edges with the same ends are one.
extension LearnedMachine {
  /// At most three inputs of a bundle, with the number of the others.
  private func label(of bundle: Bundle) -> String {
    let shown = bundle.edges.prefix(3).map { "\($0.input.rawValue) / \($0.output.summary)" }
    let more = bundle.edges.count - shown.count
    return shown.joined(separator: "\n") + (more > 0 ? "\n\(more) more" : "")
  }

  private var outward: [(state: Int, bundle: Bundle)] {
    (0..<stateCount).flatMap { state in
      bundles(of: state).filter { $0.target != state }.map { (state, $0) }
    }
  }

  var dot: String {
    func quoted(_ text: String) -> String {
      "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        + "\""
    }
    let nodes = (0..<stateCount).map { "  \($0) [label=\(quoted("\($0)\n\(title(of: $0))"))];" }
    let edges = outward.map { "  \($0) -> \($1.target) [label=\(quoted(label(of: $1)))];" }
    return """
      digraph machine {
        label=\(quoted(heading));
        node [shape=box];
      \((nodes + edges).joined(separator: "\n"))
      }

      """
  }

  /// In a label of Mermaid a semicolon ends the statement.
  var mermaid: String {
    let nodes = (0..<stateCount).map { "  s\($0): \($0) \(title(of: $0))" }
    let edges = outward.map { state, bundle in
      "  s\(state) --> s\(bundle.target): \(label(of: bundle).replacing("\n", with: "<br/>"))"
    }
    return """
      ```mermaid
      stateDiagram-v2
        [*] --> s0
      \((nodes + edges).joined(separator: "\n"))
      ```

      """
  }
}
