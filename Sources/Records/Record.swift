package import Documents
package import Traces

/// The behaviour of one kernel, as a value: it is written as a page that is committed, to compare the next kernel with.
package struct Record: Equatable, Sendable {
  /// The version of the page's form; raised when a reader of the older one would misread.
  package static let currentSchema = 2

  package var schema: Int
  /// The command that made it, as a person types it.
  package var command: String
  package var environment: Environment
  package var sections: [Section]

  package init(command: String, environment: Environment, sections: [Section]) {
    schema = Record.currentSchema
    self.command = command
    self.environment = environment
    self.sections = sections
  }

  /// The results of one table of a page, or of one scenario.
  package struct Section: Equatable, Sendable {
    /// The page and the table's number, or the scenario's id.
    package var name: String
    package var ladder: Ladder?
    package var rows: [Row]
    package var traces: [Trace]

    package init(name: String, ladder: Ladder? = nil, rows: [Row] = [], traces: [Trace] = []) {
      self.name = name
      self.ladder = ladder
      self.rows = rows
      self.traces = traces
    }
  }

  /// All that one run left.
  package struct Trace: Equatable, Sendable {
    package var setBy: String
    package var trace: NormalTrace

    package init(setBy: String, _ trace: NormalTrace) {
      self.setBy = setBy
      self.trace = trace
    }
  }

  /// A figure, and the conditions that it holds under.
  package struct Row: Equatable, Sendable {
    package var what: String
    package var setBy: String
    package var value: Content
    /// The source of the figure, in words; nil where it was read from a page, which does not say.
    package var observer: String?

    package init(_ what: String, _ value: Content, setBy: String, observer: String? = nil) {
      self.what = what
      self.value = value
      self.setBy = setBy
      self.observer = observer
    }
  }

  /// The content of a row.
  package enum Content: Equatable, Sendable {
    case measured(Value)
    case notMeasured(Reason)
  }

  /// The number of behaviours in it: its figures, and each ladder as one.
  package var count: Int { sections.reduce(0) { $0 + $1.rows.count + ($1.ladder == nil ? 0 : 1) } }

  /// All traces, each with the name of its section.
  var traces: [(section: String, trace: Trace)] {
    sections.flatMap { section in section.traces.map { (section.name, $0) } }
  }

  /// The same with its figures and ladders alone.
  package var withoutTraces: Record {
    var record = self
    for index in record.sections.indices { record.sections[index].traces = [] }
    return record
  }

  /// The number of traces in it.
  package var traceCount: Int { sections.reduce(0) { $0 + $1.traces.count } }

  /// The number of these that could not be measured on this kernel, or this machine.
  package var unmeasuredCount: Int {
    sections.reduce(0) { $0 + $1.rows.count { if case .notMeasured = $0.value { true } else { false } } }
  }
}

extension Record.Content {
  /// The content as a comparison sees it; nil where this run could not tell. A lack of the kernel itself is something that
  /// it does.
  var told: Value? {
    switch self {
    case .measured(let value): value
    case .notMeasured(let reason):
      if case .notOnThisKernel = reason { .words("– (\(reason))") } else { nil }
    }
  }
}
