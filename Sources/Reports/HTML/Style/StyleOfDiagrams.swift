extension StyleSheet {
  /// The state diagram, and the colours of the two ends.
  static let diagram = """
    .diagram{display:block;width:100%;height:auto;max-height:31rem}
    .ladder .way .shaft{stroke:var(--faint);stroke-width:1.2}
    .ladder .way .head{fill:var(--faint)}
    .ladder .word{font-size:10.5px;fill:var(--faint)}
    .ladder .box{stroke:var(--line);stroke-width:1}
    .taken path{stroke:var(--left);stroke-width:3.5;fill:none}
    .taken path.head{fill:var(--left);stroke-width:1.5}
    .taken.right path{stroke:var(--right);stroke-dasharray:7 4}
    .taken.right path.head{fill:var(--right);stroke-dasharray:none}
    .at rect{fill:none;stroke:var(--left);stroke-width:3.5}
    .at path{fill:var(--left)}
    .at.right rect{stroke:var(--right);stroke-dasharray:7 4}
    .at.right path{fill:var(--right)}
    .now{display:flex;flex-wrap:wrap;gap:.5rem;margin:0 0 .4rem;padding:0;list-style:none}
    .now li{flex:1;border:3px solid var(--left);border-radius:8px;padding:.15rem .6rem;min-width:9.5rem}
    .now li.right{border:3px dashed var(--right)}
    .now b{display:block}
    .now .label::before{content:"\\25B6\\00A0";color:var(--left)}
    .now .right .label::before{content:none}
    .now .right .label::after{content:"\\00A0\\25C0";color:var(--right)}
    .edges{margin:.2rem 0;padding:0;list-style:none;font-size:.88rem}
    .edges b{color:var(--left)}
    .edges .right b{color:var(--right)}
    """
}
