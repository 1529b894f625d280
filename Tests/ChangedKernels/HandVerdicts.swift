/// The findings of people about changes that no record tells of: a table `change | verdict | reason`.
package struct HandVerdicts: Equatable, Sendable {
  package enum Verdict: String, Sendable {
    /// Nobody could see it.
    case equivalent
    /// Something would show it; the reason says what.
    case missed
  }

  private var verdicts: [String: (verdict: Verdict, reason: String)] = [:]

  /// - Throws: ``VerdictFault`` where a row is none.
  package init(reading text: String) throws(VerdictFault) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where line.hasPrefix("|") {
      let cells = line.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
      if cells.first == "change" || cells.allSatisfy({ $0.allSatisfy { $0 == "-" } }) { continue }
      guard cells.count == 3, let verdict = Verdict(rawValue: cells[1]), !cells[2].isEmpty else {
        throw VerdictFault(line: index + 1)
      }
      verdicts[cells[0]] = (verdict, cells[2])
    }
  }

  package init() {}

  package func verdict(of id: String) -> (verdict: Verdict, reason: String)? { verdicts[id] }

  package static func == (one: HandVerdicts, other: HandVerdicts) -> Bool {
    one.verdicts.mapValues { "\($0)" } == other.verdicts.mapValues { "\($0)" }
  }
}

/// A row of a table of verdicts that cannot be read.
package struct VerdictFault: Error, CustomStringConvertible {
  package var line: Int
  package var description: String {
    "line \(line): expected | change | equivalent or missed | reason |"
  }
}
