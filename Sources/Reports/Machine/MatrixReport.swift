package import Claims
import Documents
package import TCP
package import Traces

/// A form that the report on the matrix can take.
package enum MatrixFormat: String, CaseIterable, Sendable {
  case terminal, markdown, json, html
}

/// The states of TCP by the segments that arrive in them, and where it was seen.
package struct MatrixReport: Sendable {
  package let matrix: Matrix
  package let version: String
  package let command: String
  package let machine: Machine
  package let family: Family

  package init(_ matrix: Matrix, version: String, command: String, machine: Machine, family: Family) {
    self.matrix = matrix
    self.version = version
    self.command = command
    self.machine = machine
    self.family = family
  }

  /// The report in this format. It ends with a line feed.
  package func rendered(as format: MatrixFormat, style: Style = Style()) -> String {
    switch format {
    case .terminal: terminalReport(style: style)
    case .markdown: markdownReport().visible
    case .json: jsonReport()
    case .html: htmlReport()
    }
  }

  var title: String {
    "Segments that arrive in each state, on Linux \(machine.release) (\(family.name))"
  }

  /// `465 segments: 440 answered as the RFCs ask, 25 differ`.
  var coverage: String {
    let counts = matrix.counts
    let missing = counts.missing > 0 ? ", \(counts.missing) not seen" : ""
    return
      "\(matrix.cells.count) segments: \(counts.same) answered as the RFCs ask, \(counts.deviating) "
      + "\(counts.deviating == 1 ? "differs" : "differ")\(missing)"
  }

  /// The note on timestamps, which is true of all cells.
  static let timestamps =
    "These connections negotiated timestamps, but the injected segments carry none, except those with an old timestamp. "
    + "RFC 7323 section 3.2 says that a receiver should drop segments without one; Linux accepts them."

  /// The name of the row of ``oldTimestamps(of:)``, and its meaning.
  static let oldTimestamps = (
    name: "old TSval",
    meaning: "left edge, old timestamp; different answers from SYN_RECV on"
  )

  /// The letters of the answers to such segments with an old timestamp, each once, in the order of the states.
  func oldTimestamps(of kind: MatrixSegment.Kind) -> (letters: String, isOff: Bool) {
    let cells = Self.states.flatMap { matrix.cells(of: kind, in: $0) }.filter(\.segment.hasOldTimestamp)
    var letters = ""
    for letter in cells.map(\.letter) where !letters.contains(letter) { letters.append(letter) }
    let isOff = cells.contains(where: \.isOff)
    return (letters + (isOff ? "!" : ""), isOff)
  }

  /// The states in the order in which a connection comes to them.
  static let states: [State] = [
    .closed, .listen, .synSent, .synReceived, .established, .finWait1, .finWait2, .closeWait, .closing,
    .lastAck, .timeWait,
  ]
}

extension Matrix {
  /// The reasons for which segments could not be tried, each once.
  var reasons: [String] {
    Set(
      cells.compactMap { cell in
        if case .missing(let reason) = cell.result { "\(reason)" } else { nil }
      }
    ).sorted()
  }
}

/// The words for cells, the same in all formats.
extension Matrix.Cell {
  /// A letter for what the end does.
  var letter: Character {
    guard let sight else { return "?" }
    let stays = sight.next == state
    switch (Ruling.Answer(sight.sent.filter { $0 != .syn }), stays, sight.next) {
    case (.nothing, true, _): return "."
    case (.ack, true, _): return "A"
    case (.reset, true, _): return "R"
    case (.nothing, false, .closed): return "x"
    case (.reset, false, .closed): return "X"
    case (.synAck, _, _): return "S"
    case (_, false, _): return ">"
    default: return "~"
    }
  }

  static let legend: [(letter: String, meaning: String)] = [
    (".", "nothing"), ("A", "ACK"), ("R", "RST"), ("S", "SYN+ACK"), (">", "other state"), ("x", "closed"),
    ("X", "RST and closed"), ("~", "other answer"), ("!", "not as the RFCs ask"),
  ]

  /// `ACK, CLOSE_WAIT`.
  var seen: String {
    switch result {
    case .missing(let reason): return "not seen: \(reason)"
    case .seen(let sight):
      let sent = sight.sent.isEmpty ? "nothing" : sight.sent.map(\.description).joined(separator: " and ")
      return "\(sent), \(sight.next.rawValue)"
    }
  }

  /// `ACK, ESTABLISHED, or nothing, ESTABLISHED`.
  var asked: String {
    ruling.outcomes.map { "\($0.answer.rawValue), \(($0.next ?? state).rawValue)" }.joined(separator: ", or ")
  }

  var isOff: Bool { deviates == true }
}

extension [Matrix.Cell] {
  /// The letters of the places, one where all are equal, with a mark where one is not as the RFCs ask.
  var letters: String {
    let places = filter {
      !$0.segment.hasOldTimestamp
        && ($0.segment.acknowledgment == nil || $0.segment.acknowledgment == .current)
    }
    let all = String((places.isEmpty ? self : places).map(\.letter))
    let one = Set(all).count == 1 ? String(all.prefix(1)) : all
    return one + (contains(where: \.isOff) ? "!" : "")
  }

  /// Cells next to each other whose answers and rulings are equal, together.
  var folded: [[Matrix.Cell]] {
    var groups: [[Matrix.Cell]] = []
    for cell in self {
      let place = groups.firstIndex {
        $0[0].seen == cell.seen && $0[0].asked == cell.asked && $0[0].ruling.source == cell.ruling.source
          && $0[0].sight?.told == cell.sight?.told
      }
      if let place { groups[place].append(cell) } else { groups.append([cell]) }
    }
    return groups
  }

  /// The places of their numbers, in words.
  var numbers: String {
    let all = map(\.segment.numbers).filter { !$0.isEmpty }
    return all.isEmpty ? "any number" : all.joined(separator: "; ")
  }
}
