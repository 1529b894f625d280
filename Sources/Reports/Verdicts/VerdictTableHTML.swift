import Claims

extension VerdictTable {
  /// The table as one page for a browser: where a kernel's verdict is not that of the one before, its cell stands out.
  ///
  /// - Parameter all: whether what is the same stands in it, too.
  package func htmlReport(all: Bool) -> String {
    let title = "Verdicts by kernel"
    let heads = ["file"] + titles
    let shown = rows.filter { all || !$0.isSame }
    let table = Markup.element(
      "table",
      [
        .element(
          "thead", [.element("tr", heads.map { .element("th", ["scope": "col"], $0) })]),
        .element(
          "tbody",
          shown.flatMap { row in
            [.element("tr", cells(of: row, named: row.name))]
              + row.claims.map { .element("tr", cells(of: $0, named: "\(row.name), claim \($0.name)")) }
          }),
      ])
    return HTMLPage(
      title: title, rules: kernelColumnRules,
      body: [
        .element("h1", title), .element("p", summary + "."), .element("div", ["class": "wide"], [table]),
      ]
    ).text
  }

  private func cells(of row: Row, named name: String) -> [Markup] {
    var cells: [Markup] = [.element("th", ["scope": "row"], name)]
    var before: FileVerdict?
    for verdict in row.verdicts {
      guard let verdict else {
        cells.append(.element("td", ["class": "none"], "no verdict"))
        continue
      }
      let isOther = before.map { !$0.isSame(as: verdict) } ?? false
      cells.append(
        .element(
          "td", ["class": isOther ? "other" : nil],
          verdict.words + (verdict.detail.map { ": \($0)" } ?? "")))
      before = verdict
    }
    return cells
  }
}
