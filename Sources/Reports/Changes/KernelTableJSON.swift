package import Records
import Traces

extension KernelTable {
  /// The table for programs.
  ///
  /// - Parameter failsOn: the kinds of difference that the exit status tells of.
  package func jsonReport(failsOn: Set<ChangeKind>) -> String {
    jsonText(JSONTable(self, failsOn: failsOn)) + "\n"
  }
}

private struct JSONTable: Encodable {
  var schema = 1
  var kind = JSONKind.table
  var records: [JSONColumn]
  /// Facts on the place of making that the records do not have alike, with a value for each of them.
  var circumstances: [JSONValuesOfAll]
  var failOn: [String]
  var same: Int
  var notCompared: Int
  var rows: [JSONRow]

  struct JSONColumn: Encodable {
    var file: String?
    var label: String?
    var host: String?
    var kernel: String
    var guestSeconds: Int?
    var seconds: Int?
  }

  struct JSONValuesOfAll: Encodable {
    var name: String
    var values: [String?]
  }

  struct JSONRow: Encodable {
    var section: String
    var what: String?
    var setBy: String
    var name: String
    var notice: String
    var differs: Bool
    var fails: Bool
    /// A value for each record; null where it says nothing of this.
    var values: [String?]
    /// The same with kinds, numbers and units; nil for a ladder and for a setting.
    var typed: [Value?]?
  }

  init(_ table: KernelTable, failsOn: Set<ChangeKind>) {
    records = table.names.enumerated().map { place, name in
      let time = table.times.isEmpty ? nil : table.times[place]
      return JSONColumn(
        file: name.file, label: name.label, host: name.host, kernel: name.kernel, guestSeconds: time?.guest,
        seconds: time?.wall)
    }
    circumstances = table.sights.map { JSONValuesOfAll(name: $0.name, values: $0.values) }
    failOn = jsonKinds(failsOn)
    same = table.same
    notCompared = table.notCompared
    rows = table.rows.map { row in
      JSONRow(
        section: row.subject.section, what: row.subject.what, setBy: row.subject.setBy,
        name: row.subject.name,
        notice: row.kind.rawValue, differs: !row.isSame, fails: !row.isSame && failsOn.contains(row.kind),
        values: row.values,
        typed: row.subject.what == nil || row.kind == .settings
          ? nil : row.values.map { $0.map { Value(reading: $0) } })
    }
  }
}
