package import Records

extension KernelTable {
  /// The table as one page for a browser: a behaviour a row, and where a kernel does otherwise than the one before, its
  /// cell stands out.
  package var html: String {
    let title = "What Linux's TCP does, by kernel"
    let names = Markup.element(
      "tr",
      [.element("th", ["scope": "col"], "behaviour")] + titles.map { .element("th", ["scope": "col"], $0) })
    let table = Markup.element(
      "table",
      [.element("thead", [names]), .element("tbody", mergedRows.map { .element("tr", cells(of: $0)) })] + foot
    )
    return HTMLPage(
      title: title, rules: kernelColumnRules,
      body: [.element("h1", title), .element("p", summary), .element("div", ["class": "wide"], [table])]
    ).text
  }

  var summary: String {
    let differing = differingCounts
    let all = "\(Self.inWords(differing)) differ between these kernels"
    return "\(all); \(Self.inWords((same - sameSettings, sameSettings))) are the same on all\(familyNote)."
      + (notCompared == 0 ? "" : " " + notComparedText)
  }

  private var foot: [Markup] {
    guard !times.isEmpty else { return [] }
    let cells =
      [.element("th", ["scope": "row"], Self.timeName)]
      + toldTimes.map { Markup.element("td", ["class": nil], $0) }
    return [.element("tfoot", [.element("tr", cells)])]
  }

  private func cells(of row: Row) -> [Markup] {
    var cells: [Markup] = [.element("th", ["scope": "row"], row.subject.name)]
    var before: String?
    for value in row.values {
      let isOther = before != nil && value != nil && value != before
      cells.append(
        .element(
          "td", ["class": isOther ? "other" : value == nil ? "none" : nil], shortened(value ?? "not measured")
        ))
      before = value ?? before
    }
    return cells
  }

  /// Lists of names are long; what differs in them stands in the records.
  private func shortened(_ text: String) -> String { text.count > 160 ? text.prefix(150) + " …" : text }
}

/// The style of a table with a column for each kernel.
let kernelColumnRules = """
  :root{--page:#f6f5f1;--sheet:#fff;--ink:#1a2230;--faint:#5a6575;--line:#d9dde3;--mark:#fdf3e2;--edge:#d98a1c;
  color-scheme:light dark}
  @media screen and (prefers-color-scheme:dark){:root{--page:#12161d;--sheet:#1a2029;--ink:#e6eaf0;--faint:#98a3b3;
  --line:#303846;--mark:#3a2c12;--edge:#d9a04a}}
  body{margin:0;padding:1.5rem;background:var(--page);color:var(--ink);font:15px/1.45 system-ui,sans-serif}
  h1{font-size:1.5rem;margin:0 0 .3rem}p{color:var(--faint);margin:.2rem 0 1rem}
  .wide{overflow-x:auto}
  table{border-collapse:collapse;background:var(--sheet);font-size:13px}
  th,td{border:1px solid var(--line);padding:.4rem .55rem;text-align:left;vertical-align:top;max-width:17rem;
  overflow-wrap:break-word}
  td{font-family:ui-monospace,monospace;font-size:12px}
  thead th{position:sticky;top:0;background:var(--sheet)}
  tbody th{font-weight:600;min-width:14rem}
  .other{background:var(--mark);border-left:3px solid var(--edge)}
  .none{color:var(--faint)}
  """
