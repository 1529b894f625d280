/// The style of the page: on a screen in light or dark, on a narrow one, and on paper.
struct StyleSheet {
  /// The figures whose steps stand in a list beside them.
  let figures: [Figure]
  /// The rules of a lesson's steps.
  var steps: [String] = []

  var rules: String {
    """
    \(StyleSheet.page)
    \(StyleSheet.tables)
    \(StyleSheet.figures)
    \(steps.isEmpty ? "" : StyleSheet.lessons)
    \(steps.isEmpty ? "" : StyleSheet.diagram)
    \(Palette.shapes)
    \(Palette.light.rules)
    @media screen and (prefers-color-scheme:dark){
    \(StyleSheet.dark)
    \(Palette.dark.rules)
    }
    \(StyleSheet.narrow)
    \(StyleSheet.paper)
    \(chosen)
    \(steps.joined(separator: "\n"))
    """
  }

  /// A step that is chosen, met by the keyboard or pointed at is marked in the drawing, and the other way round.
  private var chosen: String {
    figures.flatMap { figure in
      figure.picture.steps.compactMap { $0 }.map { step in
        let (id, item) = (figure.id, figure.id(ofStep: step))
        return """
          #\(id):has(:is(#\(item):target,#\(item):focus-within,#\(item):hover)) [href="#\(item)"] .hit{fill-opacity:.16}
          #\(id):has(.ladder [href="#\(item)"]:hover) #\(item){border-color:var(--accent)}
          """
      }
    }.joined(separator: "\n")
  }

  static let page = """
    :root{--page:#f6f5f1;--sheet:#fff;--ink:#1a2230;--faint:#5a6575;--line:#d9dde3;--accent:#1c5fb8;
    --good:#197a46;--bad:#c22f26;--soft:#96590a;--wash:#eef2f7;--badwash:#fdeceb;--softwash:#fdf3e2;--stroke:#ffd9d5;--left:#1c5fb8;--right:#b04a00;
    color-scheme:light dark}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
    body{margin:0;background:var(--page);color:var(--ink);
    font:16px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:break-word}
    header,main{max-width:84rem;margin:0 auto;padding:0 2rem}
    header{padding-top:2.5rem}
    h1{font-size:2.1rem;line-height:1.15;margin:0 0 .6rem;letter-spacing:-.015em;text-wrap:balance}
    h2{font-size:1.45rem;margin:0 0 1rem;letter-spacing:-.01em}
    h3{font-size:1.12rem;margin:0 0 .3rem;line-height:1.35}
    p{margin:.4rem 0}
    code{font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.88em;overflow-wrap:anywhere}
    a{color:var(--accent);text-underline-offset:.15em}
    a:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
    section{margin:2.75rem 0}
    .made,.details,.hint,.faint,.label,.reason,.when{color:var(--faint)}
    .made code{color:var(--ink)}
    .details,.hint,.faint,.reason,.label{font-size:.88rem}
    .counts{list-style:none;display:flex;flex-wrap:wrap;gap:.6rem;padding:0;margin:1.3rem 0}
    .counts li{display:flex;align-items:center;gap:.45rem;background:var(--sheet);border:1px solid var(--line);
    border-radius:999px;padding:.3rem .9rem .3rem .5rem}
    nav{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;border-top:1px solid var(--line);padding-top:.8rem}
    .mark{display:inline-flex;align-items:center;gap:.4rem;white-space:nowrap;font-size:.92em}
    .mark.confirmed b{color:var(--good)}
    .mark.contradicted b,.lost{color:var(--bad)}
    .mark.simplified b,.mark.conditional b,.mark.undecided b{color:var(--soft)}
    .mark.unobservable b,.mark.left-out b{color:var(--faint)}
    .badge{flex:none;width:18px;height:18px;vertical-align:-.2em}
    mark{background:var(--stroke);color:inherit;border-radius:3px;padding:0 .15em;margin:0 -.15em}
    .claim{font-weight:600;white-space:nowrap}
    .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    """

  static let dark = """
    :root{--page:#0f1319;--sheet:#171d26;--ink:#e8ecf2;--faint:#a3afbe;--line:#2c3542;--accent:#83b5ff;
    --good:#55cc8d;--bad:#ff8a82;--soft:#efb34f;--wash:#1d2530;--badwash:#351d1f;--softwash:#33290f;--stroke:#6b2a2a;
    --left:#83b5ff;--right:#ffa860}
    """
}
