import Claims
import TCP

extension StatesReport {
  /// The diagram on a sheet of its own, with the edges that it does not draw under it.
  func svgReport() -> String {
    let (scale, margin) = (1.5, 24.0)
    let (width, height) = (StateDiagramLayout.width * scale, (StateDiagramLayout.height + 30) * scale)
    let top = 74.0
    var lines: [String] = []
    for row in table.rows where row.kind != .seen || !row.edge.isDrawn {
      lines += wrapped(sentence(on: row), to: Int((width - 20) / 6.1))
    }
    let sheet = (width: width + 2 * margin, height: top + height + 18 * Double(lines.count) + margin)
    func text(_ words: String, _ form: String, _ y: Double) -> Markup {
      .element("text", ["class": form, "x": units(margin), "y": units(y)], words)
    }
    let content: [Markup] =
      [
        .element("title", title), .element("desc", "\(coverage). " + lines.joined(separator: " ")),
        .style(
          rules: [
            Palette.shapes, StateMachineSVG.shapes, Palette.light.rules, StateMachineSVG.colors(.light),
            "@media screen and (prefers-color-scheme:dark){",
            Palette.dark.rules, StateMachineSVG.colors(.dark), ".ladder{color:\(Palette.dark.ink)}", "}",
          ].joined(separator: "\n")),
        .empty("rect", ["class": "paper", "width": "100%", "height": "100%"]),
        text(title, "title", margin + 14), text("\(coverage).", "under faint", margin + 36),
        .element(
          "g", ["transform": "translate(\(units(margin)) \(units(top))) scale(\(scale))"],
          StateMachineSVG.drawing(of: table)
            + StateMachineSVG.legend(of: table, y: StateDiagramLayout.height + 16)),
      ]
      + lines.enumerated().map { text($1, "under", top + height + 14 + 18 * Double($0)) }
    let drawing = Markup.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "ladder", "role": "img",
        "viewBox": "0 0 \(units(sheet.width)) \(units(sheet.height))", "width": units(sheet.width),
        "height": units(sheet.height),
      ], content)
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + drawing.text
  }

  /// `≠ 5 LISTEN, SEND / snd SYN, to SYN_SENT: Linux answers ...`
  private func sentence(on row: EdgeTable.Row) -> String {
    let label = row.edge.transitions.first?.label ?? ""
    let end = row.edge.to.map { "to \($0.rawValue)" } ?? "same state"
    let edge = "\(row.kind.sign(unicode: true)) \(row.edge.number) \(row.from), \(label), \(end)"
    return row.remarks.isEmpty ? edge : "\(edge): \(row.remarks.joined(separator: "; "))"
  }

  /// One page for a browser: the diagram, and a table of all edges.
  func htmlReport() -> String {
    let header = ["", "from", "event", "action", "to", "result", "seen by", "source"]
    let rows = table.rows.map { row in
      Markup.element(
        "tr", ["class": row.kind.form],
        [
          .element("th", ["scope": "row"], "\(row.edge.number)"), .element("td", row.from),
          .element("td", "\(row.edge.event)"), .element("td", "\(row.edge.action)"),
          .element("td", row.to), .element("td", ["class": "result"], result(with: row)),
          .element("td", row.witnesses.map(\.legend).joined(separator: ", ")),
          .element("td", row.origin ?? "\(row.edge.source)"),
        ])
    }
    let box = "0 0 \(units(StateDiagramLayout.width)) \(units(StateDiagramLayout.height + 30))"
    let diagram = Markup.element(
      "svg",
      ["class": "ladder diagram", "viewBox": box, "role": "img", "aria-label": "\(title): \(coverage)"],
      StateMachineSVG.drawing(of: table)
        + StateMachineSVG.legend(of: table, y: StateDiagramLayout.height + 16))
    let rules = [
      StyleSheet.page, MachinePage.rules, Palette.shapes, StateMachineSVG.shapes, Palette.light.rules,
      StateMachineSVG.colors(.light), "@media screen and (prefers-color-scheme:dark){", StyleSheet.dark,
      Palette.dark.rules, StateMachineSVG.colors(.dark), "}",
    ].joined(separator: "\n")
    var body: [Markup] = [
      .element(
        "header",
        [
          .element("h1", title), HTMLPage.made(by: command, on: machine, version: version),
          .element("p", "\(coverage)."),
        ])
    ]
    let notes = missing.map { Markup.element("p", ["class": "faint"], "Does not run here: \($0)") }
    body.append(
      .element(
        "main",
        [
          .element("figure", [diagram]),
          .element(
            "div", ["class": "wide"],
            [
              .element(
                "table",
                [
                  .element(
                    "thead", [.element("tr", header.map { .element("th", ["scope": "col"], $0) })]),
                  .element("tbody", rows),
                ])
            ]),
        ] + notes))
    return HTMLPage(title: title, rules: rules, body: body).text
  }

  private func result(with row: EdgeTable.Row) -> String {
    "\(row.kind.sign(unicode: true)) " + result(of: row)
  }
}

/// The style of pages about the state machine.
enum MachinePage {
  static let rules = """
    main{padding-bottom:3rem}
    figure{margin:1.5rem 0;padding:1rem;background:var(--sheet);border:1px solid var(--line);border-radius:10px}
    .diagram{display:block;width:100%;max-width:46rem;height:auto;margin:0 auto;color:var(--ink)}
    .wide{overflow-x:auto}
    table{border-collapse:collapse;background:var(--sheet);font-size:.88rem;width:100%}
    th,td{border:1px solid var(--line);padding:.35rem .55rem;text-align:left;vertical-align:top}
    thead th{background:var(--wash)}
    tr.differs .result{border-left:4px dashed var(--soft);background:var(--softwash)}
    tr.not-seen .result{border-left:4px dotted var(--bad);background:var(--badwash)}
    tr.cannot-be-seen .result,tr.not-waited-for .result{color:var(--faint)}
    """
}
