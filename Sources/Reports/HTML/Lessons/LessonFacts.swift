import Claims
import Documents

/// The facts of a lesson with their measured values: the rows of one condition below it.
struct LessonFacts {
  let facts: Facts
  let page: ToldPage
  let names: ClaimNames

  struct Row {
    let setBy: String
    let cells: [Markup]
    let mark: Mark
    let claims: [String]
    /// About the number of lines that the row takes on a slide.
    let lines: Int
  }

  /// The rows that were run.
  var rows: [Row] {
    facts.rows.indices.compactMap { index in
      let fact = facts.rows[index]
      let parts = page.parts(of: facts, row: index)
      guard let mark = parts.map(\.verdict.mark).foremost else { return nil }
      return Row(
        setBy: fact.setBy,
        cells: [
          Markup([mark.sign(label: mark.words), Markup(" " + fact.what)]),
          .joined(values(of: fact, parts), by: "; "), .joined(fact.claims.map(names.link), by: " "),
        ], mark: mark, claims: fact.claims,
        lines: max(1, fact.what.count / 56 + 1, fact.value.count / 40 + 1, fact.setBy.count / 44 + 1))
    }
  }

  /// The sentence of a claim; nil where the page has none.
  func sentence(of claim: String) -> String? {
    page.page.restatement(of: claim)?.withoutPlace.asSentence
  }

  var html: Markup { LessonFacts.table(rows) }

  /// A table for the rows of each condition; one table with the conditions in a column, where few rows share one.
  static func table(_ rows: [Row]) -> Markup {
    var groups: [[Row]] = []
    for row in rows {
      if groups.last?.last?.setBy == row.setBy {
        groups[groups.count - 1].append(row)
      } else {
        groups.append([row])
      }
    }
    if groups.count > 1, groups.count * 2 > rows.count {
      return .table(
        caption: "Measured", hidesCaption: true, form: "measurements",
        head: ["what", "condition", "this kernel", "claim"],
        rows: rows.map { row in
          var cells = row.cells
          cells.insert(Markup(row.setBy), at: 1)
          return Markup.Row(form: row.mark.form, cells: cells)
        })
    }
    return Markup(
      groups.map { group in
        .table(
          caption: group[0].setBy.isEmpty ? "Measured" : "Condition: " + group[0].setBy,
          hidesCaption: group[0].setBy.isEmpty,
          form: "measurements", head: ["what", "this kernel", "claim"],
          rows: group.map { Markup.Row(form: $0.mark.form, cells: $0.cells) })
      })
  }

  /// The measured values and, where one differs, the page's.
  private func values(of fact: Fact, _ parts: [Part]) -> [Markup] {
    page.values(of: fact, parts).map { value in
      var content: [Markup] = [value.mark.isOpen ? Markup(value.text) : .code(value.text)]
      if let expected = value.expected { content += [Markup(", page "), .code(expected)] }
      if let reason = value.reason { content.append(.element("span", ["class": "faint"], " \(reason)")) }
      return Markup(content)
    }
  }
}
