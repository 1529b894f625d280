package import Traces

/// Records and accepted changes of earlier versions, in the present words for figures, values and conditions.
extension Record {
  /// The record as this version would have written it.
  package func inPresentWords(of catalogue: Catalogue) -> Record {
    var record = self
    var conditions: [String: String] = [:]
    for section in sections.indices {
      for place in sections[section].rows.indices {
        let row = sections[section].rows[place]
        let setBy = conditions[row.setBy] ?? Condition.presentText(setBy: row.setBy)
        conditions[row.setBy] = setBy
        record.sections[section].rows[place].what = catalogue.presentName(row.what)
        record.sections[section].rows[place].setBy = setBy
        if case .measured(let value) = row.value {
          record.sections[section].rows[place].value = .measured(catalogue.present(value, of: row.what))
        }
      }
    }
    return record
  }
}

extension Acceptance {
  /// The changes as this version would have written them.
  package func inPresentWords(of catalogue: Catalogue) -> Acceptance {
    Acceptance(
      entries: entries.map { entry in
        var present = entry
        present.what = catalogue.presentName(entry.what)
        present.setBy = Condition.presentText(setBy: entry.setBy)
        present.before = catalogue.presentText(entry.before, of: entry.what)
        present.after = catalogue.presentText(entry.after, of: entry.what)
        return present
      })
  }
}
