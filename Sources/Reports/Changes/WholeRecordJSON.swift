import Documents
package import Records
import Traces

extension Record {
  /// The whole record for a program.
  ///
  /// - Parameter file: where it is from; nil for one that is kept nowhere.
  package func jsonReport(file: String?) -> String { jsonText(JSONWholeRecord(self, file: file)) + "\n" }
}

private struct JSONWholeRecord: Encodable {
  var schema = 1
  var kind = JSONKind.record
  var command: String
  var record: JSONRecord
  var sections: [Section]

  init(_ record: Record, file: String?) {
    command = record.command
    self.record = JSONRecord(record.environment, file: file)
    sections = record.sections.map(Section.init)
  }

  struct Section: Encodable {
    var name: String
    var ladder: JSONLadder?
    var figures: [Figure]
    var traces: [Trace]

    init(_ section: Record.Section) {
      name = section.name
      ladder = section.ladder.map(JSONLadder.init)
      figures = section.rows.map(Figure.init)
      traces = section.traces.map {
        Trace(setBy: $0.setBy, lines: $0.trace.lines, counters: $0.trace.counters)
      }
    }
  }

  struct Figure: Encodable {
    var what: String
    var setBy: String
    /// The value with its kind, numbers and units; nil where it was not measured.
    var value: Value?
    /// The reason why it was not measured.
    var reason: String?
    var seen: String?

    init(_ row: Record.Row) {
      what = row.what
      setBy = row.setBy
      seen = row.observer
      switch row.value {
      case .measured(let value): self.value = value
      case .notMeasured(let reason): self.reason = "\(reason)"
      }
    }
  }

  struct Trace: Encodable {
    var setBy: String
    var lines: [String]
    var counters: [String]
  }
}
