import Claims
import TCP
import Traces

extension MatrixReport {
  func jsonReport() -> String { jsonText(JSONMatrix(self)) + "\n" }
}

private struct JSONMatrix: Encodable {
  var schema = 1
  var kind = JSONKind.matrix
  var version: String
  var command: String
  var machine: Machine
  var family: String
  /// The number of segments that are answered as the RFCs ask, that are not, and that were not seen.
  var same: Int
  var deviating: Int
  var missing: Int
  var cells: [JSONCell]

  init(_ report: MatrixReport) {
    version = report.version
    command = report.command
    machine = report.machine
    family = report.family.rawValue
    (same, deviating, missing) = report.matrix.counts
    cells = MatrixReport.states.flatMap { state in
      report.matrix.cells.filter { $0.state == state }.map(JSONCell.init)
    }
  }
}

private struct JSONCell: Encodable {
  var state: String
  var segment: String
  /// The places of SEG.SEQ and of SEG.ACK; null where there is only one.
  var sequence: String?
  var acknowledgment: String?
  /// `old` where it has a timestamp that is older than the last; null where it has none.
  var timestamp: String?
  /// The answer by the flags of its segments; null where it was not seen.
  var sent: [String]?
  var next: String?
  var told: String?
  var reason: String?
  var allowed: [JSONOutcome]
  var section: String
  var deviates: Bool?

  struct JSONOutcome: Encodable {
    var answer: String
    var next: String
  }

  init(_ cell: Matrix.Cell) {
    state = cell.state.rawValue
    segment = cell.segment.kind.rawValue
    sequence = cell.segment.place?.rawValue
    acknowledgment = cell.segment.acknowledgment?.rawValue
    timestamp = cell.segment.hasOldTimestamp ? "old" : nil
    sent = cell.sight?.sent.map(\.description)
    next = cell.sight?.next.rawValue
    told = cell.sight?.told
    if case .missing(let reason) = cell.result { self.reason = "\(reason)" }
    allowed = cell.ruling.outcomes.map {
      JSONOutcome(answer: $0.answer.rawValue, next: ($0.next ?? cell.state).rawValue)
    }
    section = "\(cell.ruling.source)"
    deviates = cell.deviates
  }
}
