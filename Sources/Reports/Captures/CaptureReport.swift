import Claims
import Documents
package import Notations
import TCP

/// The connections of a capture and the reasons why they ended, for a person.
package struct CaptureReport {
  let file: String
  let capture: Capture
  private let style: Style
  private let glyphs: Glyphs

  package init(of capture: Capture, file: String, style: Style) {
    (self.file, self.capture, self.style) = (file, capture, style)
    glyphs = Glyphs(unicode: style.unicode)
  }

  /// Segments that a drawing has: more are nothing that a person looks at.
  private static let mostDrawn = 30

  var end: Int64 { capture.times?.upperBound ?? 0 }

  /// One connection in full, or where there are several, a line for each.
  ///
  /// - Parameter number: the connection that a person asks for; nil for the only one, or all.
  package func text(ofConnection number: Int?) -> String {
    var lines = [Line(summary, .strong)] + tallyLines.map { Line("  " + $0, .faint) }
    let chosen = capture.connections.filter { number == nil || $0.number == number }
    if chosen.count == 1 {
      lines += [Line()] + self.lines(about: chosen[0])
    } else {
      lines += list(chosen)
    }
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }

  private var summary: String {
    let count = capture.connections.count
    return "\(file): \(grouped(capture.tally.packets)) packet\(capture.tally.packets == 1 ? "" : "s"), "
      + (count == 1 ? "1 TCP connection" : "\(grouped(count)) TCP connections")
  }

  /// Everything of the file that is not in its connections.
  private var tallyLines: [String] {
    let tally = capture.tally
    let counts: [(Int, String)] = [
      (tally.others, "packets of other protocols"),
      (tally.fragments, "fragments of IP packets, which are not read"),
      (tally.cut, "packets of which less than the headers was captured: capture at least 96 bytes (-s 96)"),
      (tally.malformed, "packets whose headers contradict themselves"),
      (tally.unknownLinks, "packets of a link layer that is not read"),
      (tally.leftOut, "segments of more connections than are told apart: filter the file first"),
      (Int(clamping: tally.dropped), "packets dropped by the capturing system, by its own count"),
    ]
    return counts.filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
  }

  // MARK: All connections

  /// Connections that are listed without `--all`.
  private static let mostListed = 100

  private func list(_ connections: [CapturedConnection]) -> [Line] {
    let endings = connections.map { Ending(of: $0, captureEnd: end) }
    let counts = Ending.Kind.allCases.compactMap { kind -> String? in
      let count = endings.count { $0.kind == kind }
      return count > 0 ? "\(grouped(count)) \(kind.rawValue)" : nil
    }
    var lines =
      wrapped(counts.joined(separator: ", "), to: style.width - 2).map { .blank(2) + Line($0) } + [Line()]
    let shown = style.drawsAll ? connections.count : min(connections.count, Self.mostListed)
    lines += zip(connections, endings).prefix(shown).flatMap { connection, ending in
      let words = EndingWords(ending: ending, names: Both(left: "the left end", right: "the right end"))
      let number = Line("\(connection.number)", .strong).rightAligned(in: "\(connections.count)".count)
      let ends = "\(connection.ends.left) \(glyphs.reachesRight) \(connection.ends.right)"
      let indent = number.width + 2
      let head = number + .blank(2) + Line(ends) + Line("  " + segments(connection.count), .faint)
      return [head]
        + wrapped(words.headline, to: style.width - indent - 2).map {
          .blank(indent + 2) + Line($0, tone(ending))
        }
    }
    let more = connections.count - shown
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

  private func lines(about connection: CapturedConnection) -> [Line] {
    let ending = Ending(of: connection, captureEnd: end)
    let names = connection.ends.map(\.description)
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
        .init("packet\(proof.packets.count == 1 ? "" : "s") \(proof.numbers)", .faint),
        .init(proof.words(names: names, unicode: style.unicode)),
      ])
    }
    lines += table.lines(width: style.width)
    let remarks = ending.remarks.map { $0.words(names: names, unicode: style.unicode) }
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
