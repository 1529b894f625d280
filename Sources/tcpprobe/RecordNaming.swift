import ArgumentParser
import Linux
import Records

/// The name of a record, by which a person finds it again among many.
struct RecordNaming: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "A name for the record, shown in the record and in the tables of compare.",
      valueName: "text"))
  var label: String?

  @Flag(name: .customLong("no-host"), help: "Leave this machine's name out of the record.")
  var leavesHostOut = false

  func validate() throws {
    guard let label else { return }
    if label.allSatisfy(\.isWhitespace) { throw ValidationError("--label is empty") }
    let isPlain = label.unicodeScalars.allSatisfy {
      ![.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
    }
    if !isPlain { throw ValidationError("--label: expected one line without control characters") }
  }

  /// Puts the names above what the record depends on.
  func name(_ record: inout Record) {
    typealias Name = Environment.Name
    let host = leavesHostOut ? nil : System.hostName
    let names = [
      host.map { Environment.Fact(Name.host, $0) }, label.map { Environment.Fact(Name.label, $0) },
    ]
    record.environment.facts.insert(contentsOf: names.compactMap { $0 }, at: 0)
  }
}
