import Claims

extension Mark {
  /// The sign and the word.
  var html: Markup { .element("span", ["class": "mark \(form)"], [sign, .element("b", words)]) }

  /// The sign alone; whoever does not see it has the word beside it, or `label`.
  var sign: Markup { sign(label: nil) }

  func sign(label: String?) -> Markup {
    .element(
      "svg",
      [
        "class": "ladder badge",
        "role": label == nil ? nil : "img", "aria-label": label, "aria-hidden": label == nil ? "true" : nil,
      ], [use(x: 9, y: 9)])
  }

  /// The round sign of the page, at this place of a drawing.
  func use(x: Double, y: Double) -> Markup {
    .empty("use", ["href": "#" + badgeName, "x": units(x), "y": units(y)])
  }

  /// The name of the round sign in a page.
  private var badgeName: String { "mark-\(form)" }

  /// All round signs, drawn once in a page.
  static var definitions: [Markup] {
    allCases.map { .element("g", ["id": $0.badgeName, "class": "ladder"], [$0.badge(x: 0, y: 0)]) }
  }
}

extension Markup {
  /// Pieces with something between each two.
  static func joined(_ pieces: [Markup], by separator: String) -> Markup {
    Markup(pieces.enumerated().flatMap { $0 == 0 ? [$1] : [Markup(separator), $1] })
  }

  /// The number of each verdict, with its sign and its words.
  static func counts(_ counts: [(mark: Mark, count: Int, words: String)]) -> Markup {
    .element(
      "ul", ["class": "counts", "aria-label": "Verdicts"],
      counts.map { mark, count, words in
        .element("li", ["class": mark.form], [mark.sign, .element("b", "\(count)"), Markup(words)])
      })
  }

  /// A table whose cells are named on narrow screens, where they stand one below the other.
  static func table(caption: String, hidesCaption: Bool = false, form: String, head: [String], rows: [Row])
    -> Markup
  {
    let header = head.map { Markup.element("th", ["scope": "col"], $0) }
    let body = rows.map { row in
      Markup.element(
        "tr", ["id": row.id, "class": row.form],
        row.cells.enumerated().map { column, cell in
          let name = head.indices.contains(column) && !head[column].isEmpty ? head[column] : nil
          return column == 0
            ? .element("th", ["scope": "row"], [cell]) : .element("td", ["data-name": name], [cell])
        })
    }
    return .element(
      "table", ["class": form],
      [
        .element("caption", ["class": hidesCaption ? "unseen" : nil], caption),
        .element("thead", [.element("tr", header)]), .element("tbody", body),
      ])
  }

  struct Row {
    var id: String? = nil
    var form: String? = nil
    var cells: [Markup]
  }

  static func code(_ text: String) -> Markup { .element("code", [breakable(text)]) }

  /// The text, of which a line may end behind each comma.
  static func breakable(_ text: String) -> Markup {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    return Markup(
      parts.enumerated().flatMap { index, part in
        index == 0 ? [Markup(part)] : [Markup(","), .empty("wbr"), Markup(part)]
      })
  }
}
