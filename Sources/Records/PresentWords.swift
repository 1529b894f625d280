package import Traces

/// Records and accepted changes of earlier versions, in the present words for figures, values and conditions.
extension Record {
  /// The record as this version would have written it.
  package func inPresentWords(of catalogue: Catalogue) -> Record {
    var record = self
    // Rows that stand one after the other mostly have the same conditions.
    var (former, setBy) = ("", "")
    for (section, rows) in sections.map(\.rows).enumerated() {
      let name = sections[section].name.inPresentWords(of: catalogue)
      if let name { record.sections[section].name = name }
      for (place, row) in rows.enumerated() {
        if row.setBy != former { (former, setBy) = (row.setBy, Condition.presentText(setBy: row.setBy)) }
        let present = row.inPresentWords(of: catalogue, setBy: setBy)
        // Of most records nothing is written, so that no row is copied.
        if let present { record.sections[section].rows[place] = present }
      }
      for (place, trace) in sections[section].traces.enumerated() {
        if trace.setBy != former {
          (former, setBy) = (trace.setBy, Condition.presentText(setBy: trace.setBy))
        }
        if setBy != trace.setBy { record.sections[section].traces[place].setBy = setBy }
      }
    }
    return record
  }
}

extension String {
  /// The name of a section with the present name of its scenario; nil where it has no other.
  fileprivate func inPresentWords(of catalogue: Catalogue) -> String? {
    let mark = FamilyMark(self)
    let present = catalogue.presentName(ScenarioName(rawValue: mark.rest)).rawValue
    return present == mark.rest ? nil : present + (mark.family.map(FamilyMark.text) ?? "")
  }
}

extension Record.Row {
  /// The row in present words; nil where it has no others.
  fileprivate func inPresentWords(of catalogue: Catalogue, setBy: String) -> Record.Row? {
    guard setBy != self.setBy || catalogue.isReworded(what) else { return nil }
    var row = self
    row.what = catalogue.presentName(what)
    row.setBy = setBy
    if case .measured(let value) = self.value { row.value = .measured(catalogue.present(value, of: what)) }
    return row
  }
}

extension Acceptance {
  /// The changes as this version would have written them.
  package func inPresentWords(of catalogue: Catalogue) -> Acceptance {
    Acceptance(
      entries: entries.map { entry in
        var present = entry
        present.section = entry.section.inPresentWords(of: catalogue) ?? entry.section
        present.what = catalogue.presentName(entry.what)
        present.setBy = Condition.presentText(setBy: entry.setBy)
        present.before = catalogue.presentText(entry.before, of: entry.what)
        present.after = catalogue.presentText(entry.after, of: entry.what)
        return present
      })
  }
}
