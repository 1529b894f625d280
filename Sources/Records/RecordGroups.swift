package import Traces
package import Documents
import Notations

/// Many records, those together that say the same under the same settings. The largest group is what the others are
/// compared with.
package struct RecordGroups {
  package struct Group {
    /// The hash of behaviour and settings, in hexadecimal.
    package var id: String
    package var names: [RecordName]
    /// The first of them.
    package var record: Record
    /// The differences from the largest group; nil for that itself.
    package var comparison: Comparison?
    fileprivate var text: RecordText

    package var count: Int { names.count }
  }

  /// The largest first; those of one size in the order in which they were added.
  package private(set) var groups: [Group] = []
  package let failsOn: Set<ChangeKind>
  private var places: [UInt64: [Int]] = [:]
  private var known = KnownParts()
  private let catalogue: Catalogue

  /// - Parameter catalogue: the declarations of the figures.
  package init(by catalogue: Catalogue, failsOn: Set<ChangeKind> = .all) {
    self.catalogue = catalogue
    self.failsOn = failsOn
  }

  package var count: Int { groups.reduce(0) { $0 + $1.count } }

  /// Takes a record. One that says to the octet what another says is not read again, only what it is called.
  ///
  /// - Throws: ``PageError`` where it is damaged.
  package mutating func add(_ bytes: [UInt8], file: String) throws(PageError) {
    let written = RecordText(bytes)
    if let text = written, let place = place(of: text),
      let environment = try? Environment(readingHead: text.head, name: file)
    {
      return groups[place].names.append(RecordName(of: environment, file: file))
    }
    let read: Record
    if written != nil, let found = known.record(bytes) {
      read = found
    } else {
      read = try Record(reading: String(decoding: bytes, as: UTF8.self), name: file)
    }
    let record = read.inPresentWords(of: catalogue)
    let name = RecordName(of: record.environment, file: file)
    var own = record
    own.schema = Record.currentSchema
    // Records in another form, or in former words, are compared by their content.
    let unchanged = record == read ? written : nil
    guard let text = unchanged ?? RecordText(Array(own.markdown.utf8)) else {
      preconditionFailure("a record is written with its headings")
    }
    if let place = place(of: text) { return groups[place].names.append(name) }
    places[text.hash, default: []].append(groups.count)
    groups.append(Group(id: hexadecimal(text.hash), names: [name], record: record, text: text))
  }

  private func place(of text: RecordText) -> Int? {
    places[text.hash]?.first { groups[$0].text.says(theSameAs: text) }
  }

  /// Puts the groups in order, and compares each with the largest. Nothing is added after that.
  package mutating func compare() {
    groups = groups.enumerated().sorted { (-$0.element.count, $0.offset) < (-$1.element.count, $1.offset) }
      .map(\.element)
    for place in groups.indices.dropFirst() {
      var comparison = Comparison(present: groups[0].record, groups[place].record, by: catalogue)
      comparison.failsOn = failsOn
      groups[place].comparison = comparison
    }
  }

  /// Marks what was accepted of the changes from the largest group.
  package mutating func accept(_ acceptance: Acceptance) {
    for place in groups.indices { groups[place].comparison?.accept(acceptance) }
  }

  /// True if a group differs from the largest in something that counts for the exit status.
  package var hasFailures: Bool { groups.contains { ($0.comparison?.failureCount ?? 0) > 0 } }

  /// True if all of them could be compared.
  package var isDecided: Bool { groups.allSatisfy { $0.comparison?.isDecided ?? true } }
}

extension Environment {
  /// Reads what stands above a record's settings.
  ///
  /// - Throws: ``PageError`` where it cannot be read to its end.
  fileprivate init(readingHead head: String, name: String) throws(PageError) {
    let page = try Page(written: head, name: name)
    let isText = head.unicodeScalars.allSatisfy { $0.isVisible || $0 == "\n" || $0 == "\t" }
    guard isText, page.unread.isEmpty, page.ladders.isEmpty, !page.facts.isEmpty else {
      throw PageError(page: name, line: nil, message: "damaged: the environment cannot be read")
    }
    self.init(facts: page.facts.flatMap(\.rows).map { Fact($0.what, $0.value) })
  }
}

private func hexadecimal(_ number: UInt64) -> String {
  let digits = String(number, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
