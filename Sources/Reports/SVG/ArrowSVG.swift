import Documents
import TCP

/// A segment: an arrow from the life line that it left to the other one, with its label along it.
struct ArrowSVG {
  let layout: LadderLayout
  let placed: LadderLayout.Placed
  let label: String
  let from: Party
  let part: Picture.Passage
  /// True in a page, where the signs of the verdicts are drawn once.
  let usesSigns: Bool

  private func badge(_ mark: Mark, x: Double, y: Double) -> Markup {
    usesSigns ? mark.use(x: x, y: y) : mark.badge(x: x, y: y)
  }

  var content: [Markup] {
    let way = Stretch(
      from: (layout.x(of: from), placed.y), to: (layout.x(of: from.other), placed.arrival))
    // What is lost, or arrives later, comes three quarters of the way.
    let end = part.remark == nil ? way.to : way.point(0.8)
    var parts = [way.shaft(from: part == .arrives ? way.point(0.2) : way.from, upTo: end)]
    switch part {
    case .whole, .arrives: parts.append(way.head(at: end))
    case .lost: parts.append(way.cross(at: end))
    case .leaves: break
    }
    parts += placed.isOvertaken ? labelAtTheTail : [way.along(labelOverTheMiddle)]
    return parts
  }

  private var mark: Mark? { placed.row.mark }

  /// The label above the line, its mark before it, and below it what the document says instead.
  private var labelOverTheMiddle: [Markup] {
    let room = layout.wire - (mark == nil ? 24 : 48)
    let text = clipped(label, to: room, character: labelCharacter)
    // What does not arrive has its label where it still was.
    let before = part.remark != nil ? min(layout.wire * 0.14, (layout.wire - labelWidth(text)) / 2 - 22) : 0
    let shift = (mark == nil ? 0.0 : 11.0) + (from == .left ? -before : before)
    var parts: [Markup] = [
      .element("text", ["class": "code label middle", "x": units(shift), "y": "-7"], text)
    ]
    if let mark { parts.append(badge(mark, x: shift - labelWidth(text) / 2 - 13, y: -11.5)) }
    if let remark = part.remark {
      let x = layout.wire * (from == .left ? 0.3 : -0.3)
      let form = from == .left ? "said lost" : "said lost end"
      parts.append(
        .element("text", ["class": form, "x": units(x + (from == .left ? 14 : -14)), "y": "4"], remark))
    }
    for (index, annotation) in placed.row.annotations.enumerated() {
      parts.append(
        .element(
          "text",
          [
            "class": "said middle \(annotation.form)", "x": "0",
            "y": units(16 + 15 * Double(index)),
          ], clipped(annotation.text, to: layout.wire - 24, character: 6.9)))
    }
    return parts
  }

  /// The label at the start of the arrow, where other arrows cross it.
  private var labelAtTheTail: [Markup] {
    let isLeft = from == .left
    let start = layout.x(of: from) + (isLeft ? 8 : -8)
    let text = clipped(label, to: layout.wire - 48, character: labelCharacter)
    let inset = mark == nil ? 0.0 : 20.0
    var parts: [Markup] = [
      .element(
        "text",
        [
          "class": isLeft ? "code label halo" : "code label halo end",
          "x": units(start + (isLeft ? inset : -inset)),
          "y": units(placed.y - 5),
        ], text)
    ]
    if let mark { parts.append(badge(mark, x: start + (isLeft ? 8 : -8), y: placed.y - 9.5)) }
    for (index, annotation) in placed.row.annotations.enumerated() {
      let end = layout.x(of: from.other) + (isLeft ? -10 : 10)
      parts.append(
        .element(
          "text",
          [
            "class": (isLeft ? "said end " : "said ") + annotation.form, "x": units(end),
            "y": units(placed.arrival + 16 + 15 * Double(index)),
          ], clipped(annotation.text, to: layout.wire - 24, character: 6.9)))
    }
    return parts
  }
}
