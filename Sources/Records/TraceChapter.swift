import Documents
import TCP
import Traces

/// The chapter of a record that has its traces, as text: first the openings that many traces have alike, then the traces,
/// section by section, in fenced blocks.
struct TraceChapter {
  let text: String

  private static let preface =
    "Each segment, call and socket of each run, and the counters that moved. tcpprobe compares them only where no "
    + "figure differs."
  private static let openings = "openings"
  private static let opening = "opening "
  private static let fence = "```"
  private static let section = "### "
  private static let heading = "#### "

  init(of record: Record) {
    let openings = Openings(record.sections.flatMap(\.traces).map(\.trace.lines))
    var lines = ["## \(Record.Heading.traces)", "", Self.preface, ""]
    func add(_ name: String, _ block: [String]) {
      lines += ["\(Self.heading)\(name)", "", Self.fence] + block + [Self.fence, ""]
    }
    if !openings.all.isEmpty {
      lines += ["\(Self.section)\(Self.openings)", ""]
      for (index, opening) in openings.all.enumerated() { add("\(Self.opening)\(index + 1)", opening) }
    }
    for section in record.sections where !section.traces.isEmpty {
      lines += ["\(Self.section)\(section.name)", ""]
      for trace in section.traces {
        add(
          trace.setBy,
          Repetition.folded(openings.folded(trace.trace.lines) { "\(Self.opening)\($0 + 1)" })
            + trace.trace.counters)
      }
    }
    text = lines.dropLast().joined(separator: "\n")
  }

  /// Divides a record's text into this chapter and all else.
  ///
  /// - Returns: the text without the chapter, the chapter's lines, and the number of the line that it begins with.
  static func split(_ text: String) -> (rest: String, lines: [Substring], line: Int)? {
    guard let start = text.range(ofLine: "## \(Record.Heading.traces)"),
      let end = text.lastRange(ofLineBeginning: Record.Mark.ending)
    else { return nil }
    let line = text.utf8[..<start].count { $0 == UInt8(ascii: "\n") } + 1
    let chapter = start < end ? text[start..<end] : text[start...]
    return (
      String(text[..<start]) + (start < end ? text[end...] : ""),
      chapter.split(separator: "\n", omittingEmptySubsequences: false), line
    )
  }

  /// Reads the chapter.
  ///
  /// - Throws: ``PageError`` where it is not what ``text`` has written.
  static func read(_ lines: [Substring], line first: Int, of name: String) throws(PageError) -> [String:
    [Record.Trace]]
  {
    var traces: [String: [Record.Trace]] = [:]
    var openings: [String: [String]] = [:]
    var (section, run): (String?, String?) = (nil, nil)
    var block: [String]?
    for (offset, line) in lines.enumerated() {
      func fault(_ message: String) -> PageError {
        PageError(page: name, line: first + offset, message: "damaged: \(message)")
      }
      if line == fence {
        guard let content = block else {
          block = []
          continue
        }
        guard let section, let run else { throw fault("a trace under no heading") }
        if section == Self.openings {
          openings[run] = content
        } else {
          let content = Repetition.unfolded(content).flatMap { openings[$0] ?? [$0] }
          traces[section, default: []].append(Record.Trace(setBy: run, NormalTrace(reading: content)))
        }
        block = nil
      } else if block != nil {
        guard !line.hasPrefix(opening) || openings[String(line)] != nil else {
          throw fault("there is no \(line)")
        }
        block?.append(String(line))
      } else if line.hasPrefix(heading) {
        run = String(line.dropFirst(heading.count))
      } else if line.hasPrefix(Self.section) {
        section = String(line.dropFirst(Self.section.count))
      }
    }
    guard block == nil else {
      throw PageError(page: name, line: first + lines.count, message: "truncated: a trace without its end")
    }
    return traces
  }
}

/// The beginnings of connections that more than one trace has to the letter: from listen() or connect() to accept().
private struct Openings {
  private(set) var all: [[String]] = []
  private var places: [[String]: Int] = [:]

  init(_ traces: [[String]]) {
    var counts: [[String]: Int] = [:]
    var order: [[String]] = []
    for lines in traces {
      for range in Self.ranges(in: lines) {
        let opening = Array(lines[range])
        counts[opening, default: 0] += 1
        if counts[opening] == 2 { order.append(opening) }
      }
    }
    all = order
    places = Dictionary(uniqueKeysWithValues: zip(order, order.indices))
  }

  func folded(_ lines: [String], name: (Int) -> String) -> [String] {
    var folded: [String] = []
    var next = 0
    for range in Self.ranges(in: lines) {
      guard let place = places[Array(lines[range])] else { continue }
      folded += lines[next..<range.lowerBound] + [name(place)]
      next = range.upperBound
    }
    return folded + lines[next...]
  }

  private static let shortest = 5

  private static func ranges(in lines: [String]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start: Int?
    for (index, line) in lines.enumerated() where !line.hasPrefix(" ") {
      if line.contains(" \(Call.listen): ") {
        start = index
      } else if line.contains(" \(Call.connect): ") {
        start = start ?? index
      } else if line.contains(" \(Call.accept): "), let first = start {
        let end = lines[(index + 1)...].firstIndex { !$0.hasPrefix(" ") } ?? lines.count
        if end - first >= shortest { ranges.append(first..<end) }
        start = nil
      }
    }
    return ranges
  }
}

extension String {
  /// The beginning of the first line that is this one.
  fileprivate func range(ofLine line: String) -> Index? {
    var start = startIndex
    let bytes = Array(line.utf8)
    while start < endIndex {
      let end = utf8[start...].firstIndex(of: UInt8(ascii: "\n")) ?? endIndex
      if utf8[start..<end].elementsEqual(bytes) { return start }
      guard end < endIndex else { return nil }
      start = utf8.index(after: end)
    }
    return nil
  }

  /// The beginning of the last line that begins so.
  fileprivate func lastRange(ofLineBeginning beginning: String) -> Index? {
    var end = endIndex
    while end > startIndex {
      let start = utf8[..<end].lastIndex(of: UInt8(ascii: "\n")).map { utf8.index(after: $0) } ?? startIndex
      if utf8[start..<endIndex].starts(with: beginning.utf8) { return start }
      guard start > startIndex else { return nil }
      end = utf8.index(before: start)
    }
    return nil
  }
}
