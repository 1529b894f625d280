import Records

/// A record in a JSON report: where it is from, and what it says of its kernel and machine.
struct JSONRecord: Encodable {
  var file: String?
  var label: String?
  var host: String?
  /// The kernel's version alone.
  var kernel: String
  /// The record's own facts, by name.
  var environment: [String: String]

  init(_ environment: Environment, file: String?) {
    let name = RecordName(of: environment, file: file)
    self.file = name.file
    label = name.label
    host = name.host
    kernel = name.kernel
    self.environment = Dictionary(
      environment.facts.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}
