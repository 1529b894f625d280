/// A number as SVG has it, to a tenth.
func units(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  let rest = abs(tenths % 10)
  return (tenths < 0 ? "-" : "") + "\(abs(tenths / 10))" + (rest == 0 ? "" : ".\(rest)")
}

/// A straight line from a point to another, with what stands along it.
struct Stretch {
  var from: (x: Double, y: Double)
  var to: (x: Double, y: Double)

  var length: Double {
    let (dx, dy) = (to.x - from.x, to.y - from.y)
    return (dx * dx + dy * dy).squareRoot()
  }

  /// The point at this share of the way.
  func point(_ share: Double) -> (x: Double, y: Double) {
    (from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share)
  }

  /// A point so far behind another one on the way, and so far beside it.
  private func point(_ end: (x: Double, y: Double), back: Double, aside: Double) -> String {
    let (ux, uy) = ((to.x - from.x) / length, (to.y - from.y) / length)
    return units(end.x - ux * back - uy * aside) + " " + units(end.y - uy * back + ux * aside)
  }

  func shaft(from start: (x: Double, y: Double), upTo end: (x: Double, y: Double)) -> Markup {
    .empty(
      "path",
      [
        "class": "shaft",
        "d": "M\(units(start.x)) \(units(start.y))L\(point(end, back: 1, aside: 0))",
      ])
  }

  /// The head of an arrow, drawn as a shape: not every program knows markers.
  func head(at end: (x: Double, y: Double)) -> Markup {
    let corners = [
      point(end, back: 0, aside: 0), point(end, back: 12, aside: 4.6), point(end, back: 9, aside: 0),
      point(end, back: 12, aside: -4.6),
    ]
    return .empty("path", ["class": "head", "d": "M" + corners.joined(separator: "L") + "Z"])
  }

  func cross(at end: (x: Double, y: Double)) -> Markup {
    let (x, y) = end
    let path =
      "M\(units(x - 7)) \(units(y - 7))L\(units(x + 7)) \(units(y + 7))"
      + "M\(units(x + 7)) \(units(y - 7))L\(units(x - 7)) \(units(y + 7))"
    return .empty("path", ["class": "cross", "d": path])
  }

  /// A place of its own around the middle of the way: across it runs along the way, from left to right.
  func along(_ content: [Markup]) -> Markup {
    let way = from.x <= to.x ? self : Stretch(from: to, to: from)
    let (cos, sin) = ((way.to.x - way.from.x) / length, (way.to.y - way.from.y) / length)
    let middle = point(0.5)
    func fine(_ value: Double) -> String { "\((value * 10_000).rounded() / 10_000)" }
    let matrix = [fine(cos), fine(sin), fine(-sin), fine(cos), units(middle.x), units(middle.y)]
    return .element("g", ["transform": "matrix(\(matrix.joined(separator: " ")))"], content)
  }
}

extension Mark {
  /// The mark as a round sign: its colour and its form say the same.
  func badge(x: Double, y: Double) -> Markup {
    var parts: [Markup] = [
      .empty("circle", ["class": rawValue, "cx": units(x), "cy": units(y), "r": "8"])
    ]
    switch self {
    case .undecided:
      parts.append(.element("text", ["class": "on middle", "x": units(x), "y": units(y + 4.3)], "?"))
    default:
      let form = self == .conditional ? "on half" : "on"
      parts.append(
        .empty("path", ["class": form, "d": stroke, "transform": "translate(\(units(x)) \(units(y)))"]))
    }
    return Markup(parts)
  }

  /// Drawn within a circle of 8 around 0: which glyphs a font has is not ours to say.
  private var stroke: String {
    switch self {
    case .confirmed: "M-3.8 .4L-1.2 3.2L4 -2.8"
    case .contradicted: "M-3 -3L3 3M3 -3L-3 3"
    case .simplified: "M-4 1C-2.5 -2.5 -1 -1.5 0 0S2.5 2.5 4 -1"
    case .conditional: "M0 -5.5A5.5 5.5 0 0 0 0 5.5Z"
    case .unobservable, .undecided: "M-3.5 0L3.5 0"
    case .leftOut: "M-2.5 0A2.5 2.5 0 1 0 2.5 0A2.5 2.5 0 1 0 -2.5 0Z"
    }
  }
}
