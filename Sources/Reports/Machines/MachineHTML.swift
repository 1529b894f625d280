import Learning
import TCP

extension LearnedMachine {
  /// The machine as one page: the drawing, and each state with its edges, those that stay folded.
  func htmlReport(command: String) -> String {
    let others = changes.filter { !$0.isInFigure }
    let words = accessWords
    return HTMLPage(
      title: heading, rules: Self.pageRules,
      body: [
        .element("h1", heading),
        .element("p", limits.joined(separator: " ")),
        .element("p", [Markup("Made by "), .code(command), Markup(". \(effort).")]),
        drawingInPage,
        .element("p", Self.meaning),
        .element("h2", "Changes of state that figure 5 of RFC 9293 does not draw"),
        .element(
          "ul", others.map { .element("li", "\($0.from.rawValue) to \($0.to.rawValue): \($0.label)") }),
        .element("h2", "States"),
      ] + (0..<stateCount).map { section(of: $0, behind: words[$0]) }
    ).text
  }

  private func section(of state: Int, behind word: Word) -> Markup {
    let way = word.isEmpty ? "the beginning" : word.map { inputs[$0].rawValue }.joined(separator: ", ")
    let all = bundles(of: state)
    let away = all.filter { $0.target != state }
    let stays = all.first { $0.target == state }?.edges ?? []
    let rows = away.flatMap { bundle in
      bundle.edges.map { input, output in
        Markup.element(
          "tr",
          [
            .element("td", [.code(input.rawValue)]), .element("td", [.code(output.description)]),
            .element(
              "td",
              [
                .element(
                  "a", ["href": "#s\(bundle.target)"], "\(bundle.target) \(title(of: bundle.target))")
              ]),
          ])
      }
    }
    let folded = Markup.element(
      "details",
      [.element("summary", "\(counted(stays.count, "input")) that change nothing")]
        + [
          .element(
            "ul",
            stays.map { input, output in
              .element("li", [.code(input.rawValue), Markup(": "), .code(output.description)])
            })
        ])
    return .element(
      "section", ["id": "s\(state)"],
      [
        .element("h3", "\(state) \(title(of: state))"), .element("p", ["class": "way"], "Way: \(way)"),
        rows.isEmpty ? .nothing : .element("table", [.element("tbody", rows)]),
        stays.isEmpty ? .nothing : folded,
      ])
  }

  private static var pageRules: String {
    """
    body{font-family:system-ui,sans-serif;margin:1.5rem auto;max-width:70rem;padding:0 1rem;line-height:1.45;color:#1a2230;background:#fff}
    table{border-collapse:collapse}
    td{padding:.15rem .8rem .15rem 0;vertical-align:top}
    section{border-top:1px solid #d5dae1;margin-top:1rem}
    section:target{background:#fff6d6}
    h3{margin:.6rem 0 .2rem}
    .way{margin:.2rem 0;color:#5a6575}
    code{font-family:ui-monospace,Consolas,"DejaVu Sans Mono",monospace;font-size:.92em}
    svg{width:100%;height:auto}
    \(Palette.shapes)
    \(Palette.light.rules)
    \(shapes)
    @media screen and (prefers-color-scheme:dark){
    body{color:#e8ecf2;background:#171d26}
    a{color:#8ab4f8}
    section{border-color:#39424f}
    section:target{background:#3a3413}
    .way{color:#a3afbe}
    \(Palette.dark.rules)
    .ladder .unlisted{fill:\(Palette.dark.bad)}
    }
    """
  }
}
