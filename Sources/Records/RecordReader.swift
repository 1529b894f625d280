package import Documents
import Notations

extension Record {
  /// Tells whether this text is marked as a record. One of schema 1 is not: it is a page like any other, and can be read.
  package static func isOne(_ text: String) -> Bool {
    text.split(separator: "\n", maxSplits: 9).contains { $0.hasPrefix(Mark.beginning) }
  }

  /// Reads what ``markdown`` has written, also in an earlier form.
  ///
  /// - Throws: ``PageError`` with the line where it is damaged, cut, or of a later form than this program knows.
  package init(reading text: String, name: String) throws(PageError) {
    try refuseInvisible(in: text, name: name)
    guard text.contains(Mark.beginning) || FirstSchema.isOne(text) else {
      throw PageError(page: name, line: nil, message: "not a record: tcpprobe record -o FILE makes one")
    }
    if FirstSchema.isOne(text) {
      self = FirstSchema(page: try Page(written: text, name: name)).read()
      return
    }
    let parts = TraceChapter.split(text)
    var reader = RecordReader(page: try Page(written: parts?.rest ?? text, name: name))
    if let parts {
      reader.traceLines = (parts.line, parts.lines.count - 1)
      reader.traces = try TraceChapter.read(parts.lines, line: parts.line, of: name)
    }
    self = try reader.read()
  }
}

/// Fails where a text that tcpprobe writes, and a person reads, holds what nobody sees: tcpprobe writes none of it.
func refuseInvisible(in text: String, name: String) throws(PageError) {
  guard !text.isVisible else { return }
  for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
  {
    guard let scalar = line.unicodeScalars.first(where: { !$0.isVisible && $0 != "\t" }) else { continue }
    throw PageError(
      page: name, line: index + 1,
      message:
        "damaged: control character U+\(String(scalar.value, radix: 16, uppercase: true)); expected text")
  }
}

/// Goes through the blocks of the page, and takes each table by the heading that it stands under.
struct RecordReader {
  let page: Page
  private var schema: Int?
  private(set) var promised: (count: Int, line: Int)?
  private var chapter = ""
  /// The first line and the number of lines of the chapter of traces, which is read apart; nil where there is none.
  var traceLines: (first: Int, count: Int)?
  /// The traces by the names of their sections.
  var traces: [String: [Record.Trace]] = [:]
  private(set) var record = Record(command: "", environment: Environment(), sections: [])

  init(page: Page) { self.page = page }

  /// A part of a record, which stands in this chapter; nil where it cannot be read by itself.
  init?(part text: String, of chapter: String) {
    guard text.isVisible, let page = try? Page(written: text, name: "") else { return nil }
    self.init(page: page)
    self.chapter = chapter
    guard (try? takeBlocks()) != nil else { return nil }
  }

  /// Tells whether the mark of a record in the current form was there.
  var isMarked: Bool { schema == Record.currentSchema }

  private mutating func takeBlocks() throws(PageError) {
    for block in page.blocks {
      switch block {
      case .prose(let lines, let first):
        for (offset, line) in lines.enumerated() { try take(line, number: first + offset) }
      case .facts(let facts): try take(facts)
      case .ladder(let ladder): try take(ladder)
      }
    }
    if let unread = page.unread.first {
      throw fault(unread.line, "`\(unread.text)` cannot be read: expected what tcpprobe record writes")
    }
  }

  mutating func read() throws(PageError) -> Record {
    try takeBlocks()
    guard schema != nil else {
      throw fault(nil, "not a record: expected a line `\(Record.Mark.schema(Record.currentSchema))`")
    }
    guard let promised else {
      throw fault(nil, "truncated: expected `\(Record.Mark.ending)N behaviours -->` at the end")
    }
    record.splitSections()
    guard promised.count == record.count else {
      throw fault(
        promised.line,
        "damaged: \(record.count) behaviours found, but \(promised.count) expected"
      )
    }
    for index in record.sections.indices {
      record.sections[index].traces = traces.removeValue(forKey: record.sections[index].name) ?? []
    }
    if let stray = traces.keys.min() {
      throw fault(nil, "damaged: traces of \(stray), of which there is no section")
    }
    return record
  }

  private mutating func take(_ line: String, number: Int) throws(PageError) {
    if let found = Record.Mark.number(in: line, after: Record.Mark.beginning) {
      guard found <= Record.currentSchema else {
        throw fault(
          number,
          "this record has schema \(found), but this tcpprobe reads only up to \(Record.currentSchema): use a newer tcpprobe"
        )
      }
      schema = found
    } else if let count = Record.Mark.number(in: line, after: Record.Mark.ending) {
      promised = (count, number)
    } else if line.hasPrefix("### ") {
      record.sections.append(Record.Section(name: String(line.dropFirst(4))))
    } else if line.hasPrefix("## ") {
      chapter = String(line.dropFirst(3))
    } else if line.hasPrefix("Made by `") {
      record.command = String(line.dropFirst(9).prefix { $0 != "`" })
    } else if line.hasPrefix("|") {
      throw fault(
        number, "`\(line)` is not part of a table: expected a header `what | value | set by` above it")
    }
  }

  private mutating func take(_ facts: Facts) throws(PageError) {
    switch chapter {
    case Record.Heading.environment:
      record.environment.facts += facts.rows.map {
        Environment.Fact(Environment.Name.former[$0.what] ?? $0.what, $0.value)
      }
    case Record.Heading.settings: record.environment.settings += facts.rows.map(Environment.Setting.init)
    case Record.Heading.behaviour:
      guard !record.sections.isEmpty else {
        throw fault(facts.line, "a table before the first heading `### …`")
      }
      for fact in facts.rows {
        guard !fact.what.isEmpty, !fact.value.isEmpty else {
          throw fault(fact.line, "a row without a name or a value: expected `what | value | set by`")
        }
        record.sections[record.sections.count - 1].rows.append(Record.Row(fact))
      }
    default: throw fault(facts.line, "a table under a heading that records do not have")
    }
  }

  private mutating func take(_ ladder: Ladder) throws(PageError) {
    guard chapter == Record.Heading.behaviour, !record.sections.isEmpty else {
      throw fault(ladder.line, "a ladder outside `## \(Record.Heading.behaviour)`")
    }
    record.sections[record.sections.count - 1].ladder = ladder
  }

  private func fault(_ line: Int?, _ message: String) -> PageError {
    // Lines behind the chapter of traces stand further down in the file.
    let place = line.map { line in traceLines.map { line >= $0.first ? line + $0.count : line } ?? line }
    return PageError(page: page.name, line: place, message: message)
  }
}
