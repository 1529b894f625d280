/// Reads KTAP, version 1, as its grammar has it (Documentation/dev-tools/ktap.rst) and no more liberally.
struct KTAPReader {
  struct Result: Equatable {
    var name: String
    var isOK: Bool
    var skipped: String?
    var diagnostics: [String] = []
    var subtests: [Result] = []
  }

  struct Fault: Error, CustomStringConvertible { var description: String }

  private var lines: ArraySlice<Substring>

  static func read(_ text: String) throws -> [Result] {
    guard text.hasSuffix("\n"), !text.contains("\r") else { throw Fault(description: "a line does not end") }
    var reader = KTAPReader(lines: text.split(separator: "\n", omittingEmptySubsequences: false).dropLast())
    let results = try reader.document(indent: "")
    guard reader.lines.isEmpty else { throw Fault(description: "left over: \(reader.lines.first ?? "")") }
    return results
  }

  private init(lines: ArraySlice<Substring>) { self.lines = lines }

  private mutating func document(indent: String) throws -> [Result] {
    guard lines.popFirst() == indent + "KTAP version 1" else { throw Fault(description: "no version") }
    // A subtest's name stands between its version and its plan.
    if let line = lines.first, line.hasPrefix(indent + "# Subtest: ") { lines.removeFirst() }
    guard let plan = lines.popFirst()?.dropFirst(indent.count).wholeMatch(of: #/1\.\.(\d+)( # SKIP .+)?/#),
      let count = Int(plan.1)
    else { throw Fault(description: "no plan") }
    if count == 0, plan.2 == nil { throw Fault(description: "an empty plan without a reason") }
    let results = try (0..<count).map { try result(number: $0 + 1, indent: indent) }
    // What is left at this depth can only be said of all of it.
    while let line = lines.first, line.hasPrefix(indent + "# ") { lines.removeFirst() }
    return results
  }

  private mutating func result(number: Int, indent: String) throws -> Result {
    var diagnostics: [String] = []
    var subtests: [Result] = []
    while let line = lines.first {
      if line.hasPrefix(indent + "  KTAP") {
        subtests = try document(indent: indent + "  ")
        continue
      }
      lines.removeFirst()
      guard line.hasPrefix(indent) else { throw Fault(description: "indentation: \(line)") }
      let body = line.dropFirst(indent.count)
      if body.hasPrefix("# ") {
        diagnostics.append(String(body.dropFirst(2)))
        continue
      }
      // A description is anything but a number sign.
      guard let match = body.wholeMatch(of: #/(ok|not ok) (\d+) ([^#]+?)( # SKIP (.+))?/#) else {
        throw Fault(description: "neither a result nor a diagnostic: \(line)")
      }
      guard Int(match.2) == number else { throw Fault(description: "\(number) was awaited: \(line)") }
      return Result(
        name: String(match.3), isOK: match.1 == "ok", skipped: match.5.map(String.init),
        diagnostics: diagnostics, subtests: subtests)
    }
    throw Fault(description: "\(number) has no result")
  }
}
