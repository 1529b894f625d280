import Documents
package import Learning
package import TCP
package import Traces

/// A learned machine as a section: a row for each edge.
///
/// A state is named by the shortest word that leads there, so that an edge which differs is one row that differs, and not
/// all rows behind it.
extension Record.Section {
  /// The section's name, in each family.
  package static func name(ofMachine side: Side) -> String { prefix + side.rawValue }

  private static let prefix = "learned machine, "
  private static let beginning = "beginning"

  /// - Parameter families: those of the record.
  package init(of machine: LearnedMachine, in families: [Family]) {
    self.init(name: Self.name(of: machine.side, machine.family, in: families))
    let names = machine.accessWords.map { word in
      word.isEmpty ? Self.beginning : word.map { machine.inputs[$0].rawValue }.joined(separator: ", ")
    }
    for (state, edges) in machine.edges.enumerated() {
      for (input, edge) in zip(machine.inputs, edges) {
        // A call that the program does not make is no behaviour.
        if input.isCall, edge.output.call == nil { continue }
        let end =
          edge.target == state ? "" : ", then \(machine.title(of: edge.target)): \(names[edge.target])"
        rows.append(
          Record.Row(
            input.rawValue, .measured(Value(reading: "\(edge.output)\(end)")),
            setBy: "\(machine.title(of: state)): \(names[state])"))
      }
    }
  }

  /// The section of a machine that could not be learned.
  package init(ofMachine side: Side, _ family: Family, in families: [Family], missing reason: Reason) {
    self.init(name: Self.name(of: side, family, in: families))
    rows = [Record.Row("edges", .notMeasured(reason), setBy: Self.beginning)]
  }

  private static func name(of side: Side, _ family: Family, in families: [Family]) -> String {
    name(ofMachine: side) + (families.count > 1 && family == .ipv6 ? FamilyMark.text(of: .ipv6) : "")
  }
}

extension Change.Subject {
  /// True if this is an edge of a learned machine that is a segment: a program does not see its output.
  var isSegmentOfMachine: Bool {
    guard let what, let input = Stimulus(rawValue: what), !input.isCall else { return false }
    return Side.allCases.map(Record.Section.name(ofMachine:)).contains(Record.plainName(section))
  }
}
