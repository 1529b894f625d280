extension StyleSheet {
  static let tables = """
    table{width:100%;border-collapse:collapse;background:var(--sheet);border:1px solid var(--line);margin:0 0 1.5rem;
    font-size:.94rem}
    caption{text-align:left;font-weight:600;padding:0 0 .5rem}
    th,td{text-align:left;vertical-align:top;padding:.5rem .8rem;border-top:1px solid var(--line)}
    td{overflow-wrap:anywhere}
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
    .measurements tbody th{width:36%;font-weight:500}
    .measurements td:last-child{white-space:nowrap;width:1%}
    .measurements caption{font-weight:400;color:var(--faint);font-size:.88rem;padding-bottom:.3rem}
    .cited td:nth-child(2){width:72%}
    .cited .both{font-size:.9em}
    .sights{list-style:none;margin:.4rem 0;padding:0;font-size:.82rem}
    .sights li{border-top:1px solid var(--line);padding:.2rem 0}
    .sights li,.steps .sights li{border-radius:0;border-width:1px 0 0;margin:0}
    .sights b,.sights i{display:inline-block;margin-right:.8em;font-weight:600;font-style:normal}
    .sights i{font-weight:400;color:var(--faint)}
    .difference,.figure{background:var(--sheet);border:1px solid var(--line);border-radius:10px;padding:1.1rem 1.4rem;
    margin:0 0 1.2rem}
    .difference{border-left:5px solid var(--soft)}
    .difference.contradicted{border-left-color:var(--bad)}
    .difference table{margin:.6rem 0 .2rem}
    """

  static let figures = """
    details.figure{padding:.55rem 1.1rem;margin:0 0 .5rem}
    details.figure[open]{padding-bottom:1.1rem}
    .fold{margin:2.75rem 0}
    .fold>summary{margin:0 0 1rem}
    .fold>summary h2{display:inline;margin:0}
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
}
