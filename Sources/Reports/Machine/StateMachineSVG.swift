import Claims
import TCP

/// RFC 9293's state diagram with the result of each edge: a solid line was seen, a dashed one differs, a dotted one was not
/// seen or not tried. Each edge that was not simply seen also has a sign.
enum StateMachineSVG {
  /// The boxes, the edges and their labels, of ``StateDiagramLayout/width`` by ``StateDiagramLayout/height``.
  static func drawing(of table: EdgeTable) -> [Markup] {
    let ways = StateDiagramLayout.ways + [StateDiagramLayout.wayOfNote].compactMap { $0 }
    let rows = ways.compactMap { way in
      table.rows.first { $0.edge == way.transition.edge }.map { (way, $0) }
    }
    let edges = rows.map { way, row in
      Markup.element(
        "g", ["class": "edge-\(row.kind.form)"],
        [.element("title", title(of: row)), StateDiagramSVG.line(way), StateDiagramSVG.head(way)])
    }
    // Above all lines.
    let labels = rows.flatMap { way, row in
      (row.edge.isDrawn ? StateDiagramSVG.label(way, sign: wordSign(of: row, on: way)) : [labelOfNote(way)])
        + [.element("g", ["class": "edge-\(row.kind.form)"], sign(of: row, on: way))]
    }
    let boxes =
      State.allCases.map { StateDiagramSVG.box($0, at: StateDiagramLayout.place(of: $0)) }
      + [StateDiagramSVG.box(.closed, at: StateDiagramLayout.place(of: .closed, isEnd: true))]
    return edges + labels + boxes
  }

  private static func labelOfNote(_ way: StateDiagramLayout.Way) -> Markup {
    .element("text", ["class": "word", "x": units(way.label.x), "y": units(way.label.y)], "note 2")
  }

  /// The words that a pointer on the edge shows.
  private static func title(of row: EdgeTable.Row) -> String {
    let label = row.edge.transitions.first?.label ?? ""
    return (["\(row.edge.number). \(row.from) to \(row.to): \(label): \(row.kind.rawValue)"] + row.remarks)
      .joined(separator: "; ")
  }

  /// The sign before a label that stands around its way, where a circle has no room; empty elsewhere.
  private static func wordSign(of row: EdgeTable.Row, on way: StateDiagramLayout.Way) -> String {
    row.kind != .seen && way.anchor == .middle ? row.kind.sign(unicode: true) + " " : ""
  }

  /// A sign in a circle on the middle of the way; none where the edge was seen.
  private static func sign(of row: EdgeTable.Row, on way: StateDiagramLayout.Way) -> [Markup] {
    guard row.kind != .seen, way.anchor != .middle else { return [] }
    let middle = way.middle
    return [
      .empty("circle", ["class": "sign", "cx": units(middle.x), "cy": units(middle.y), "r": "7.5"]),
      .element(
        "text", ["class": "sign middle", "x": units(middle.x), "y": units(middle.y + 4)],
        row.kind.sign(unicode: true)),
    ]
  }

  /// A line of each kind that the table has, with its meaning, one beside the other.
  static func legend(of table: EdgeTable, y: Double) -> [Markup] {
    EdgeTable.Kind.allCases.filter { table.count($0) > 0 }.enumerated().flatMap { index, kind -> [Markup] in
      let x = 8 + 116 * Double(index)
      return [
        .element(
          "g", ["class": "edge-\(kind.form)"],
          [
            .empty("path", ["class": "shaft", "d": "M\(units(x)) \(units(y))L\(units(x + 26)) \(units(y))"]),
            Stretch(from: (x, y), to: (x + 26, y)).head(at: (x + 26, y)),
            .element(
              "text", ["class": "word", "x": units(x + 31), "y": units(y + 4)],
              "\(kind.sign(unicode: true)) \(kind.rawValue)"),
          ])
      ]
    }
  }

  /// The forms of the lines; colours only say the same again.
  static let shapes = """
    .ladder .word{font-size:10.5px;paint-order:stroke;stroke-width:3}
    .ladder .box{stroke:currentColor;stroke-opacity:.35;stroke-width:1}
    .ladder .edge-seen .shaft{stroke-width:1.6}
    .ladder .edge-differs .shaft{stroke-width:2.2;stroke-dasharray:7 3.5}
    .ladder .edge-not-seen .shaft{stroke-width:2.2;stroke-dasharray:1.5 3.5}
    .ladder .edge-cannot-be-seen .shaft,.ladder .edge-not-waited-for .shaft{stroke-width:1.6;stroke-dasharray:1.5 4}
    .ladder circle.sign{stroke-width:1.4}
    .ladder text.sign{font-size:11px;font-weight:700}
    """

  static func colors(_ palette: Palette) -> String {
    let kinds = EdgeTable.Kind.allCases.map { kind in
      let color = palette.color(of: kind)
      return """
        .ladder .edge-\(kind.form) .shaft,.ladder .edge-\(kind.form) circle.sign{stroke:\(color)}
        .ladder .edge-\(kind.form) .head,.ladder .edge-\(kind.form) text.sign{fill:\(color)}
        """
    }
    return
      ([
        ".ladder circle.sign{fill:\(palette.paper)}",
        ".ladder .word{fill:\(palette.ink);stroke:\(palette.paper)}",
      ] + kinds)
      .joined(separator: "\n")
  }
}

extension EdgeTable.Kind {
  /// The class that drawings style it by.
  var form: String { rawValue.replacing(" ", with: "-") }
}

extension Palette {
  fileprivate func color(of kind: EdgeTable.Kind) -> String {
    switch kind {
    case .seen: ink
    case .differs: soft
    case .notSeen: bad
    case .notTried, .notWaitedFor: faint
    }
  }
}

extension StateDiagramLayout.Way {
  /// The middle of the line or of the curve.
  fileprivate var middle: StateDiagramLayout.Point {
    guard points.count == 4 else {
      return Stretch(from: points[0], to: points[1]).point(0.5)
    }
    let weights = [0.125, 0.375, 0.375, 0.125]
    return zip(points, weights).reduce((0, 0)) { ($0.0 + $1.0.x * $1.1, $0.1 + $1.0.y * $1.1) }
  }
}
