import Documents

/// The drawing of a run on slides: defined once, and shown on each slide up to its step.
struct SlideDrawing {
  /// The name of the drawing, with which the names of its parts begin.
  private let id: String
  private let picture: Picture
  private let ladder: LadderSVG
  private var layout: LadderLayout { ladder.layout }
  /// A longer drawing is moved up, so that its last steps can be read.
  private static let most = 600.0
  /// The height of a state's name, with the frame around it.
  private static let nameRoom = 25.0

  init(_ picture: Picture, id: String) {
    self.id = id
    self.picture = picture
    ladder = LadderSVG(picture)
  }

  private var heads: String { id + "-names" }
  private var lanes: String { id + "-lanes" }
  private func row(_ index: Int) -> String { "\(id)-row\(index + 1)" }

  var definitions: [Markup] {
    func group(_ id: String, _ parts: [Markup]) -> Markup {
      .element("g", ["id": id, "class": "ladder"], parts)
    }
    let steps = ladder.steps
    return [group(heads, ladder.heads), group(lanes, ladder.lanes + ladder.difference)]
      + steps.indices.map { group(row($0), [steps[$0]]) }
  }

  private func uses(_ ids: [String]) -> [Markup] { ids.map { .empty("use", ["href": "#" + $0]) } }

  /// All steps in one picture.
  var whole: Markup {
    let words = LadderWords(picture: picture)
    return .element(
      "svg",
      [
        "class": "ladder", "viewBox": "0 0 \(units(layout.width)) \(units(layout.bottom + 4))", "role": "img",
        "preserveAspectRatio": "xMidYMin meet", "aria-label": "\(words.title). \(words.description)",
      ], uses([heads, lanes] + layout.rows.indices.map(row)))
  }

  func picture(at stop: StepStop) -> Markup {
    let (top, height) = (LadderLayout.top, min(layout.bottom + 4, Self.most))
    let reached = max(layout.bottom(of: stop), top + 19)
    // The name of a state that begins with the last arrival is shown in full.
    let named = Party.allCases.compactMap { layout.lanes[$0].last { $0.from < reached }?.from }.max() ?? top
    let bottom = min(max(reached, named + Self.nameRoom), layout.bottom)
    let past = (stop.step?.index ?? 0) + (stop.kind == .step ? 1 : 0)
    let start = max(top, bottom - (height - top))
    let width = units(layout.width)
    // The steps to come are cut off.
    let shown = units(bottom - start)
    let rows = Markup.element(
      "svg",
      [
        "x": "0", "y": units(top), "width": width, "height": shown,
        "viewBox": "0 \(units(start)) \(width) \(shown)",
      ],
      uses([lanes] + layout.rows.indices.prefix(past).map(row))
        + marks(at: stop, reached: reached, bottom: bottom))
    let words = LadderWords(picture: picture)
    let step = stop.step.map { words.what($0.row) } ?? "before the first step"
    return .element(
      "svg",
      [
        "class": "ladder", "viewBox": "0 0 \(width) \(units(height))", "role": "img",
        "preserveAspectRatio": "xMidYMin meet", "aria-label": "\(words.title): \(step)",
      ], uses([heads]) + [rows])
  }

  /// The step, and the states that hold after it.
  private func marks(at stop: StepStop, reached: Double, bottom: Double) -> [Markup] {
    var marks: [Markup] = []
    if stop.kind == .step, let index = stop.step?.index {
      let row = layout.rows[index]
      marks.append(
        .empty(
          "rect",
          [
            "class": "lit", "x": "0", "y": units(row.top), "width": units(layout.width),
            "height": units(row.bottom - row.top),
          ]))
    }
    for party in Party.allCases {
      guard let block = layout.lanes[party].last(where: { $0.from < reached }) else { continue }
      let x = party == .left ? layout.left - layout.lane : layout.right
      marks.append(
        .empty(
          "rect",
          [
            "class": "present \(party.rawValue)", "x": units(x + 2), "y": units(block.from + 2),
            "width": units(layout.lane - 4), "height": units(max(20, min(block.to, bottom) - block.from - 4)),
          ]))
    }
    return marks
  }
}
