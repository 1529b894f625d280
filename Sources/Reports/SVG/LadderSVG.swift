import Documents
import TCP

/// A run as a drawing in the manner of a textbook: two life lines, slanting arrows, time running down, and a lane at
/// each side for the state of that end.
struct LadderSVG {
  let layout: LadderLayout
  /// The link of a row, by its number; nil where the drawing stands alone.
  var link: ((Int) -> String)?

  init(_ picture: Picture, link: ((Int) -> String)? = nil) {
    layout = LadderLayout(picture)
    self.link = link
  }

  /// The drawing as an element of a page.
  func inPage(id: String) -> Markup {
    let words = LadderWords(picture: picture)
    return .element(
      "svg",
      [
        "class": "ladder", "viewBox": "0 0 \(units(layout.width)) \(units(layout.bottom + 4))", "role": "img",
        "aria-labelledby": "\(id)-title \(id)-words", "style": "max-width:\(units(layout.width * 1.25))px",
      ],
      [
        .element("title", ["id": "\(id)-title"], words.title),
        .element("desc", ["id": "\(id)-words"], words.description),
      ] + content)
  }

  private var picture: Picture { layout.picture }

  /// The parts of the drawing, without the element around them.
  var content: [Markup] { heads + rows }

  /// The parties' names, which stay where a long drawing moves below them.
  var heads: [Markup] { Party.allCases.map(heading) }

  /// The states, the life lines, and what happens between them.
  var rows: [Markup] { lanes + steps + difference }

  /// The states and the life lines.
  var lanes: [Markup] { Party.allCases.map(lane) + Party.allCases.map(lifeLine) }

  /// Each row between the life lines.
  var steps: [Markup] { layout.rows.map(drawn) }

  /// A line above the first row in which this course differs from the usual one. It leaves the names of states out.
  var difference: [Markup] {
    guard let index = picture.difference else { return [] }
    let y = units(index < layout.rows.count ? layout.rows[index].top + 3 : layout.bottom)
    let wire = "M\(units(layout.left)) \(y)H\(units(layout.right))"
    return [
      .empty("path", ["class": "differs", "d": "M0 \(y)H\(units(layout.left - layout.lane))\(wire)"])
    ]
  }

  private func heading(of party: Party) -> Markup {
    // A name may take up its lane and a part of the wire.
    let name = clipped(picture.names[party], to: layout.lane + layout.wire / 3, character: 9.6)
    let edge = party == .left ? layout.left - layout.lane : layout.right + layout.lane
    return .element(
      "text", ["class": party == .left ? "name" : "name end", "x": units(edge), "y": "30"], name)
  }

  private func lane(of party: Party) -> Markup {
    let x = party == .left ? layout.left - layout.lane : layout.right
    let blocks = layout.lanes[party].enumerated().map { index, block -> Markup in
      let (y, height) = (units(block.from), units(max(0, block.to - block.from)))
      let edge = party == .left ? x : x + layout.lane - 5
      let parts: [Markup] = [
        .empty(
          "rect",
          [
            "class": block.state.rawValue, "x": units(x), "y": y, "width": units(layout.lane),
            "height": height,
          ]),
        .empty(
          "rect",
          ["class": "edge \(block.state.rawValue)", "x": units(edge), "y": y, "width": "5", "height": height]),
        .element(
          "text",
          [
            "class": party == .left ? "state" : "state end",
            "x": units(party == .left ? x + 12 : x + layout.lane - 12), "y": units(block.from + 16),
          ], block.state.rawValue),
      ]
      // A page with steps lights up one of them.
      return link == nil ? Markup(parts) : .element("g", ["class": "block b\(index)"], parts)
    }
    return .element("g", ["class": link == nil ? nil : party.rawValue], blocks)
  }

  private func lifeLine(of party: Party) -> Markup {
    let x = units(layout.x(of: party))
    let line = Markup.empty(
      "path", ["class": "life", "d": "M\(x) \(units(LadderLayout.top))V\(units(layout.bottom))"])
    // Where time is left out, the line is broken.
    let gaps = layout.rows.filter(\.row.isPause).map { placed in
      Markup.empty(
        "path", ["class": "gap", "d": "M\(x) \(units(placed.top + 8))V\(units(placed.bottom - 4))"])
    }
    return Markup([line] + gaps)
  }

  private func drawn(_ placed: LadderLayout.Placed) -> Markup {
    var parts: [Markup] = []
    if link != nil, placed.number != nil {
      parts.append(
        .empty(
          "rect",
          [
            "class": "hit", "x": "0", "y": units(placed.top), "width": units(layout.width),
            "height": units(placed.bottom - placed.top),
          ]))
    }
    if let time = placed.row.time {
      let text = readable(nanoseconds: time)
      parts.append(
        .element(
          "text",
          [
            "class": "time end", "x": units(LadderLayout.numbers + layout.times - 8),
            "y": units(placed.y + 4),
          ], text))
    }
    if let number = placed.row.number ?? placed.number {
      parts.append(
        .element(
          "text",
          ["class": "time end", "x": units(LadderLayout.numbers - 8), "y": units(placed.y + 4)], "\(number)"))
    }
    switch placed.row.what {
    case .segment(let label, let party, let part):
      parts +=
        ArrowSVG(
          layout: layout, placed: placed, label: label, from: party, part: part, usesSigns: link != nil
        ).content
    case .call(_, let party, _, let failed):
      parts += call(placed.row.callLabel ?? "", by: party, failed: failed, y: placed.y)
      parts += noted(placed.row, y: placed.y + 20)
    case .pause(let nanoseconds, let timer): parts.append(said(waiting(nanoseconds, timer), y: placed.y))
    case .note(let text):
      for (index, words) in ([text] + placed.row.reasons).enumerated() {
        parts.append(said(words, y: placed.y + 15 * Double(index)))
      }
      parts += noted(placed.row, y: placed.y + 15 * Double(1 + placed.row.reasons.count))
    case .states: break
    }
    let form = placed.row.isFaint ? "row passing" : "row"
    guard let link, let number = placed.number else { return .element("g", ["class": form], parts) }
    // The list of steps beside the drawing has the same links for the keyboard.
    return .element("a", ["class": form, "href": "#" + link(number), "tabindex": "-1"], parts)
  }

  private func call(_ label: String, by party: Party, failed: Bool, y: Double) -> [Markup] {
    let text = clipped(label, to: layout.lane - 22, character: callCharacter)
    let width = min(layout.lane - 8, Double(text.displayWidth) * callCharacter + 14)
    let line = layout.x(of: party)
    let x = party == .left ? line - 6 - width : line + 6
    let tip = party == .left ? -6.0 : 6.0
    let tick = "M\(units(line)) \(units(y))l\(units(tip)) -5v10Z"
    return [
      .empty(
        "rect",
        [
          "class": "call", "x": units(x), "y": units(y - 10.5), "width": units(width), "height": "21",
          "rx": "4",
        ]),
      .empty("path", ["class": "tick", "d": tick]),
      .element(
        "text",
        [
          "class": failed ? "code said middle failed" : "code said middle", "x": units(x + width / 2),
          "y": units(y + 4),
        ],
        text),
    ]
  }

  /// The document's words for a row without a segment, where they differ from what the kernel did.
  private func noted(_ row: Picture.Row, y: Double) -> [Markup] {
    row.annotations.dropFirst(row.reasons.count).enumerated().map { index, note in
      said(note.text, y: y + 15 * Double(index), form: note.form)
    }
  }

  /// Words in the middle of the wire.
  private func said(_ text: String, y: Double, form: String = "faint") -> Markup {
    let words = clipped(text, to: layout.wire - 20, character: 6.6)
    let middle = (layout.left + layout.right) / 2
    return .element(
      "text", ["class": "said \(form) middle", "x": units(middle), "y": units(y + 4)], words)
  }
}

/// As much of the text as there is room for, where one of its characters is so wide.
func clipped(_ text: String, to room: Double, character: Double) -> String {
  Line(text).clipped(to: max(1, Int(room / character)), mark: "…").spans.map(\.text).joined()
}

extension Picture.Row {
  /// A call and its result, as one label: `recv() = ECONNRESET`; nil for any other row.
  var callLabel: String? {
    guard case .call(let label, _, let outcome, _) = what else { return nil }
    return label + (outcome.map { " = \($0)" } ?? "")
  }
}
