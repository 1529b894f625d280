import Claims
import Documents
package import Notations
import TCP

/// The connections of a capture and the reasons why they ended, for a person.
package struct CaptureReport {
  let file: String
  let capture: Capture
  let chosen: [(connection: CapturedConnection, ending: Ending)]
  private let style: Style
  private let glyphs: Glyphs

  /// - Parameter connections: those of the capture that are told.
  package init(of connections: [CapturedConnection], in capture: Capture, file: String, style: Style) {
    (self.file, self.capture, self.style) = (file, capture, style)
    let end = capture.times?.upperBound ?? 0
    chosen = connections.map { ($0, Ending(of: $0, captureEnd: $0.captureEnd ?? end)) }
    glyphs = Glyphs(unicode: style.unicode)
  }

  /// Segments that a drawing has: more are nothing that a person looks at.
  private static let mostDrawn = 30

  /// True if there is one connection, and nothing proves its end.
  package var isUndecided: Bool { chosen.count == 1 && chosen[0].ending.kind == .undecided }

  /// One connection in full, or where there are several, a line for each.
  package var text: String {
    var lines = [Line(summary, .strong)] + tallyLines.map { Line("  " + $0, .faint) }
    if chosen.count == 1 {
      lines += [Line()] + self.lines(about: chosen[0].connection, chosen[0].ending)
    } else {
      lines += list
    }
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }

  private var summary: String {
    let count = capture.connections.count
    return "\(file): \(counted(capture.tally.packets, "packet")), \(counted(count, "TCP connection"))"
  }

  /// Everything of the file that is not in its connections.
  private var tallyLines: [String] {
    let tally = capture.tally
    let counts: [(count: Int, noun: String, words: String)] = [
      (tally.others, "packet", "of other protocols"),
      (tally.fragments, "fragment", "of IP packets, which are not read"),
      (tally.cut, "packet", "captured without the whole headers: capture at least 96 bytes (-s 96)"),
      (tally.malformed, "packet", "with headers that contradict themselves"),
      (tally.unknownLinks, "packet", "of a link layer that is not read"),
      (tally.leftOut, "segment", "of more connections than are told apart: filter the file first"),
      (Int(clamping: tally.dropped), "packet", "dropped by the capturing system, by its own count"),
    ]
    return counts.filter { $0.count > 0 }.map { "\(counted($0.count, $0.noun)) \($0.words)" }
  }

  // MARK: All connections

  /// Connections that are listed without `--all`.
  private static let mostListed = 100

  private var list: [Line] {
    let counts = Ending.Kind.allCases.compactMap { kind -> String? in
      let count = chosen.count { $0.ending.kind == kind }
      return count > 0 ? "\(grouped(count)) \(kind.rawValue)" : nil
    }
    var lines =
      wrapped(counts.joined(separator: ", "), to: style.width - 2).map { .blank(2) + Line($0) } + [Line()]
    let shown = style.drawsAll ? chosen.count : min(chosen.count, Self.mostListed)
    lines += chosen.prefix(shown).flatMap { connection, ending in
      let words = EndingWords(ending: ending, names: Both(left: "the left end", right: "the right end"))
      let number = Line("\(connection.number)", .strong).rightAligned(in: "\(chosen.count)".count)
      let ends = "\(connection.names.left) \(glyphs.reachesRight) \(connection.names.right)"
      let indent = number.width + 2
      let head = number + .blank(2) + Line(ends) + Line("  " + segments(connection.count), .faint)
      return [head]
        + wrapped(words.headline, to: style.width - indent - 2).map {
          .blank(indent + 2) + Line($0, tone(ending))
        }
    }
    let more = chosen.count - shown
    if more > 0 { lines.append(Line("... and \(grouped(more)) more: --all", .faint)) }
    lines += [Line(), Line("One of them in full: --connection NUMBER", .faint)]
    return lines
  }

  private func tone(_ ending: Ending) -> Tone {
    switch ending.kind {
    case .closed, .closedByBoth: .good
    case .undecided, .halfClosed: .plain
    default: .bad
    }
  }

  // MARK: One connection

  private func lines(about connection: CapturedConnection, _ ending: Ending) -> [Line] {
    let names = connection.names
    let words = EndingWords(ending: ending, names: names)
    var lines = [
      Line("Connection \(connection.number): \(names.left) \(glyphs.reachesRight) \(names.right)")
    ]
    lines +=
      [Line()] + wrapped(words.headline, to: style.width - 2).map { .blank(2) + Line($0, tone(ending)) }
    lines +=
      [Line()] + wrapped(words.explanation, to: style.width - 2).map { .blank(2) + Line($0) } + [Line()]
    var table = TextTable()
    for proof in ending.proofs {
      table.rows.append([
        .init("\(capture.unit)\(proof.packets.count == 1 ? "" : "s") \(proof.numbers)", .faint),
        .init(proof.words(names: names, unicode: style.unicode)),
      ])
    }
    lines += table.lines(width: style.width)
    let remarks = ending.remarks.map { $0.words(names: names, packet: capture.unit, unicode: style.unicode) }
    if !remarks.isEmpty { lines.append(Line()) }
    for remark in remarks {
      let rows = wrapped(remark, to: style.width - 4)
      lines += rows.enumerated().map { .blank(2) + Line(($0 == 0 ? "\(glyphs.dot) " : "  ") + $1, .faint) }
    }
    let most = style.drawsAll ? Int.max : Self.mostDrawn
    let picture = Picture(of: connection, most: most)
    return lines + [Line()] + LadderDrawing(picture, style: style).lines()
  }
}

extension Capture {
  /// The word for a packet with its number.
  var unit: String { isText ? "line" : "packet" }
}
