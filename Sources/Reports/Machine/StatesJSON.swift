import Claims
import TCP
import Traces

extension StatesReport {
  func jsonReport() -> String { jsonText(JSONStates(self)) + "\n" }
}

private struct JSONStates: Encodable {
  var schema = 1
  var kind = JSONKind.states
  var version: String
  var command: String
  var machine: Machine
  var family: String
  /// The number of edges of each kind.
  var counts: [String: Int]
  var edges: [JSONEdge]
  /// The observers that did not run and are missed.
  var missing: [String]

  init(_ report: StatesReport) {
    version = report.version
    command = report.command
    machine = report.machine
    family = report.family.rawValue
    counts = Dictionary(
      uniqueKeysWithValues: EdgeTable.Kind.allCases.map { ($0.rawValue, report.table.count($0)) })
    edges = report.table.rows.map(JSONEdge.init)
    missing = report.missing
  }
}

private struct JSONEdge: Encodable {
  var number: Int
  var event: String
  var action: String
  /// Null where the state stays.
  var to: String?
  var source: String
  var result: String
  var from: [JSONEdgeResult]

  init(_ row: EdgeTable.Row) {
    number = row.edge.number
    event = "\(row.edge.event)"
    action = "\(row.edge.action)"
    to = row.edge.to?.rawValue
    source = "\(row.edge.source)"
    result = row.kind.rawValue
    from = row.results.map(JSONEdgeResult.init)
  }
}

private struct JSONEdgeResult: Encodable {
  var state: String
  var result: String
  /// The segments that were sent, by their flags.
  var sent: [String]
  /// The state after it by each observer, and those that the kernel traced.
  var after: [String: String]
  var traced: [String]
  var errno: String?
  var seenBy: [String]
  var remarks: [String]

  init(_ result: EdgeResult) {
    state = result.transition.from.rawValue
    self.result = result.kind.rawValue
    let sight = result.sights.last
    sent = sight?.sent.map(\.description) ?? []
    after = Dictionary(
      uniqueKeysWithValues: (sight?.after ?? [:]).map { ($0.key.rawValue, $0.value.rawValue) })
    traced = sight?.traced.map(\.rawValue) ?? []
    errno = sight?.failure
    seenBy = result.witnesses.map(\.rawValue)
    remarks = result.remarks
  }
}
