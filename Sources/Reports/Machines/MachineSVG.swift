import Learning
import TCP

extension LearnedMachine {
  /// The drawing alone, on white paper.
  var svgReport: String {
    let layout = MachineLayout(self)
    let margin = 24.0
    let under = (limits + [Self.meaning]).flatMap { wrapped($0, to: 140) }
    let head = 56 + 18 * Double(under.count)
    let (width, height) = (MachineLayout.width + 2 * margin, layout.height + head + 2 * margin)
    let lines = under.enumerated().map { index, text in
      Markup.element(
        "text",
        ["class": "under faint", "x": units(margin), "y": units(margin + 40 + 18 * Double(index))], text)
    }
    let content: [Markup] =
      [
        .element("title", heading), .element("desc", drawingInWords),
        .style(rules: Palette.shapes + "\n" + Palette.light.rules + "\n" + LearnedMachine.shapes),
        .empty("rect", ["class": "paper", "width": "100%", "height": "100%"]),
        .element("text", ["class": "title", "x": units(margin), "y": units(margin + 18)], heading),
      ] + lines + [
        .element("g", ["transform": "translate(\(units(margin)) \(units(head)))"], drawing(layout))
      ]
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      + Markup.element(
        "svg",
        [
          "xmlns": "http://www.w3.org/2000/svg", "class": "ladder", "role": "img",
          "viewBox": "0 0 \(units(width)) \(units(height))", "width": units(width), "height": units(height),
        ], content
      ).text
  }

  /// The drawing as an element of a page.
  var drawingInPage: Markup {
    let layout = MachineLayout(self)
    return .element(
      "svg",
      [
        "class": "ladder", "role": "img", "aria-label": drawingInWords,
        "viewBox": "-2 -2 \(units(MachineLayout.width + 4)) \(units(layout.height + 4))",
        "style": "max-width:\(units(MachineLayout.width))px",
      ], drawing(layout))
  }

  /// The meaning of the drawing's parts.
  static let meaning =
    "A box is a state of the kernel, with the numbers of the machine's states in it. Lines are changes that RFC 9293's "
    + "diagram has; it does not have those behind ≠, which are words in the boxes."

  static let shapes = """
    .ladder .unlisted{fill:\(Palette.light.bad)}
    .ladder rect.box{stroke:#5a6575;stroke-width:1}
    """

  private var drawingInWords: String {
    let parts = changes.map { "from \($0.from.rawValue) to \($0.to.rawValue): \($0.label)" }
    return "Changes of the kernel's state: " + parts.joined(separator: "; ")
  }

  private func drawing(_ layout: MachineLayout) -> [Markup] {
    layout.ways.map { way in
      .element(
        "g", [way.line.shaft(from: way.line.from, upTo: way.line.to), way.line.head(at: way.line.to)])
    } + layout.boxes.map(box) + layout.ways.map(label)
  }

  private func label(_ way: MachineLayout.Way) -> Markup {
    let top = way.label.y - 13 * Double(way.words.count - 1) / 2
    return .element(
      "g",
      way.words.enumerated().map { index, text in
        .element(
          "text",
          [
            "class": "code time middle halo", "x": units(way.label.x),
            "y": units(top + 4 + 13 * Double(index)),
          ], text)
      })
  }

  private func box(_ box: MachineLayout.Box) -> Markup {
    let (left, top) = (box.middle.x - MachineLayout.boxWidth / 2, box.middle.y - box.height / 2)
    let lines = box.lines.enumerated().map { index, line in
      Markup.element(
        "text",
        [
          "class": line.form, "x": units(left + 10),
          "y": units(top + 38 + MachineLayout.lineHeight * Double(index)),
        ], line.text)
    }
    return Markup(
      [
        .empty(
          "rect",
          [
            "class": "box \(box.state.rawValue)", "x": units(left), "y": units(top),
            "width": units(MachineLayout.boxWidth), "height": units(box.height), "rx": "6",
          ]),
        .element(
          "text", ["class": "state", "x": units(left + 10), "y": units(top + 20)], box.state.rawValue),
      ] + lines)
  }
}
