extension StyleSheet {
  /// The style of slides: a screen each, in light or dark, on a phone, and as a handout on paper.
  static var ofSlides: String {
    """
    \(page)
    \(tables)
    \(figures)
    \(diagram)
    \(slides)
    \(Palette.shapes)
    \(Palette.light.rules)
    @media screen and (prefers-color-scheme:dark){
    \(dark)
    \(Palette.dark.rules)
    }
    \(handout)
    """
  }

  private static let slides = """
    html{font-size:max(13px,min(1.2vw,2.1vh))}
    body{font-size:1rem}
    main{max-width:none;padding:0}
    .slide{display:none;margin:0;height:100vh;padding:1.6rem 2.4rem 1rem;grid-template:auto minmax(0,1fr) auto/minmax(0,1fr)}
    .slide:target,main:not(:has(.slide:target)) .slide:first-child{display:grid}
    .slide h2{font-size:1.5rem;margin:0 0 .8rem}
    .slide h2 .faint{font-weight:400;font-size:1.1rem;margin-left:.6em}
    .slide h2{grid-row:1}
    .screen{grid-row:2;min-height:0}
    .slide .way{grid-row:3}
    .walk .screen{display:grid;grid-template:minmax(0,1fr)/minmax(0,1fr)}
    .slide .way{display:flex;justify-content:flex-end;align-items:center;gap:1.2rem;margin:.4rem 0 0;color:var(--faint)}
    .slide .way a,.slide .way .faint{font-size:2rem;line-height:1;padding:.1rem .8rem;text-decoration:none}
    .opening .screen,.text .screen{align-self:center;max-width:62rem;font-size:1.7rem;line-height:1.45}
    .text .screen{align-self:start;margin-top:3rem}
    .opening h1{font-size:3.6rem;margin-bottom:1.6rem}
    .opening .made{font-size:1rem;margin-top:2.4rem}
    .opening .made+.made{margin-top:.3rem}
    .opening .hint{font-size:1.1rem}
    .text li{margin:.4rem 0}
    .walk .stage{display:grid;min-height:0;grid-template:minmax(0,1fr)/minmax(0,1.25fr) minmax(0,1fr);gap:2.4rem}
    .drawing{min-height:0}
    .drawing .ladder{display:block;width:100%;height:100%}
    .beside{display:flex;flex-direction:column;min-height:0}
    .beside>*{flex:none}
    .beside .said{min-height:7.4rem}
    .beside .compare .said{min-height:0}
    .beside .diagram{flex:0 1 58%;height:0;min-height:0;max-height:none;margin-top:auto}
    .told{font-size:1.5rem;line-height:1.4}
    .told p{margin:0 0 .6rem}
    .notes{font-size:.85rem;color:var(--faint);margin:.4rem 0 0}
    .what{font-size:1.5rem;font-weight:600;margin:0 0 .4rem}
    .why{font-size:1.45rem;line-height:1.35;margin:.2rem 0}
    .wait{font-size:1.2rem;color:var(--faint);margin:0}
    .now b{font-size:1.5rem}
    .edges{font-size:1.1rem}
    .beside .compare{margin:.3rem 0;font-size:1rem}
    .lit{fill:var(--accent);fill-opacity:.13}
    .present{fill:none;stroke:var(--left);stroke-width:3.5}
    .present.right{stroke:var(--right);stroke-dasharray:7 4}
    .values .screen{overflow:auto}
    .values table{font-size:1.22rem}
    .dense table{font-size:1.05rem;margin-bottom:.6rem}
    .dense .both,.dense .reason{font-size:.85em}
    .values caption{font-size:1rem}
    .values .claims{list-style:none;margin:.9rem 0 0;padding:0;font-size:1.12rem;line-height:1.35}
    .values .claims li{margin:.15rem 0}
    """

  private static let handout = """
    @media screen and (max-width:48rem){
    .slide{height:auto;min-height:100vh;padding:1rem}
    .opening .screen,.text .screen{font-size:1.25rem}
    .opening h1{font-size:2.1rem}
    .walk .stage{display:block}
    .drawing .ladder,.beside .diagram{height:auto;flex:none}
    .beside .said{min-height:0}
    .what,.why,.now b{font-size:1.15rem}
    .slide .way{position:sticky;bottom:0;background:var(--page)}
    }
    @media print{
    :root{--page:#fff;color-scheme:light}
    @page{size:A4;margin:1.1cm}
    html{font-size:7.6pt}
    .slide{display:grid!important;height:13.2cm;padding:.6rem 0;break-inside:avoid;border-bottom:1px solid var(--line)}
    .slide .way a,.slide .way .faint,.hint{display:none}
    .slide .way{font-size:8pt;margin:0}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    }
    """
}
