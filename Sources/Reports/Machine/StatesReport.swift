package import Claims
import Documents
package import TCP
package import Traces

/// A form that the report on the edges of the state machine can take.
package enum StatesFormat: String, CaseIterable, Sendable {
  case terminal, markdown, mermaid, json, html, svg
}

/// The edges of RFC 9293's state machine with what a kernel does, and where it was seen.
package struct StatesReport: Sendable {
  package let table: EdgeTable
  package let version: String
  package let command: String
  package let machine: Machine
  package let family: Family
  /// Of the run that most observers took part in.
  package let observers: [ObserverReport]

  package init(
    _ table: EdgeTable, version: String, command: String, machine: Machine, family: Family,
    observers: [ObserverReport]
  ) {
    self.table = table
    self.version = version
    self.command = command
    self.machine = machine
    self.family = family
    self.observers = observers
  }

  /// The report in this format. It ends with a line feed.
  package func rendered(as format: StatesFormat, style: Style = Style()) -> String {
    switch format {
    case .terminal: terminalReport(style: style)
    case .markdown: markdownReport().visible
    case .mermaid: mermaidReport().visible
    case .json: jsonReport()
    case .html: htmlReport()
    case .svg: svgReport()
    }
  }

  var title: String { "RFC 9293's state machine on Linux \(machine.release) (\(family.name))" }

  /// `29 of 33 edges seen, 3 differ, 1 cannot be seen`.
  var coverage: String {
    let total = table.rows.count
    let others = [EdgeTable.Kind.differs, .notSeen, .notTried, .notWaitedFor].compactMap { kind -> String? in
      let count = table.count(kind)
      guard count > 0 else { return nil }
      return kind == .differs ? "\(count) \(count == 1 ? "differs" : "differ")" : "\(count) \(kind.rawValue)"
    }
    return (["\(table.count(.seen)) of \(counted(total, "edge")) seen"] + others).joined(separator: ", ")
  }

  /// The observers that did not run here and are missed, each with the reason.
  var missing: [String] {
    observers.filter { !$0.ran && $0.replacedBy == nil && $0.kind.letter != nil }.map { report in
      let loss =
        report.kind == .stateTracepoint
        ? "; so nobody sees the states that an end passes through within one edge" : ""
      return "\(report.kind.rawValue): \(report.reason ?? "")\(loss)"
    }
  }
}

extension ObserverKind {
  /// The letter that stands for it in a column; nil where it tells nothing of states or segments.
  var letter: String? {
    switch self {
    case .stateTracepoint: "T"
    case .sockDiag: "D"
    case .tcpInfo: "I"
    case .proc: "P"
    case .wire, .capture: "W"
    case .timerTracepoint, .reasonTracepoint: nil
    }
  }

  /// Its name in the legend of that column.
  var legend: String { self == .wire ? "segments on the wire" : rawValue }

  /// Those that have a letter, in the order of the column.
  static let lettered: [ObserverKind] = [.stateTracepoint, .sockDiag, .tcpInfo, .proc, .wire]
}

extension EdgeTable.Kind {
  func sign(unicode: Bool) -> String {
    switch self {
    case .seen: unicode ? "✓" : "+"
    case .differs: unicode ? "≠" : "!"
    case .notSeen: unicode ? "✗" : "x"
    case .notTried, .notWaitedFor: unicode ? "–" : "-"
    }
  }

  var tone: Tone {
    switch self {
    case .seen: .good
    case .differs: .soft
    case .notSeen: .bad
    case .notTried, .notWaitedFor: .faint
    }
  }
}
