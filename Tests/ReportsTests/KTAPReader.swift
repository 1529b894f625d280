/// Reads KTAP in the form of kselftest, TAP 13 without subtests, as its grammar has it (Documentation/dev-tools/ktap.rst)
/// and no more liberally.
struct KTAPReader {
  struct Result: Equatable {
    var name: String
    var isOK: Bool
    var skipped: String?
    var diagnostics: [String] = []
  }

  struct Fault: Error, CustomStringConvertible { var description: String }

  private var lines: ArraySlice<Substring>

  static func read(_ text: String) throws -> [Result] {
    guard text.hasSuffix("\n"), !text.contains("\r") else { throw Fault(description: "a line does not end") }
    var reader = KTAPReader(lines: text.split(separator: "\n", omittingEmptySubsequences: false).dropLast())
    let results = try reader.document()
    guard reader.lines.isEmpty else { throw Fault(description: "left over: \(reader.lines.first ?? "")") }
    return results
  }

  private init(lines: ArraySlice<Substring>) { self.lines = lines }

  private mutating func document() throws -> [Result] {
    guard lines.popFirst() == "TAP version 13" else { throw Fault(description: "no version") }
    guard let plan = lines.popFirst()?.wholeMatch(of: #/1\.\.(\d+)( # SKIP .+)?/#), let count = Int(plan.1)
    else {
      throw Fault(description: "no plan")
    }
    if count == 0, plan.2 == nil { throw Fault(description: "an empty plan without a reason") }
    let results = try (0..<count).map { try result(number: $0 + 1) }
    // What is left can only be said of all of it.
    while let line = lines.first, line.hasPrefix("# ") { lines.removeFirst() }
    return results
  }

  private mutating func result(number: Int) throws -> Result {
    var diagnostics: [String] = []
    while let line = lines.popFirst() {
      if line.hasPrefix("# ") {
        diagnostics.append(String(line.dropFirst(2)))
        continue
      }
      // A description is anything but a number sign.
      guard let match = line.wholeMatch(of: #/(ok|not ok) (\d+) ([^#]+?)( # SKIP (.+))?/#) else {
        throw Fault(description: "neither a result nor a diagnostic: \(line)")
      }
      guard Int(match.2) == number else { throw Fault(description: "\(number) was awaited: \(line)") }
      return Result(
        name: String(match.3), isOK: match.1 == "ok", skipped: match.5.map(String.init),
        diagnostics: diagnostics)
    }
    throw Fault(description: "\(number) has no result")
  }
}
