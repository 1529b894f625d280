/// An arrow of a figure: its shaft, its head, and the text in it.
struct FigureArrow: Equatable {
  enum Direction {
    case right, left, both, none
    var isRight: Bool { self == .right }
  }

  var direction: Direction
  var isLost: Bool
  /// The text within the shaft, and the number of signs around it.
  var label: String
  /// The places from its first sign to its last.
  var range: Range<Int>

  /// The arrows in a part of a line.
  static func all(in line: FigureLine, _ signs: ArraySlice<FigureSigns.Sign>) -> [FigureArrow] {
    var arrows: [FigureArrow] = []
    var group: [FigureSigns.Sign] = []
    func close() {
      if let arrow = FigureArrow(group, in: line) { arrows.append(arrow) }
      group = []
    }
    for sign in signs {
      if let last = group.last {
        let text = line.text(last.range.upperBound..<sign.range.lowerBound)
        let hasRight = group.contains { $0.kind == .right }
        let hasLeft = group.contains { $0.kind == .left }
        switch sign.kind {
        // `--> <--` are two, and so are `--> name -->` and `--> -->`; `--> SYN -->` is one.
        case .left where hasRight: close()
        case .shaft, .right:
          if hasRight, last.kind == .right, text.isEmpty || Label(reading: text).segment == nil { close() }
        case .left where hasLeft:
          if text.isEmpty || Label(reading: text).segment == nil { close() }
        default: break
        }
      }
      group.append(sign)
    }
    close()
    return arrows
  }

  private init?(_ signs: [FigureSigns.Sign], in line: FigureLine) {
    guard let first = signs.first, let last = signs.last else { return nil }
    range = first.range.lowerBound..<last.range.upperBound
    let kinds = signs.map(\.kind)
    isLost = kinds.contains(.loss)
    switch (kinds.contains(.right), kinds.contains(.left)) {
    case (true, true): direction = .both
    case (true, false): direction = .right
    case (false, true): direction = .left
    case (false, false):
      direction = !isLost ? .none : kinds.first == .loss ? .left : .right
    }
    label = zip(signs, signs.dropFirst()).map { line.text($0.range.upperBound..<$1.range.lowerBound) }
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Tells whether it shows a direction.
  var isDirected: Bool { direction == .right || direction == .left }
}
