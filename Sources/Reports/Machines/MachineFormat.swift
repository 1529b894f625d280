package import Learning

/// A form of a learned machine.
package enum MachineFormat: String, CaseIterable, Sendable {
  case terminal, html, svg, mermaid, dot, json
}

extension LearnedMachine {
  /// The machine in this format. It ends with a line feed.
  ///
  /// - Parameter command: the command that made it.
  package func rendered(as format: MachineFormat, style: Style, command: String) -> String {
    switch format {
    case .terminal: terminalReport(style: style)
    case .html: htmlReport(command: command)
    case .svg: svgReport
    case .mermaid: mermaid
    case .dot: dot
    case .json: json
    }
  }

  /// `Linux 6.18.44, client, IPv4: 36 states, 504 edges`.
  var heading: String {
    "TCP of Linux \(release), \(side.rawValue), \(family.name): \(counted(stateCount, "state"))"
  }

  /// The extent of the tests, and the limits of the alphabet.
  var limits: [String] {
    let tested =
      bounds.isComplete
      ? "Tested with \(grouped(counts.tests)) words. Any other machine that answers them in the same way has"
        + " more than \(stateCount + bounds.depth) states."
      : "Learning was ended early: this is the machine so far."
    return [tested, alphabetLimits]
  }

  /// The bounds of what is asked.
  var alphabetLimits: String {
    let more =
      switch side {
      case .client: "The program calls connect() once."
      case .server:
        "The program has one connection at a time. The peer sends no SYN after it has reset a connection."
      }
    return more + " Time is no input, and all data is one octet."
  }

  /// The counts of what was asked.
  var effort: String {
    "\(grouped(counts.queries)) words (\(grouped(counts.steps)) inputs) to learn,"
      + " \(grouped(counts.tests)) (\(grouped(counts.testSteps))) to test"
  }
}

extension LearnedMachine.Change {
  /// `RST+ACK, close()`.
  var label: String { inputs.map(\.rawValue).joined(separator: ", ") }
}
