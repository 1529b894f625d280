import Documents
import TCP

/// Figures in the style of RFC 9293, section 3.5: a state, an arrow, the fields of a segment, an arrow, a state.
enum StandardFigure: Notation {
  static let name = "a diagram in the style of RFC 9293"

  static func sketches(in block: TextBlock) -> [Sketch] {
    guard block.lines.contains(where: mayBeSegment) else { return [] }
    let lines = block.lines.enumerated().map { index, line in
      StandardLine(FigureLine(line, number: block.line(index)))
    }
    var sketches: [Sketch] = []
    var taken = 0
    while let first = lines[taken...].firstIndex(where: \.isSegment) {
      let begin = beginning(of: first, in: lines, from: taken)
      let end = end(of: first, in: lines)
      sketches.append(sketch(of: lines[begin...end]))
      taken = end + 1
    }
    return sketches
  }

  private static let fields: Pieces = ["<S", "<C", "<A", "<D", "<L", "<s", "<c", "&lt;", "＜"]
  private static func mayBeSegment(_ line: Substring) -> Bool { fields.isAny(in: line) }

  /// The index of the names, or of the first states, above the first segment.
  private static func beginning(of first: Int, in lines: [StandardLine], from taken: Int) -> Int {
    var begin = first
    for index in (taken..<first).reversed() {
      switch lines[index].kind {
      case .blank: continue
      case .ends: begin = index
      case .names: return index
      case .segment, .other: return begin
      }
    }
    return begin
  }

  /// The index of the last segment, or of the states below it.
  private static func end(of first: Int, in lines: [StandardLine]) -> Int {
    var end = first
    var step = lines[first].step
    for index in lines.indices.dropFirst(first + 1) {
      // The numbers of a second figure begin anew.
      if let number = lines[index].step {
        if let step, number <= step { return end }
        step = number
      }
      switch lines[index].kind {
      case .blank: continue
      case .segment, .ends: end = index
      case .names, .other: return end
      }
    }
    return end
  }

  private static func sketch(of lines: ArraySlice<StandardLine>) -> Sketch {
    var names = ["left", "right"]
    var column = Int.max
    for line in lines {
      if case .segment(let segment) = line.kind { column = min(column, segment.column) }
      if case .names(let pieces) = line.kind { names = pieces.map(\.text) }
    }
    var events = StandardEvents(middle: column)
    var refusal: SketchRefusal?
    do throws(SketchRefusal) {
      for line in lines { try events.add(line) }
      try events.end()
    } catch { refusal = error }
    let range = (lines.first?.number ?? 1)...(lines.last?.number ?? 1)
    return Sketch(names: names, steps: events.steps, lines: range, unread: events.unread, refusal: refusal)
  }
}

extension StandardLine {
  fileprivate var isSegment: Bool { if case .segment = kind { true } else { false } }
}
