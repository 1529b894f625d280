import Documents
import FoundationEssentials

/// The text of JSON that an encoder has written. The encoder leaves characters as they are that a terminal would obey;
/// here they are escaped as JSON allows it, so that a program reads the same and a person nothing else.
func jsonText(_ data: Data) -> String {
  var text = String.UnicodeScalarView()
  for scalar in String(decoding: data, as: UTF8.self).unicodeScalars {
    // Between the values of a JSON text there are only blanks and line feeds.
    if scalar.isVisible || scalar == "\n" {
      text.append(scalar)
    } else {
      let digits = String(scalar.value, radix: 16)
      text.append(
        contentsOf: "\\u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)".unicodeScalars)
    }
  }
  return String(text)
}

/// A report as JSON: its keys in alphabetical order, `/` as it is.
///
/// - Parameter isCompact: on one line, so that several make JSON Lines.
func jsonText(_ report: some Encodable, isCompact: Bool = false) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting =
    isCompact
    ? [.sortedKeys, .withoutEscapingSlashes] : [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  guard let data = try? encoder.encode(report) else {
    // Only a number that is not finite cannot be written, and no report has one.
    preconditionFailure("a report is always JSON")
  }
  return jsonText(data)
}

/// The kind of a JSON report, which it names beside the version of that kind's form. The version is raised
/// when a reader of the older one would misread.
package enum JSONKind: String, Codable {
  case run, comparison, table, groups, figures, pages, page, record, doctor
  case capture, scripts, verdicts, states, matrix, machine, machines
}
