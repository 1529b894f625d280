import Claims
import Notations
import TCP

extension MatrixReport {
  func markdownReport() -> String {
    let kinds = MatrixSegment.Kind.allCases
    let rows =
      Self.states.map { state in
        [state.rawValue] + kinds.map { markdownCode(matrix.cells(of: $0, in: state).letters) }
      } + [[Self.oldTimestamps.name] + kinds.map { markdownCode(oldTimestamps(of: $0).letters) }]
    let letters = Matrix.Cell.legend.map { "\(markdownCode($0.letter)) \($0.meaning)" }.joined(
      separator: ", ")
    let places = MatrixSegment.Place.allCases.map(\.rawValue).joined(separator: ", ")
    var blocks = [
      "# \(markdownProse(title))", "Made by \(markdownCode(command)) with tcpprobe \(version).",
      markdownTable(header: ["state"] + kinds.map(\.rawValue), rows: rows).trimmed,
      "\(letters). Five letters: SEG.SEQ \(places). \(Self.oldTimestamps.name): \(Self.oldTimestamps.meaning).",
      "\(coverage). \(Self.timestamps)",
    ]
    for state in Self.states {
      blocks.append("## \(state.rawValue)")
      let rows = kinds.flatMap { kind in
        matrix.cells(of: kind, in: state).folded.map { group in
          [
            kind.rawValue, group.numbers, group[0].seen, group[0].sight?.told ?? "",
            group[0].isOff ? "differs: \(group[0].asked)" : "as asked", "\(group[0].ruling.source)",
          ].map { markdownProse($0) }
        }
      }
      blocks.append(
        markdownTable(header: ["segment", "numbers", "kernel", "program", "RFC", "section"], rows: rows)
          .trimmed)
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// One page for a browser: the table, and under it each cell in full.
  func htmlReport() -> String {
    let kinds = MatrixSegment.Kind.allCases
    func head(_ names: [String]) -> Markup {
      .element("thead", [.element("tr", names.map { .element("th", ["scope": "col"], $0) })])
    }
    func id(_ state: State, _ kind: MatrixSegment.Kind) -> String {
      "\(state.rawValue)-\(kind.rawValue.replacing("+", with: "-"))"
    }
    let old = Markup.element(
      "tr",
      [.element("th", ["scope": "row"], Self.oldTimestamps.name)]
        + kinds.map { kind in
          let (letters, isOff) = oldTimestamps(of: kind)
          return .element("td", ["class": isOff ? "letters off" : "letters"], letters)
        })
    let rows = Self.states.map { state in
      Markup.element(
        "tr",
        [.element("th", ["scope": "row"], state.rawValue)]
          + kinds.map { kind in
            let cells = matrix.cells(of: kind, in: state)
            return .element(
              "td", ["class": cells.contains(where: \.isOff) ? "letters off" : "letters"],
              [.element("a", ["href": "#\(id(state, kind))"], cells.letters)])
          })
    }
    let details = Self.states.flatMap { state -> [Markup] in
      let rows = kinds.flatMap { kind in
        matrix.cells(of: kind, in: state).folded.enumerated().map { index, group in
          let isOff = group[0].isOff
          return Markup.element(
            "tr", ["class": isOff ? "differs" : nil, "id": index == 0 ? id(state, kind) : nil],
            [
              .element("th", ["scope": "row"], kind.rawValue), .element("td", group.numbers),
              .element("td", ["class": "result"], (isOff ? "≠ " : "") + group[0].seen),
              .element("td", group[0].sight?.told ?? ""), .element("td", group[0].asked),
              .element("td", "\(group[0].ruling.source)"),
            ])
        }
      }
      let header = ["segment", "numbers", "kernel", "program", "the RFC asks for", "section"]
      return [
        .element("h2", state.rawValue),
        .element(
          "div", ["class": "wide"], [.element("table", [head(header), .element("tbody", rows)])]),
      ]
    }
    let letters = Matrix.Cell.legend.map { "\($0.letter) \($0.meaning)" }.joined(separator: " · ")
    let places = MatrixSegment.Place.allCases.map(\.rawValue).joined(separator: ", ")
    let rules = [
      StyleSheet.page, MachinePage.rules,
      ".letters{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:1rem}",
      ".letters a{color:inherit;text-decoration:none;white-space:pre}",
      ".off{border-left:4px dashed var(--soft);background:var(--softwash)}",
      "tr:target{outline:3px solid var(--accent)}", "h2{margin-top:2.5rem}",
      "@media screen and (prefers-color-scheme:dark){", StyleSheet.dark, "}",
    ].joined(separator: "\n")
    return HTMLPage(
      title: title, rules: rules,
      body: [
        .element(
          "header",
          [
            .element("h1", title), HTMLPage.made(by: command, on: machine, version: version),
            .element("p", "\(coverage)."),
          ]),
        .element(
          "main",
          [
            .element(
              "div", ["class": "wide"],
              [.element("table", [head(["state"] + kinds.map(\.rawValue)), .element("tbody", rows + [old])])]),
            .element("p", ["class": "faint"], letters),
            .element("p", ["class": "faint"], "Five letters: SEG.SEQ \(places). One letter: all are equal."),
            .element(
              "p", ["class": "faint"], "\(Self.oldTimestamps.name): \(Self.oldTimestamps.meaning)."),
            .element("p", ["class": "faint"], Self.timestamps),
          ] + details),
      ]
    ).text
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self
    while text.last == "\n" { text.removeLast() }
    return text
  }
}
