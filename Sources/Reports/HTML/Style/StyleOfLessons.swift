extension StyleSheet {
  /// A drawing with its steps: the step and the states above the drawing and the state diagram.
  static let lessons = """
    .lesson .stage{display:grid;grid-template-columns:minmax(0,1.35fr) minmax(0,1fr);gap:.6rem 1.6rem;align-items:start}
    .lesson figure{grid-column:1;grid-row:2;position:static}
    .cards,.card:has(:target),.cards:not(:has(.tell:target)) .first{display:contents}
    .card{display:none}
    .tell{grid-column:1/3;grid-row:1;scroll-margin-top:1rem;min-height:9rem;display:grid;gap:.2rem 1.6rem;
    grid-template:auto 1fr/minmax(0,1.35fr) minmax(0,1fr)}
    .card .diagram{grid-column:2;grid-row:2}
    .more{grid-column:1/3;grid-row:3}
    .way{grid-column:1/3;display:flex;gap:1.4rem;align-items:baseline;margin:0}
    .way a,.way .faint{font-weight:600;font-size:1rem}
    .way .number{flex:1}
    .what{font-size:1.2rem;font-weight:600;margin:0 0 .3rem}
    .why{font-size:1.08rem;margin:.2rem 0}
    .wait{color:var(--faint);margin:0}
    .more .compare{margin:.4rem 0}
    .observed{font-size:.88rem;margin:.3rem 0}
    .observed .rung{margin:.3rem 0}
    .lesson .block,.lesson .row{transition:opacity .15s}
    .stage:has(.tell:target) .block{opacity:.3}
    main>section>p,main>section>ul,header>p{max-width:52rem}
    main>section li{margin:.15rem 0}
    header>.made{font-size:.88rem;max-width:none}
    #part-1{margin-top:1.2rem}
    .courses{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 1.6rem}
    .courses .stage,.courses .tell{grid-template:none/minmax(0,1fr)}
    .courses figure,.courses .tell,.courses .card .diagram,.courses .more,.courses .way{grid-column:1}
    .courses .card .diagram{grid-row:3}
    .courses .more{grid-row:4}
    .courses .tell{min-height:12rem;align-content:start}
    .differs{fill:none;stroke:var(--accent);stroke-width:2;stroke-dasharray:2 5;stroke-linecap:round}
    .lesson{margin:1rem 0 1.2rem}
    """
}
