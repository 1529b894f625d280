import Claims
package import TCP
import Traces

extension MatrixReport {
  func terminalReport(style: Style) -> String {
    let kinds = MatrixSegment.Kind.allCases
    var lines = [Line(title, .strong).clipped(to: style.width, mark: "...")]
    func width(_ kind: MatrixSegment.Kind) -> Int { max(7, kind.rawValue.count + 1) }
    var head = Line.blank(12)
    for kind in kinds { head += Line(kind.rawValue, .faint).padded(to: width(kind)) }
    lines.append(head)
    for state in Self.states {
      var line = Line(state.rawValue).padded(to: 12)
      for kind in kinds {
        let cells = matrix.cells(of: kind, in: state)
        let isOff = cells.contains(where: \.isOff)
        line += Line(cells.letters, isOff ? .soft : .plain).padded(to: width(kind))
      }
      lines.append(line)
    }
    var old = Line(Self.oldTimestamps.name).padded(to: 12)
    for kind in kinds {
      let (letters, isOff) = oldTimestamps(of: kind)
      old += Line(letters, isOff ? .soft : .plain).padded(to: width(kind))
    }
    lines += [old, Line()]
    let letters = Matrix.Cell.legend.map { "\($0.letter) \($0.meaning)" }.joined(separator: ", ")
    lines += wrapped(letters, to: style.width).map { Line($0, .faint) }
    let places = MatrixSegment.Place.allCases.map(\.rawValue).joined(separator: ", ")
    lines += wrapped(
      "Five letters: SEG.SEQ \(places). One letter: all are equal.",
      to: style.width
    ).map {
      Line($0, .faint)
    }
    lines += wrapped("\(Self.oldTimestamps.name): \(Self.oldTimestamps.meaning).", to: style.width).map {
      Line($0, .faint)
    }
    for text in matrix.reasons {
      lines += wrapped("? not seen: \(text)", to: style.width).map { Line($0, .soft) }
    }
    lines += wrapped(
      "\(coverage). tcpprobe matrix --cell ESTABLISHED:data explains one cell.",
      to: style.width
    )
    .map { Line($0, .strong) }
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }

  /// One kind of segment in one state: each place with what was sent, seen and asked for, and the ladder of the first that is
  /// not as the RFCs ask, or of the one at the left edge.
  package func explanation(of kind: MatrixSegment.Kind, in state: State, style: Style) -> String {
    let cells = matrix.cells(of: kind, in: state)
    var lines = [Line("\(kind.rawValue) in \(state.rawValue)", .strong)]
    for group in cells.folded {
      let isOff = group[0].isOff
      let sign = EdgeTable.Kind.differs.sign(unicode: style.unicode)
      lines.append(Line())
      lines += wrapped(group.numbers, to: style.width).map { Line($0, .accent) }
      func add(_ label: String, _ text: String, _ tone: Tone = .plain) {
        lines += Paragraph(text, tone, label: "  " + label.padded(to: 9)).lines(in: style.width)
      }
      if let arrived = group[0].sight?.arrived { add("arrived", "\(arrived)", .faint) }
      add("kernel", (isOff ? "\(sign) " : "") + group[0].seen, isOff ? .soft : .plain)
      if let told = group[0].sight?.told { add("program", told) }
      add("RFC", "\(group[0].asked) (\(group[0].ruling.source))", .faint)
    }
    let drawn = cells.first(where: \.isOff) ?? cells.first { $0.segment.place == .leftEdge } ?? cells.first
    if let drawn, let sight = drawn.sight {
      lines += [Line(), Line("Drawn: " + [drawn].numbers, .faint)]
      lines += LadderDrawing(Picture(of: matrix.trace(of: sight)), style: style).lines()
    }
    lines.append(Line())
    lines += wrapped(Self.timestamps, to: style.width).map { Line($0, .faint) }
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }
}

extension String {
  fileprivate func padded(to columns: Int) -> String {
    self + String(repeating: " ", count: max(0, columns - count))
  }
}
