package import Documents
import Notations

/// Changes that somebody expected, and why: a page that lies next to the record.
package struct Acceptance: Equatable, Sendable {
  package var entries: [Entry]

  package init(entries: [Entry] = []) { self.entries = entries }

  package struct Entry: Equatable, Sendable {
    package var section: String
    package var what: String
    package var setBy: String
    package var before: String
    package var after: String
    package var reason: String
  }

  private static let header = ["section", "what", "set by", "before", "after", "reason"]
  /// The section of what is a sysctl.
  static let settings = "Settings"
  /// The name of a ladder as a whole.
  static let ladder = "the ladder"

  /// Reads what ``markdown(of:)`` has written, also what a person has changed in it since.
  ///
  /// - Throws: ``PageError`` where the text is damaged or cut: what was accepted must not be taken for nothing.
  package init(reading text: String, name: String) throws(PageError) {
    entries = []
    try refuseInvisible(in: text, name: name)
    let tables = PlainTable.all(in: text)
    func fault(_ line: Int?, _ message: String) -> PageError {
      PageError(page: name, line: line, message: message)
    }
    guard !tables.isEmpty else {
      throw fault(
        nil,
        "damaged: expected the table `\(Self.header.joined(separator: " | "))` of tcpprobe accept; restore the file, or"
          + " delete it and accept the changes again")
    }
    if let line = PlainTable.strayRow(in: text) {
      throw fault(line, "damaged: a row outside the table of accepted changes")
    }
    for table in tables {
      guard table.header == Self.header else {
        throw PageError(
          page: name, line: table.rows.first.map { $0.line - 2 },
          message: "a table that is not `\(Self.header.joined(separator: " | "))`")
      }
      for row in table.rows {
        guard row.written == Self.header.count else {
          throw fault(row.line, "damaged: \(row.written) cells, expected \(Self.header.count)")
        }
        guard !row.cells[5].isEmpty else {
          throw PageError(
            page: name, line: row.line,
            message: "this row has no reason: expected the reason why the change is accepted")
        }
        entries.append(
          Entry(
            section: row.cells[0], what: row.cells[1], setBy: row.cells[2], before: row.cells[3],
            after: row.cells[4], reason: row.cells[5]))
      }
    }
    // A file of an earlier version, or of a person, has no such line.
    guard let promised = Self.promised(in: text) else {
      if text.contains(Self.beginning) {
        throw fault(nil, "truncated: expected `\(Self.ending)N -->` at the end")
      }
      return
    }
    guard promised == entries.count else {
      throw fault(
        nil,
        "the file has \(entries.count) changes, but its last line says \(promised): restore the rows, or correct the number"
      )
    }
  }

  private static let beginning = "<!-- tcpprobe accepted changes -->"
  private static let ending = "<!-- end of accepted changes, "

  private static func promised(in text: String) -> Int? {
    for line in text.split(whereSeparator: \.isNewline).reversed()
    where line.hasPrefix(ending) && line.hasSuffix("-->") {
      return Int(line.dropFirst(ending.count).prefix { $0.isNumber })
    }
    return nil
  }

  package func markdown(of record: String) -> String {
    "# Accepted changes of \(record)\n\n\(Self.beginning)\n\n"
      + "Expected differences from the record. Written by `tcpprobe accept`.\n\n"
      + markdownTable(
        header: Self.header,
        rows: entries.map { [$0.section, $0.what, $0.setBy, $0.before, $0.after, $0.reason] })
      + "\n\(Self.ending)\(entries.count) -->\n"
  }

  /// Takes up a change of the same thing in the place of an older one.
  package mutating func add(_ entry: Entry) {
    entries.removeAll { $0.section == entry.section && $0.what == entry.what && $0.setBy == entry.setBy }
    entries.append(entry)
  }

  fileprivate func reason(for entry: Entry) -> String? {
    entries.first {
      var same = $0
      same.reason = entry.reason
      return same == entry
    }?.reason
  }
}

extension Comparison {
  /// Marks what was accepted. A change whose values are others by now is a new one.
  package mutating func accept(_ acceptance: Acceptance) {
    let acceptance = acceptance.inPresentWords(of: catalogue)
    for index in changes.indices {
      changes[index].accepted = acceptance.reason(for: changes[index].entry(reason: ""))
    }
    for index in settings.indices {
      settings[index].accepted = acceptance.reason(for: settings[index].entry(reason: ""))
    }
  }
}

extension Change {
  package func entry(reason: String) -> Acceptance.Entry {
    Acceptance.Entry(
      section: subject.section, what: subject.what ?? Acceptance.ladder, setBy: subject.setBy,
      before: values.before, after: values.after, reason: reason)
  }
}

extension SettingChange {
  package func entry(reason: String) -> Acceptance.Entry {
    Acceptance.Entry(
      section: Acceptance.settings, what: name, setBy: "", before: values.before, after: values.after,
      reason: reason)
  }
}
