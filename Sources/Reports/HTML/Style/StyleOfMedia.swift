extension StyleSheet {
  static let narrow = """
    @media screen and (max-width:64rem){
    .courses,.spread,.lesson .stage,.tell{grid-template-columns:minmax(0,1fr)}
    .lesson figure,.tell,.card .diagram,.more,.way{grid-column:1}
    .card .diagram{grid-row:3}
    .more{grid-row:4}
    .tell{grid-template-rows:auto;min-height:14rem}
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
    caption{background:var(--page);padding-bottom:.5rem}
    .difference caption,.figure caption{background:var(--sheet)}
    .claims td:last-child a{display:inline;margin-right:.8rem}
    }
    """

  static let paper = """
    @media print{
    :root{--page:#fff;color-scheme:light}
    html{font-size:9.5pt}
    body{font-size:10pt}
    header,main{max-width:none;padding:0}
    nav,.hint,.close{display:none!important}
    section{margin:1.2rem 0}
    h2,h3,caption,summary{break-after:avoid}
    tr,.difference,figure,.compare,.counts{break-inside:avoid}
    a{color:inherit;text-decoration:none}
    figure{position:static;max-width:15cm}
    .spread{display:block}
    .cards .card,.cards .card:has(:target),.cards .first{display:none!important}
    .lesson .stage{display:block}
    .lesson{border:0;padding:0;background:none}
    .lesson figure{max-width:12.5cm}
    .lesson figcaption{display:none}
    .step{break-after:avoid}
    .seen{display:block;padding:.2rem .5rem}
    .sights{font-size:7.5pt}
    th,td{padding:.25rem .5rem}
    table{font-size:9pt}
    .claims td:nth-child(4),.claims td:nth-child(5),.facts td:nth-child(3),.facts td:nth-child(4){min-width:0}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    }
    """
}
