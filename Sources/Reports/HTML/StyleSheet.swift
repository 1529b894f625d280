/// How the page looks: on a screen in light or dark, on a narrow one, and on paper.
struct StyleSheet {
  let figures: [Figure]

  var rules: String {
    """
    \(StyleSheet.page)
    \(StyleSheet.tables)
    \(StyleSheet.figures)
    \(Palette.shapes)
    \(Palette.light.rules)
    @media screen and (prefers-color-scheme:dark){
    \(StyleSheet.dark)
    \(Palette.dark.rules)
    }
    \(StyleSheet.narrow)
    \(StyleSheet.paper)
    \(chosen)
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

  private static let page = """
    :root{--page:#f6f5f1;--sheet:#fff;--ink:#1a2230;--faint:#5a6575;--line:#d9dde3;--accent:#1c5fb8;
    --good:#197a46;--bad:#c22f26;--soft:#96590a;--wash:#eef2f7;--badwash:#fdeceb;--softwash:#fdf3e2;--stroke:#ffd9d5;
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
    .mark.unobservable b{color:var(--faint)}
    .badge{flex:none;vertical-align:-.2em}
    mark{background:var(--stroke);color:inherit;border-radius:3px;padding:0 .15em;margin:0 -.15em}
    .claim{font-weight:600;white-space:nowrap}
    .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    """

  private static let dark = """
    :root{--page:#0f1319;--sheet:#171d26;--ink:#e8ecf2;--faint:#a3afbe;--line:#2c3542;--accent:#83b5ff;
    --good:#55cc8d;--bad:#ff8a82;--soft:#efb34f;--wash:#1d2530;--badwash:#351d1f;--softwash:#33290f;--stroke:#6b2a2a}
    """

  private static let tables = """
    table{width:100%;border-collapse:collapse;background:var(--sheet);border:1px solid var(--line);margin:0 0 1.5rem;
    font-size:.94rem}
    caption{text-align:left;font-weight:600;padding:0 0 .5rem}
    th,td{text-align:left;vertical-align:top;padding:.5rem .8rem;border-top:1px solid var(--line)}
    thead th{font-size:.8rem;font-weight:600;color:var(--faint);background:var(--wash)}
    tbody th{font-weight:600}
    tr:target{outline:3px solid var(--accent);outline-offset:-3px}
    tr.contradicted{background:var(--badwash)}
    tr.simplified,tr.conditional,tr.undecided,tr.missed{background:var(--softwash)}
    .claims td:nth-child(2){width:32%}
    .claims td:nth-child(4),.claims td:nth-child(5){min-width:12.5rem}
    .facts td:nth-child(3),.facts td:nth-child(4){min-width:8rem}
    .claims td:last-child,.facts td:last-child,.outcomes td:last-child{font-size:.85rem}
    .claims td:last-child a,.facts td:last-child a,.outcomes td:last-child a{display:block;white-space:nowrap}
    .facts tbody th,.measured tbody th,.outcomes tbody th{font-weight:400}
    .facts tr.more th{color:var(--faint)}
    .facts td:nth-child(6){color:var(--faint);font-size:.85rem}
    .measured td:last-child{color:var(--faint);font-size:.85rem}
    .sights{font-size:.82rem;margin:.4rem 0}
    .sights caption{font-size:.85rem}
    .sights th,.sights td{padding:.25rem .5rem;font-weight:400}
    .sights{table-layout:fixed}
    .sights th:first-child{width:27%}
    .sights th:nth-child(2){width:19%}
    .difference,.figure{background:var(--sheet);border:1px solid var(--line);border-radius:10px;padding:1.1rem 1.4rem;
    margin:0 0 1.2rem}
    .difference{border-left:5px solid var(--soft)}
    .difference.contradicted{border-left-color:var(--bad)}
    .difference table{margin:.6rem 0 .2rem}
    """

  private static let figures = """
    details.figure{padding:.55rem 1.1rem;margin:0 0 .5rem}
    details.figure[open]{padding-bottom:1.1rem}
    summary{cursor:pointer;font-weight:600}
    summary .faint{font-weight:400}
    .spread{display:grid;grid-template-columns:minmax(0,1.25fr) minmax(0,1fr);gap:1.6rem;align-items:start;margin-top:.6rem}
    figure{margin:0;position:sticky;top:.6rem}
    figure .ladder{display:block;width:100%;height:auto}
    figcaption{font-size:.84rem;color:var(--faint);padding-top:.4rem}
    .ladder a{cursor:pointer}
    .ladder .hit{fill:var(--accent)}
    .ladder a:hover .hit{fill-opacity:.12}
    .steps{list-style:none;margin:0;padding:0}
    .steps li{border:1px solid var(--line);border-radius:8px;margin:0 0 .45rem;scroll-margin-top:20vh}
    .steps li.pause{border:0;text-align:center;color:var(--faint);font-size:.85rem}
    .steps li:target{border-color:var(--accent);box-shadow:inset 4px 0 var(--accent)}
    .steps li.passing{border-style:dashed}
    .step{display:flex;gap:.6rem;align-items:baseline;padding:.4rem .75rem;color:inherit;text-decoration:none;
    border-radius:8px}
    .step:hover{background:var(--wash)}
    .number{color:var(--faint);font-weight:400}
    .step .number{min-width:1.4em;text-align:right;font-variant-numeric:tabular-nums}
    .step .what{flex:1;min-width:0}
    .step .when{font-size:.85rem;white-space:nowrap}
    .compare{display:grid;grid-template-columns:1fr 1fr;gap:.1rem 1rem;margin:0 .75rem .45rem 2.75rem;
    font-size:.92rem}
    .compare .label{display:block;font-size:.76rem}
    .compare .reason{grid-column:1/-1;margin:.1rem 0 0}
    .compare .verdict{grid-column:1/-1;margin:.15rem 0 0;display:flex;flex-wrap:wrap;gap:.1rem .6rem;align-items:center}
    .compare .verdict .mark{font-size:.88rem}
    .compare.large{font-size:1.08rem;margin:.5rem 0;grid-template-columns:1fr 1fr;max-width:60rem}
    .compare.contradicted .did code{color:var(--bad);font-weight:600}
    .states,.rung,.seen .close{font-size:.85rem;margin:0 .75rem .45rem 2.75rem;color:var(--faint)}
    .seen{display:none;border-top:1px solid var(--line);padding:.6rem .75rem;background:var(--wash);
    border-radius:0 0 8px 8px}
    .steps li:target .seen{display:block}
    .seen .rung,.seen .close{margin:0 0 .4rem;color:var(--ink)}
    """

  private static let narrow = """
    @media screen and (max-width:64rem){
    .spread{grid-template-columns:minmax(0,1fr)}
    figure{position:static}
    }
    @media screen and (max-width:48rem){
    header,main{padding:0 1rem}
    header{padding-top:1.4rem}
    h1{font-size:1.55rem}
    .difference,.figure{padding:.9rem .8rem}
    figure{margin:0 -.7rem}
    figcaption{padding:.4rem .7rem 0}
    .compare,.compare.large{grid-template-columns:minmax(0,1fr);margin-left:.75rem}
    .states,.rung{margin-left:.75rem}
    thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    table,tbody,tr,th,td,caption{display:block;width:auto!important}
    tr{border-top:1px solid var(--line);padding:.5rem 0}
    tbody tr:first-child{border-top:0}
    th,td{border:0;padding:.12rem .8rem}
    td:empty{display:none}
    td[data-name]{position:relative;padding-left:7.6rem;min-width:0!important}
    td[data-name]::before{content:attr(data-name);position:absolute;left:.8rem;width:6.4rem;font-size:.8rem;
    color:var(--faint)}
    .sights td[data-name]{padding-left:.5rem}
    .sights td[data-name]::before{display:none}
    .sights td:nth-child(2){color:var(--faint)}
    caption{background:var(--page);padding-bottom:.5rem}
    .difference caption,.figure caption{background:var(--sheet)}
    .seen caption{background:var(--wash)}
    .claims td:last-child a{display:inline;margin-right:.8rem}
    }
    """

  private static let paper = """
    @media print{
    :root{--page:#fff;color-scheme:light}
    body{font-size:10pt}
    header,main{max-width:none;padding:0}
    nav,.hint,.close{display:none!important}
    section{margin:1.2rem 0}
    h2,h3,caption,summary{break-after:avoid}
    tr,.difference,figure,.compare,.counts{break-inside:avoid}
    a{color:inherit;text-decoration:none}
    figure{position:static;max-width:15cm}
    .spread{display:block}
    .step{break-after:avoid}
    .seen{display:block;padding:.2rem .5rem}
    details .seen{display:none}
    .sights,.sights caption{font-size:7.5pt}
    .sights th,.sights td{padding:.05rem .4rem}
    th,td{padding:.25rem .5rem}
    table{font-size:9pt}
    .claims td:nth-child(4),.claims td:nth-child(5),.facts td:nth-child(3),.facts td:nth-child(4){min-width:0}
    details::details-content{content-visibility:visible;block-size:auto}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    }
    """
}
